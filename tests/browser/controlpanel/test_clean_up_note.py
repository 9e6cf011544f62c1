"""What the control panel says of forgetting visitors, beside the settings about it."""

from datetime import timedelta
from plone import api
from slc.clicktracker.browser.controlpanel.clean_up_note import clean_up_notice
from slc.clicktracker.browser.controlpanel.clean_up_note import evidence_notice
from slc.clicktracker.interfaces import IRetentionSettings
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.sites.clean_up import CleanUp
from slc.clicktracker.sites.clean_up import note_clean_up
from slc.clicktracker.storage.model import utc_now

import pytest
import re
import transaction


NOW = utc_now()


def notice_in(page):
    """Return how bad it is, and what is said."""
    found = re.search(
        r'class="clicktracker-clean-up alert alert-(\w+)"\s*>(.*?)</p>', page, re.S
    )
    text = " ".join(re.sub("<.*?>", "", found[2]).split())
    return found[1], text


def switch_on():
    api.portal.set_registry_record("enabled", True, interface=IVisitorSettings)


def test_it_says_which_command_does_it_and_that_it_has_never_run(panel):
    level, text = notice_in(panel.get().text)
    assert level == "info"
    assert text == (
        "Run the command clicktracker clean-up, for example each night, to remove old "
        "page views, visits and addresses. It has never run."
    )


def test_it_stands_before_the_first_of_these_settings_and_only_there(panel):
    page = panel.get().text
    assert page.count("clicktracker-clean-up") == 1
    assert (
        page.index('id="formfield-form-widgets-internal_networks"')
        < page.index("clicktracker-clean-up")
        < page.index('id="formfield-form-widgets-keep_page_views"')
    )


def test_what_went_last_time_is_said(panel, site):
    note_clean_up(CleanUp(utc_now(), addresses=8, page_views=12345, visits=3))
    transaction.commit()
    level, text = notice_in(panel.get().text)
    assert level == "info"
    assert (
        "Page views removed: 12,345, visits removed: 3, addresses shortened: 8." in text
    )


def test_it_is_red_where_visits_are_recorded_and_never_forgotten(panel, site):
    switch_on()
    transaction.commit()
    assert notice_in(panel.get().text)[0] == "danger"


@pytest.mark.parametrize(
    "hours, level", [(0, "info"), (47, "info"), (49, "danger"), (-5, "info")]
)
def test_it_is_red_when_it_has_not_run_for_two_days(portal, hours, level):
    switch_on()
    note_clean_up(CleanUp(NOW - timedelta(hours=hours)))
    notice = clean_up_notice(NOW)
    assert notice.level == level
    assert ("so data is kept for longer than set here" in notice.text) == (
        level == "danger"
    )


@pytest.mark.parametrize(
    "last, level, said",
    [
        (None, "danger", "It has never run."),
        (timedelta(hours=49), "danger", "so data is kept for longer than set here"),
        (timedelta(hours=1), "info", "readings removed: 1,234"),
    ],
)
def test_how_it_is_with_readings_is_said_once_there_is_a_limit(
    portal, last, level, said
):
    if last is not None:
        note_clean_up(CleanUp(NOW - last, readings=1234))
    assert evidence_notice(NOW) is None
    api.portal.set_registry_record("keep_opened", 12, interface=IRetentionSettings)
    notice = evidence_notice(NOW)
    assert notice.level == level
    assert said in api.portal.translate(notice.text)
