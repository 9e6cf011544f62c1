"""What was known of a document is kept, whatever happens later."""

from datetime import timedelta
from plone import api
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.snapshots.people import forget_person
from slc.clicktracker.snapshots.snapshots import keep_snapshot
from slc.clicktracker.snapshots.snapshots import nearest_before
from slc.clicktracker.snapshots.snapshots import snapshot_with
from slc.clicktracker.snapshots.snapshots import snapshots_of
from slc.clicktracker.snapshots.state import state_of
from slc.clicktracker.snapshots.taking import due_snapshots
from slc.clicktracker.snapshots.taking import take_due_snapshots
from slc.clicktracker.snapshots.taking import take_snapshot
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.sqlite import SQLiteStorage
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.versions.visible import visible_version
from tests.audience.people import add_group
from tests.audience.people import expect
from tests.audience.people import named
from tests.browser.report.readings import record
from tests.deadlines.deadlines import give_deadline
from tests.snapshots.board import acknowledge
from tests.snapshots.board import change
from tests.snapshots.board import read_agenda
from tests.snapshots.board import who
from ZODB.POSException import ConflictError

import pytest
import transaction


DAY = timedelta(days=1)


@pytest.fixture
def agenda(tracked):
    return read_agenda(tracked)


def kept(content):
    """Return all snapshots of content, the latest moment first."""
    return [snapshot_with(each.key) for each in snapshots_of(document_uid(content))]


def in_whole_seconds(moment):
    return from_microseconds(microseconds(moment) // 1_000_000 * 1_000_000)


def test_a_snapshot_says_who_was_expected_and_had_read_which_version(agenda):
    with api.env.adopt_user("bob"):
        taken = take_snapshot(agenda)
    (found,) = kept(agenda)
    assert who(found.expected) == ["alice", "bob"]
    assert [each.reader.name for each in found.expected] == [
        "Alice Anders",
        "Bob Berger",
    ]
    assert [found.has_read(each) for each in found.expected] == [True, False]
    assert sorted(who(found.readings)) == ["alice", "carol"]
    assert {each.text for each in found.readings} == set(found.current)
    (document,) = found.documents
    assert (document.uid, document.title) == (agenda.UID(), "Agenda")
    assert document.text in found.current
    assert found.by.user == "bob"
    assert (found.moment, found.taken) == (taken.moment, taken.taken)
    assert found.readings[0].first == in_whole_seconds(found.readings[0].first)


def test_it_stays_when_groups_change_and_accounts_are_deleted(agenda):
    add_group("board", "alice", "bob")
    choose_audience(agenda, named(groups=["board"]))
    take_snapshot(agenda)
    api.portal.get().acl_users.source_groups.removePrincipalFromGroup("bob", "board")
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="alice")
    take_snapshot(agenda)
    now, before = kept(agenda)
    assert who(before.expected) == ["alice", "bob"]
    assert who(now.expected) == []


def test_a_later_account_of_the_same_id_is_somebody_else(agenda):
    take_snapshot(agenda)
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="alice")
        name = {"fullname": "Alice Anders"}
        api.user.create("a@example.org", "alice", "correct horse", properties=name)
    transaction.commit()
    take_snapshot(agenda)
    now, _before = kept(agenda)
    assert who(now.expected) == ["alice", "bob"]
    assert [now.has_read(each) for each in now.expected] == [False, False]
    assert {each.reader.user: each.generation for each in now.readings} == {
        "alice": 1,
        "carol": 0,
    }


def test_the_nearest_earlier_one_is_found(agenda):
    take_snapshot(agenda)
    first = kept(agenda)[0].moment
    take_snapshot(agenda)
    second = kept(agenda)[0].moment
    uid = document_uid(agenda)
    assert nearest_before(uid, first - DAY) is None
    assert nearest_before(uid, first).moment == first
    assert nearest_before(uid, second - timedelta(microseconds=1)).moment == first
    assert nearest_before(uid, second + DAY).moment == second
    assert nearest_before("0" + uid, second) is None
    assert nearest_before(uid + "0", second) is None


