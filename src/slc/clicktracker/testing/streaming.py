"""What a storage has to answer where all readings are asked for, one by one."""

from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import SORT_KEYS
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import visit

import pytest


#: As often as iterators are left in the middle: more than there are connections.
_OFTEN = 40

#: More than a storage looks for before it is asked for the second one.
MANY = 1400

OTHER_RULE = EngagementRule(least_seconds=1)


class StreamingContract(StorageContract):
    """Tests of readings that are handed out one by one."""

    def filled(self):
        storage = self.make_storage()
        documents = [Document(f"uid-{n}", f"/site/{n}") for n in range(2)]
        storage.record(
            [
                visit(
                    n,
                    Reader(f"user-{n % 13}", name=("Zoë", "älf", "")[n % 3]),
                    documents[n % 2],
                    at=n,
                    stay=n % 5,
                    engaged=n % 3 * 4000,
                    version=Version("1", ("d1", "d2")[n % 7 > 3], n),
                )
                for n in range(80)
            ]
        )
        return storage

    @pytest.mark.parametrize("sort", SORT_KEYS)
    def test_the_readings_are_those_of_the_list_in_its_order(self, sort):
        storage = self.filled()
        uids = ("uid-0", "uid-1")
        for query in (
            ReadingQuery(uids, sort=sort, size=None),
            ReadingQuery(uids, sort=sort, reverse=True, size=None, search="Ä"),
            ReadingQuery(uids, sort=sort, start=3, size=5),
            ReadingQuery(uids, sort=sort, start=99),
        ):
            assert tuple(storage.each_reading(query)) == storage.readings(query).rows

    def test_nothing_is_no_reading(self):
        storage = self.make_storage()
        assert list(storage.each_reading(ReadingQuery((DOC.uid,)))) == []

    def test_they_are_all_from_one_moment(self):
        storage = self.make_storage()
        storage.record([visit(1, ALICE), visit(2, BOB)])
        rows = storage.each_reading(ReadingQuery((DOC.uid,)))
        first = next(rows)
        storage.record([visit(3, BOB), visit(4, Reader("carol"))])
        assert [(row.reader.user, row.count) for row in (first, *rows)] == [
            ("alice", 1),
            ("bob", 1),
        ]

    def test_what_happens_meanwhile_neither_repeats_nor_drops_a_row(self):
        storage = self.make_storage()
        people = [Reader(f"user-{n:04}") for n in range(MANY)]
        storage.record([visit(n, who, at=n % 7) for n, who in enumerate(people)])
        for number, query in enumerate(
            (
                ReadingQuery((DOC.uid,), size=None),
                ReadingQuery((DOC.uid,), size=None, sort="last", reverse=True),
                ReadingQuery((DOC.uid,), size=None, current=("d1",), rule=OTHER_RULE),
            )
        ):
            before = storage.readings(query).rows
            rows = storage.each_reading(query)
            found = [next(rows)]
            who = Reader(f"a-{number}"), before[0].reader, before[-1].reader
            keys = range(1000 + 10 * number, 9999)
            news = zip(keys, who, strict=False)
            storage.record([visit(key, reader, at=99) for key, reader in news])
            found += rows
            assert tuple(found) == before
            assert len(storage.readings(query).rows) == len(before) + 1

    def test_who_stops_in_the_middle_gives_back_what_it_took(self):
        storage = self.filled()
        for _ in range(_OFTEN):
            rows = storage.each_reading(ReadingQuery(("uid-0",), size=None))
            next(rows)
            rows.close()
        rows = storage.each_reading(ReadingQuery(("uid-0",)))
        next(rows)
        storage.record([visit(99)])
        rows.close()
