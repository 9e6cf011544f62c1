"""What a storage has to do that removes readings after some time."""

from datetime import date
from datetime import timedelta
from slc.clicktracker.storage.capabilities import IReadingRetention
from slc.clicktracker.storage.goals.model import GoalChance
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.retention import ENGAGED
from slc.clicktracker.storage.retention import OPENED
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.filtering import users
from slc.clicktracker.testing.histories import history
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CAROL
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import coverage
from slc.clicktracker.testing.visits import DAVE
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import NOBODY
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit

import pytest


DAY = 24 * 60 * 60

#: Days long before and after everything.
SINCE, UNTIL = date(2025, 1, 1), date(2027, 1, 1)


class KeepingContract(StorageContract):
    """Tests of how long accesses, readings and days are kept."""

    def test_a_reading_is_the_same_when_its_accesses_are_gone(self):
        storage = self.make_storage()
        storage.record([read(1, ALICE, 4_000), read(2, ALICE, 7_000, at=DAY)])
        storage.record([note(BOB), download(CAROL), visit(3, NOBODY)])
        before, numbers = readings(storage), coverage(storage)
        assert storage.old_accesses(seconds(DAY)) == 2
        assert removed(storage.drop_accesses(seconds(DAY), 10)) == 2
        assert (readings(storage), coverage(storage)) == (before, numbers)
        assert storage.status().accesses == 3
        assert [a.issued for a in history(storage, ALICE).accesses] == [seconds(DAY)]
        assert days(storage) == {date(2026, 1, 1): 2, date(2026, 1, 2): 1}
        assert storage.old_accesses(seconds(DAY)) == 0

    def test_what_is_read_later_is_added_to_what_is_gone(self):
        storage = self.make_storage()
        storage.record([read(1, ALICE, 4_000), read(2, BOB, 1_000)])
        assert removed(storage.drop_accesses(seconds(DAY), 1)) == 2
        storage.record([read(3, ALICE, 7_000, at=2 * DAY)])
        alice, bob = readings(storage)
        assert (alice.count, alice.engaged, alice.first) == (2, 11_000, seconds(0))
        assert (bob.count, bob.engaged) == (1, 1_000)

    def test_what_was_removed_does_not_come_back_when_it_arrives_again(self):
        storage = self.make_storage()
        late = [read(1, ALICE, 4_000), read(2, ALICE, 3_000, at=60), note(BOB)]
        storage.record(late[:1])
        removed(storage.drop_accesses(seconds(DAY), 10))
        storage.record([*late, read(1, ALICE, 9_000, stay=100), read(4, BOB, at=DAY)])
        assert counts(storage) == [("alice", 1), ("bob", 1)]
        assert readings(storage)[0].engaged == 4_000
        assert coverage(storage).served == 2
        assert days(storage) == {date(2026, 1, 1): 1, date(2026, 1, 2): 1}

    def test_readings_are_removed_by_level_and_by_when_the_last_of_them_was(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, ALICE, 12_000),
                read(2, BOB, 1_000),
                read(3, CAROL, 1_000),
                read(4, CAROL, 1_000, at=3 * DAY),
                note(DAVE),
            ]
        )
        before = seconds(2 * DAY)
        assert storage.old_readings(OPENED, before) == 2
        assert removed(storage.drop_readings(OPENED, before, 1)) == 2
        assert users(storage) == ["alice", "carol"]
        assert coverage(storage) == Coverage(2, 2, 1, 0)
        assert removed(storage.drop_readings(ENGAGED, seconds(0), 10)) == 0
        assert removed(storage.drop_readings(ENGAGED, before, 10)) == 1
        assert counts(storage) == [("carol", 2)]
        assert days(storage) == {date(2026, 1, 1): 3, date(2026, 1, 4): 1}

    def test_a_download_is_worth_as_much_as_being_engaged(self):
        storage = self.make_storage()
        storage.record([download(ALICE), visit(1, ALICE), visit(2, BOB)])
        removed(storage.drop_readings(OPENED, seconds(DAY), 10))
        assert users(storage) == ["alice"]
        removed(storage.drop_readings(ENGAGED, seconds(DAY), 10))
        assert users(storage) == []

    def test_what_was_read_of_any_version_keeps_all_of_them(self):
        storage = self.make_storage()
        other = Version("2", "d2", 100)
        storage.record([read(1, ALICE, 12_000), read(2, ALICE, 500, version=other)])
        assert removed(storage.drop_readings(OPENED, seconds(DAY), 10)) == 0
        assert removed(storage.drop_readings(ENGAGED, seconds(DAY), 10)) == 1
        assert history(storage, ALICE) is None

    def test_the_rule_decides_what_a_reading_is(self):
        storage = self.make_storage()
        storage.record([read(1, ALICE, 3_000)])
        quick = EngagementRule(100_000, 1)
        assert storage.old_readings(OPENED, seconds(DAY), quick) == 0
        assert removed(storage.drop_readings(OPENED, seconds(DAY), 10, quick)) == 0
        assert removed(storage.drop_readings(ENGAGED, seconds(DAY), 10, quick)) == 1

    def test_readings_whose_accesses_are_gone_are_removed_as_well(self):
        storage = self.make_storage()
        storage.record([read(1, ALICE, 12_000), read(2, BOB)])
        removed(storage.drop_accesses(seconds(DAY), 10))
        removed(storage.drop_readings(OPENED, seconds(DAY), 10))
        assert users(storage) == ["alice"]
        assert days(storage) == {date(2026, 1, 1): 2}

    def test_who_reads_again_after_that_has_read_for_the_first_time(self):
        storage = self.make_storage()
        storage.record([read(1, ALICE, 3_000)])
        removed(storage.drop_readings(OPENED, seconds(DAY), 10))
        storage.record([read(1, ALICE, 5_000), read(2, ALICE, 1_000, at=2 * DAY)])
        (alice,) = readings(storage)
        assert (alice.count, alice.first) == (1, seconds(2 * DAY))

    def test_visitors_without_a_log_in_are_kept_as_they_name_nobody(self):
        storage = self.make_storage()
        storage.record([visit(1, NOBODY), visit(2, ALICE)])
        for kind in (OPENED, ENGAGED):
            removed(storage.drop_readings(kind, seconds(DAY), 10))
        assert coverage(storage) == Coverage(0, 0, 0, 0, visits=1)

    def test_goals_go_with_the_reading(self):
        storage = self.make_storage()
        storage.record([read(1, ALICE, 12_000), read(2, BOB)])
        moment = seconds(30)
        chances = [
            GoalChance("goal", "opened", moment, seconds(0), DOC.uid, LONG, each)
            for each in (ALICE, BOB)
        ]
        storage.reach_goals(chances)
        removed(storage.drop_readings(OPENED, seconds(DAY), 10))
        (figures,) = storage.goal_figures(["goal"], seconds(0), seconds(DAY))
        assert figures.readers == 1

    def test_readings_of_old_addresses_and_of_deleted_accounts_go_too(self):
        storage = self.make_storage("site")
        storage.record([visit(1, ALICE, Document("", "/site/old")), visit(2, BOB)])
        storage.retire(BOB)
        assert removed(storage.drop_readings(OPENED, seconds(DAY), 10)) == 2
        assert list(storage.getLog("/site")) == []

    def test_days_are_removed_and_readings_stay(self):
        storage = self.make_storage()
        storage.record([visit(1), visit(2, at=DAY), visit(3, BOB, at=DAY)])
        assert storage.old_days(seconds(DAY)) == 1
        assert removed(storage.drop_days(seconds(DAY), 1)) == 1
        assert days(storage) == {date(2026, 1, 2): 2}
        assert counts(storage) == [("alice", 2), ("bob", 1)]
        storage.forget(BOB)
        assert days(storage) == {date(2026, 1, 2): 1}

    def test_other_sites_keep_what_is_theirs(self):
        storage, other = self.make_storage(), self.make_storage("other")
        for each in (storage, other):
            each.record([read(1, ALICE, 12_000), read(2, BOB)])
        removed(storage.drop_accesses(seconds(DAY), 10))
        for kind in (OPENED, ENGAGED):
            removed(storage.drop_readings(kind, seconds(DAY), 10))
        removed(storage.drop_days(seconds(DAY), 10))
        assert (days(storage), len(days(other))) == ({}, 1)
        other.record([read(3, CAROL)])
        assert users(other) == ["alice", "bob", "carol"]
        assert other.status().accesses == 3

    @pytest.mark.parametrize("name", ["drop_accesses", "drop_days"])
    def test_a_time_in_the_future_is_now(self, name):
        storage = self.make_storage()
        far = seconds(0) + timedelta(days=4000)
        storage.record([visit(1)])
        removed(getattr(storage, name)(far, 10))
        storage.logAccess("alice", DOC.path, "/doc")
        assert counts(storage) == [("alice", 2)]

    def test_it_can_forget_readings_after_some_time(self):
        assert IReadingRetention.providedBy(self.make_storage())


def removed(batches) -> int:
    """Return how many batches have removed, all of them together."""
    return sum(batches)


def days(storage) -> dict:
    """Return the accesses of the document by day."""
    return dict(storage.activity((DOC.uid,), SINCE, UNTIL).by_day)
