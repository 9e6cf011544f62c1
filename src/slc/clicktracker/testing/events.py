"""What a storage has to do with events of members."""

from datetime import timedelta
from slc.clicktracker.storage.errors import UnstorableData
from slc.clicktracker.storage.events.model import MemberEvent
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.testing.contract import NASTY
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import START

import pytest


_END = START + timedelta(days=400)


def event(number: int, reader: str = "alice", at: float = 0, **more: str):
    """Return the event with the key ``number``, ``at`` seconds after the start."""
    values = {"cohort": "followed", "kind": "edited", **more}
    return MemberEvent(
        key=f"{number:032x}",
        reader=reader,
        occurred=microseconds(seconds(at)),
        **values,
    )


def numbers(storage, since=START, until=_END, **asked):
    """Return the keys of events, in their order."""
    return [int(one.key, 16) for one in storage.events(since, until, **asked)]


class EventsContract(StorageContract):
    """Tests of events, one after the other."""

    def test_an_event_is_given_back_as_it_was(self):
        storage = self.make_storage("site")
        sent = [
            event(
                n,
                text,
                n,
                document=text,
                path=text,
                portal_type=text,
                detail=text,
                data=text,
                cohort=("followed", "sample")[n % 2],
            )
            for n, text in enumerate(NASTY)
        ]
        storage.record_events(sent)
        found = sorted(storage.events(START, _END), key=lambda one: one.occurred)
        assert found == sent

    def test_an_event_that_comes_again_changes_nothing(self):
        storage = self.make_storage("site")
        storage.record_events([event(1), event(1, at=5), event(2)])
        storage.record_events([event(1, kind="added")])
        assert [(one.key[-1], one.kind) for one in storage.events(START, _END)] == [
            ("1", "edited"),
            ("2", "edited"),
        ]

    def test_events_come_by_reader_time_and_key(self):
        storage = self.make_storage("site")
        storage.record_events(
            [
                *(event(1, "bob", 9), event(2, "alice", 9), event(4, "Zoe", 1)),
                *(event(3, "alice", 9), event(5, "alice", 2), event(6, "ä", 0)),
            ]
        )
        assert numbers(storage) == [4, 5, 2, 3, 1, 6]

    def test_a_time_begins_with_its_start_and_ends_before_its_end(self):
        storage = self.make_storage("site")
        storage.record_events([event(n, at=n) for n in range(1, 6)])
        assert numbers(storage, seconds(2), seconds(4)) == [2, 3]

    def test_those_of_a_reader_or_a_group(self):
        storage = self.make_storage("site")
        storage.record_events(
            [event(1), event(2, "bob", cohort="sample"), event(3, "bob")]
        )
        assert numbers(storage, reader="bob") == [2, 3]
        assert numbers(storage, cohort="sample") == [2]
        assert numbers(storage, reader="bob", cohort="followed") == [3]
        assert numbers(storage, reader="nobody") == []

    def test_sites_know_nothing_of_each_other_s_events(self):
        here, there = self.make_storage("here"), self.make_storage("there")
        for storage in (here, there):
            storage.record_events([event(1)])
        here.forget(Reader("alice"))
        assert (numbers(here), numbers(there)) == ([], [1])

    def test_old_events_are_removed_some_at_a_time(self):
        storage = self.make_storage("site")
        storage.record_events([event(n, at=n) for n in range(1, 7)])
        before = seconds(5)
        assert storage.old_events(before) == 4
        assert [storage.drop_events(before, 3) for _ in range(3)] == [3, 1, 0]
        assert (numbers(storage), storage.old_events(before)) == ([5, 6], 0)

    @pytest.mark.parametrize("how", ["forget", "retire"])
    def test_who_is_forgotten_or_leaves_has_no_events_and_others_have(self, how):
        storage = self.make_storage("site")
        storage.record_events([event(1), event(2, "bob")])
        getattr(storage, how)(Reader("alice", "/acl_users"))
        assert numbers(storage) == [1, 2]
        getattr(storage, how)(Reader("alice"))
        assert numbers(storage) == [2]

    def test_what_arrives_late_of_who_has_left_is_nobody_else_s(self):
        storage = self.make_storage("site")
        before = (utc_now() - START).total_seconds()
        for reader in (Reader("alice"), Reader("bob", "/acl_users")):
            storage.retire(reader)
        after = (utc_now() - START).total_seconds() + 1
        storage.record_events([event(1, at=before), event(2, "bob", before)])
        storage.record_events([event(3, at=after)])
        until = seconds(after + 1)
        assert numbers(storage, seconds(before), until) == [3, 2]

    @pytest.mark.parametrize(
        "wrong", [{"cohort": "both"}, {"reader": ""}, {"at": -(10**10)}]
    )
    def test_what_can_t_be_an_event_is_refused_with_all_that_came_along(self, wrong):
        storage = self.make_storage("site")
        with pytest.raises(UnstorableData):
            storage.record_events([event(1), event(2, **wrong)])
        assert numbers(storage) == []

    def test_who_stops_reading_in_the_middle_is_in_nobody_s_way(self):
        storage = self.make_storage("site")
        storage.record_events([event(n) for n in range(600)])
        found = storage.events(START, _END)
        next(found)
        if hasattr(found, "close"):
            found.close()
        storage.record_events([event(999)])
        assert len(numbers(storage)) == 601