def test_what_arrives_while_it_is_taken_is_not_in_it(agenda, monkeypatch):
    each_reading = SQLiteStorage.each_reading

    def busy(self, query):
        for row in each_reading(self, query):
            record(agenda, "bob", utc_now())
            yield row

    monkeypatch.setattr(SQLiteStorage, "each_reading", busy)
    take_snapshot(agenda)
    assert sorted(who(kept(agenda)[0].readings)) == ["alice", "carol"]
    take_snapshot(agenda)
    assert sorted(who(kept(agenda)[0].readings)) == ["alice", "bob", "carol"]


def test_who_is_forgotten_is_nobody_in_all_of_them(agenda):
    take_snapshot(agenda)
    transaction.commit()
    assert forget_person(Reader("alice")) == 1
    assert forget_person(Reader("alice")) == 0
    (found,) = kept(agenda)
    assert who(found.expected) == [None, "bob"]
    assert who(found.readings) == [None, "carol"]


def test_one_is_due_on_each_day_and_one_at_the_deadline(agenda):
    now = utc_now()
    give_deadline(agenda, now + DAY)
    assert take_due_snapshots() == {"day": 1}
    assert take_due_snapshots() == {}
    days = [each.occasion for each in due_snapshots(now + DAY - timedelta(minutes=1))]
    assert [each[:4] for each in days] == ["day:"] * len(days)
    (due,) = due_snapshots(now + 2 * DAY)
    assert (due.why, due.moment) == ("deadline", now + DAY)
    assert due.document.uid == agenda.UID()


def test_what_was_read_after_the_deadline_is_not_in_its_snapshot(agenda):
    over = utc_now()
    give_deadline(agenda, over)
    record(agenda, "bob", over + timedelta(seconds=1))
    assert take_due_snapshots() == {"deadline": 1}
    (found,) = kept(agenda)
    assert found.moment == over
    assert found.taken > over
    assert sorted(who(found.readings)) == ["alice", "carol"]
    assert found.from_accesses
    assert found.deadline.moment == over
    assert take_due_snapshots() == {}


def test_who_had_read_it_by_the_deadline_has_when_it_is_changed_after_that(agenda):
    first = text_key(visible_version(agenda))
    give_deadline(agenda, utc_now())
    change(agenda)
    assert take_due_snapshots() == {"deadline": 1}
    (found,) = kept(agenda)
    assert [each.text for each in found.documents] == [first]
    assert [found.has_read(each) for each in found.expected] == [True, False]


def test_who_has_not_opened_what_was_changed_before_the_deadline_has_not_read_it(
    agenda,
):
    change(agenda)
    give_deadline(agenda, utc_now())
    assert take_due_snapshots() == {"deadline": 1}
    (found,) = kept(agenda)
    assert [each.text for each in found.documents] == [
        text_key(visible_version(agenda))
    ]
    assert [found.has_read(each) for each in found.expected] == [False, False]


def test_of_two_crons_at_once_one_takes_it(agenda, second, elsewhere):
    give_deadline(agenda, utc_now() + DAY)
    second.begin()

    def take(content):
        state = state_of(content, audience_of(content), utc_now(), "day")
        return keep_snapshot(state, "day:today")

    assert elsewhere(take)
    assert take(agenda)
    transaction.commit()
    with pytest.raises(ConflictError):
        second.commit()
    second.abort()
    second.begin()
    assert not elsewhere(take)
    assert len(kept(agenda)) == 1


def test_no_snapshot_is_due_of_what_is_not_tracked_or_has_no_deadline(site, tracked):
    give_deadline(site.rules, utc_now() + DAY)
    assert take_due_snapshots() == {}


def test_what_was_acknowledged_and_attested_is_enough_for_any_level(agenda):
    expect(agenda, "alice", "bob", "carol")
    acknowledge(agenda, "alice")
    acknowledge(agenda, "bob", ATTESTED, by="carol", why="read aloud")
    take_snapshot(agenda)
    (found,) = kept(agenda)
    assert [found.has_read(each, "finished") for each in found.expected] == [
        True,
        True,
        False,
    ]
    assert {each.reader.user: each.level for each in found.readings} == {
        "alice": "opened",
        "bob": "declared",
        "carol": "opened",
    }


def test_the_same_again_takes_no_more_room(agenda):
    take_snapshot(agenda)
    take_snapshot(agenda)
    assert len(kept(agenda)) == 2
    assert len(SiteRecord("bodies").all()) == 1
