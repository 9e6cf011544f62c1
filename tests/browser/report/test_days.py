"""A day of the viewer begins when it is that day there first, and is never an error."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from plone.registry.interfaces import IRegistry
from slc.clicktracker.reports.asked import asked_of
from slc.clicktracker.words.times import timezone_name
from zope.component import getUtility

import pytest
import pytz
import transaction


def asked(zone, day):
    query = asked_of({"since": day, "until": day}, pytz.timezone(zone), True).query
    return query.since, query.until


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "zone, day, since, until",
    [
        # Clocks go back from 1:00 to 0:00: the 25th has two midnights.
        ("Atlantic/Azores", "2026-10-24", "2026-10-24T00:00", "2026-10-25T00:00"),
        ("Atlantic/Azores", "2026-10-25", "2026-10-25T00:00", "2026-10-26T01:00"),
        # Clocks go on from 0:00 to 1:00: the 29th has no midnight.
        ("Asia/Beirut", "2026-03-28", "2026-03-27T22:00", "2026-03-28T22:00"),
        ("Asia/Beirut", "2026-03-29", "2026-03-28T22:00", "2026-03-29T21:00"),
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00", "2018-11-05T02:00"),
        # The 30th was left out when Samoa crossed the date line.
        ("Pacific/Apia", "2011-12-29", "2011-12-29T10:00", "2011-12-30T10:00"),
        ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00", "2011-12-31T10:00"),
        ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00", "2026-10-25T23:00"),
        ("UTC", "2026-05-31", "2026-05-31T00:00", "2026-06-01T00:00"),
    ],
)
def test_a_day_is_all_of_it(zone, day, since, until):
    assert asked(zone, day) == (at(since), at(until))


@pytest.mark.parametrize("day", ["1970-01-02", "2011-12-30", "9999-12-30"])
def test_every_day_begins_in_every_zone(day):
    for zone in pytz.all_timezones:
        since, until = asked(zone, day)
        assert timedelta(0) <= until - since <= timedelta(hours=26), zone


@pytest.fixture
def zone_of_bob(site):
    """Return a function: the zone that Bob sees times in, by what his account says."""

    def zone(kept):
        api.user.get(username="bob").setMemberProperties({"timezone": kept})
        with api.env.adopt_user("bob"):
            return timezone_name()

    return zone


@pytest.mark.parametrize("gone", ["US/Pacific-New", "Mars/Olympus", "\udce4"])
def test_who_has_a_zone_that_is_gone_has_that_of_the_site(zone_of_bob, gone):
    api.portal.set_registry_record("plone.portal_timezone", "Europe/Vienna")
    assert zone_of_bob(gone) == "Europe/Vienna"
    del getUtility(IRegistry).records["plone.portal_timezone"]
    assert zone_of_bob(gone) == "UTC"


def test_who_has_a_zone_has_that(zone_of_bob):
    assert zone_of_bob("Asia/Tokyo") == "Asia/Tokyo"


def test_a_report_can_be_read_with_a_zone_that_is_gone(tracked, visitor):
    member = api.user.get(username="alice")
    member.setMemberProperties({"timezone": "US/Pacific-New"})
    tracked.manage_setLocalRoles("alice", ["Reader", "Tracking Manager"])
    tracked.reindexObjectSecurity()
    transaction.commit()
    alice = visitor("alice")
    for name in ("@@who-read-this?since=2026-05-31", "@@who-read-this.csv"):
        assert alice.get(f"/board/agenda/{name}").status_code == 200
