"""What a storage has to answer where only some of a list is asked for."""

from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import SORT_KEYS
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CAROL
from slc.clicktracker.testing.visits import DAVE
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit

import pytest


LEVELS = {
    "alice": "opened",
    "bob": "engaged",
    "carol": "finished",
    "dave": "downloaded",
}


class FilteringContract(StorageContract):
    """Tests of lists of one level, or of some time."""

    @pytest.mark.parametrize("sort", SORT_KEYS)
    @pytest.mark.parametrize("user", LEVELS)
    def test_a_list_can_be_of_one_level(self, sort, user):
        storage = filled(self.make_storage())
        (row,) = readings(storage, level=LEVELS[user], sort=sort)
        assert (row.reader.user, row.level) == (user, LEVELS[user])

    def test_nobody_is_at_a_level_that_lists_do_not_have(self):
        storage = filled(self.make_storage())
        assert readings(storage, level="served") == []
        assert readings(storage, level="'; DROP TABLE") == []

    def test_a_level_is_that_of_the_version_that_is_shown(self):
        storage = filled(self.make_storage())
        storage.record([visit(9, CAROL, at=99, version=Version("2", "d2", 100))])
        (row,) = readings(storage, level="finished", current=("d1",))
        assert row.reader == CAROL
        rows = readings(storage, level="opened", current=("d2",))
        assert [row.reader.user for row in rows] == ["alice", "carol"]
        rows = readings(storage, level="opened", current=("d2",), standing="current")
        assert [row.reader.user for row in rows] == ["carol"]

    def test_a_list_can_be_of_some_time(self):
        storage = filled(self.make_storage())
        assert users(storage, since=seconds(40)) == ["bob", "carol", "dave"]
        assert users(storage, until=seconds(40)) == ["alice"]
        assert users(storage, since=seconds(15), until=seconds(80.000001)) == [
            "alice",
            "bob",
            "dave",
        ]
        assert users(storage, since=seconds(15.000001), until=seconds(80)) == ["dave"]
        assert users(storage, since=seconds(99)) == []

    def test_the_time_is_that_of_all_versions(self):
        storage = filled(self.make_storage())
        storage.record([visit(9, ALICE, at=200, version=Version("2", "d2", 100))])
        assert users(storage, since=seconds(100)) == ["alice"]
        assert users(storage, until=seconds(100), current=("d2",)) == [
            "bob",
            "carol",
            "dave",
        ]

    def test_a_time_needs_a_zone(self):
        storage = self.make_storage()
        for end in ("since", "until"):
            with pytest.raises(ValueError, match="no time zone"):
                readings(storage, **{end: seconds(0).replace(tzinfo=None)})

    @pytest.mark.parametrize("sort", ["name", "level", "last"])
    def test_the_total_and_the_pages_are_of_what_is_asked_for(self, sort):
        storage = self.make_storage()
        storage.record([visit(n, Reader(f"user-{n}"), at=n) for n in range(5)])
        storage.record([read(9, BOB, 60_000), download(CAROL, 9)])
        found = []
        for start in range(0, 7, 2):
            page = storage.readings(
                ReadingQuery(
                    (DOC.uid,),
                    sort=sort,
                    start=start,
                    size=2,
                    level="opened",
                    since=seconds(1),
                    until=seconds(4),
                )
            )
            assert page.total == 3
            found += [row.reader.user for row in page.rows]
        assert found == ["user-1", "user-2", "user-3"]

    def test_filters_and_search_go_together(self):
        storage = filled(self.make_storage())
        assert users(storage, search="o") == ["bob", "carol"]
        assert users(storage, search="o", level="engaged", since=seconds(20)) == ["bob"]
        assert users(storage, search="o", level="opened") == []


def filled(storage):
    """Return the storage, where alice has only opened what dave has downloaded."""
    storage.record(
        [
            visit(1, ALICE, at=10, stay=5),
            read(2, BOB, 60_000, at=20),
            read(3, CAROL, 60_000, at=30, marks=Marks.ENDED),
            download(DAVE, 40),
            note(Reader("erik"), 50),
        ]
    )
    return storage


def users(storage, **query) -> list[str]:
    """Return who is listed, by name."""
    return [row.reader.user for row in readings(storage, **query)]
