"""A list with very many times or days says each of them as Plone does."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from plone.i18n.utility import setLanguageBinding
from slc.clicktracker.words.localized_times import LocalizedDays
from slc.clicktracker.words.localized_times import LocalizedTimes
from slc.clicktracker.words.times import local_day
from slc.clicktracker.words.times import local_time

import pytest


#: Some of each month, at any time of the day, on all days of the week.
MOMENTS = [
    datetime(2025, 12, 30, 22, 59, 58, tzinfo=timezone.utc)
    + timedelta(days=9 * number, minutes=97 * number)
    for number in range(60)
]

DAYS = [each.date() for each in MOMENTS]

FIRST = {"en": "Dec 30, 2025 10:59 PM", "de": "30.12.2025 22:59"}

OVERRIDE = "Products.CMFPlone.i18nl10n.override_dateformat"


def differing():
    times, days = LocalizedTimes(), LocalizedDays()
    found = [each for each in MOMENTS if times.text(each) != local_time(each)]
    return found + [each for each in DAYS if days.text(each) != local_day(each)]


@pytest.mark.parametrize("name", ["en", "de", "fr", "ja", "ar"])
def test_in_every_language(board, integration, name):
    api.portal.set_registry_record("plone.available_languages", ["en", name])
    api.portal.set_registry_record("plone.default_language", name)
    integration["request"].other.pop("LANGUAGE_TOOL", None)
    setLanguageBinding(integration["request"])
    assert differing() == []
    told = LocalizedTimes().text(MOMENTS[0])
    assert told == FIRST.get(name, told)


@pytest.mark.parametrize(
    "form",
    [
        "${A}, ${d}. ${B} ${Y} ${H}:${M}:${S}",
        "${a} ${b} ${d} 100 ${y} ${I}.${M} ${p}",
        "%d.%m.%Y %H:%M",
        "${H}:${M} ${Z} ${d}",
        "$d.${m} ${H}",
        "the same for all",
    ],
)
def test_in_the_form_that_a_site_has_chosen(board, form):
    api.portal.set_registry_record(f"{OVERRIDE}.Enabled", True)
    for name in ("date_format_long", "date_format_short"):
        api.portal.set_registry_record(f"{OVERRIDE}.{name}", form)
    assert differing() == []


def test_in_the_time_zone_of_who_looks(board):
    api.portal.set_registry_record("plone.portal_timezone", "Asia/Kolkata")
    assert differing() == []
    assert "05:30" in LocalizedTimes().text(datetime(2026, 5, 4, tzinfo=timezone.utc))
