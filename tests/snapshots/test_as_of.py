"""Who had read a document at a moment, and what says so."""

from datetime import timedelta
from plone import api
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.interfaces import IRetentionSettings
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.snapshots.as_of import as_of
from slc.clicktracker.snapshots.taking import take_snapshot
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.versions.minor_changes import declare_minor
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.minor_changes import minor_changes_of
from slc.clicktracker.versions.minor_changes import withdraw
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.versions.visible import visible_version
from tests.audience.people import expect
from tests.audience.people import named
from tests.browser.report.readings import record
from tests.snapshots.board import acknowledge
from tests.snapshots.board import change
from tests.snapshots.board import who

import pytest


HOUR = timedelta(hours=1)


@pytest.fixture
def agenda(tracked):
    """Alice has read it two hours ago, and bob one hour ago."""
    agenda = tracked.agenda
    expect(agenda, "alice", "bob")
    record(agenda, "alice", utc_now() - 2 * HOUR)
    record(agenda, "bob", utc_now() - HOUR)
    return agenda


def drop_accesses():
    with site_storage().engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM clicktracker_access")


def readers(found):
    return sorted(who(each for each in found.then.readings if each.is_current))


def test_of_now_all_is_known(agenda):
    found = as_of(agenda, None)
    assert (found.readings, found.knows_expected) == ("now", True)
    assert who(found.then.expected) == ["alice", "bob"]
    assert readers(found) == ["alice", "bob"]


def test_of_earlier_readings_are_known_from_accesses_and_nobody_who_was_expected(
    agenda,
):
    found = as_of(agenda, utc_now() - HOUR - HOUR / 2)
    assert (found.readings, found.snapshot) == ("accesses", None)
    assert readers(found) == ["alice"]
    assert not found.knows_expected
    assert found.then.expected == ()


def test_who_was_expected_is_known_from_the_snapshot_before(agenda):
    taken = take_snapshot(agenda)
    choose_audience(agenda, named(users=["carol"]))
    record(agenda, "carol", utc_now())
    found = as_of(agenda, utc_now())
    assert (found.readings, found.snapshot.moment) == ("accesses", taken.moment)
    assert who(found.then.expected) == ["alice", "bob"]
    assert readers(found) == ["alice", "bob", "carol"]


def test_without_accesses_the_snapshot_before_is_what_is_known(agenda):
    taken = take_snapshot(agenda)
    record(agenda, "carol", utc_now())
    drop_accesses()
    found = as_of(agenda, utc_now())
    assert (found.readings, found.snapshot.moment) == ("snapshot", taken.moment)
    assert readers(found) == ["alice", "bob"]
    assert as_of(agenda, taken.moment - HOUR) is None


def test_the_version_is_the_one_of_then(agenda):
    first = text_key(visible_version(agenda))
    change(agenda)
    second = text_key(visible_version(agenda))
    record(agenda, "bob", utc_now())
    before = as_of(agenda, utc_now() - HOUR / 2)
    assert [each.text for each in before.then.documents] == [first]
    assert readers(before) == ["alice", "bob"]
    later = as_of(agenda, utc_now())
    assert [each.text for each in later.then.documents] == [second]
    assert readers(later) == ["bob"]
    old = [each for each in later.then.readings if not each.is_current]
    assert (who(old), old[0].text) == (["alice"], first)


def test_what_was_declared_minor_counts_from_then_until_it_is_withdrawn(agenda):
    first = text_key(visible_version(agenda))
    change(agenda)
    second = text_key(visible_version(agenda))
    record(agenda, "bob", utc_now())
    before = utc_now()
    declare_minor(agenda, (DeclaredText(second), DeclaredText(first)), "A typo")
    during = utc_now()
    withdraw(agenda, minor_changes_of(agenda)[0].since)
    found = [readers(as_of(agenda, each)) for each in (before, during, utc_now())]
    assert found == [["bob"], ["alice", "bob"], ["bob"]]


def test_who_was_forgotten_is_not_in_what_accesses_say(agenda):
    site_storage().forget(Reader("alice"))
    assert readers(as_of(agenda, utc_now() - HOUR / 2)) == ["bob"]


def test_what_was_acknowledged_by_then_counts_and_what_came_later_does_not(agenda):
    before = utc_now()
    acknowledge(agenda, "carol")
    found = as_of(agenda, utc_now())
    (carol,) = [each for each in found.then.readings if each.reader.user == "carol"]
    assert carol.reaches("finished")
    assert (carol.level, carol.count) == ("declared", 0)
    assert readers(as_of(agenda, before)) == ["alice", "bob"]


def test_what_an_account_has_acknowledged_that_is_deleted_is_of_no_later_one(agenda):
    acknowledge(agenda, "carol")
    during = utc_now()
    site_storage().retire(Reader("carol"))
    assert [
        [each.generation for each in found.then.readings if each.count == 0]
        for found in (as_of(agenda, during), as_of(agenda, utc_now()))
    ] == [[0], [1]]


def test_what_readings_may_be_removed_of_is_not_computed(agenda):
    taken = take_snapshot(agenda)
    record = f"{IRetentionSettings.__identifier__}.keep_opened"
    api.portal.set_registry_record(record, 1)
    long_ago = utc_now() - timedelta(days=40)
    assert as_of(agenda, long_ago) is None
    assert as_of(agenda, taken.moment).readings == "accesses"
