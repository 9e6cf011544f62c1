"""What a storage has to do with batches of accesses."""

from dataclasses import replace
from datetime import datetime
from random import Random
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.model import VIEWS_PER_TICKET
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.contract import log
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.contract import urls
from slc.clicktracker.testing.visits import accesses
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit

import pytest


class RecordingContract(StorageContract):
    """Tests of a storage that records batches and can say what it has."""

    def test_a_reading_is_the_sum_of_the_accesses(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(
                    1,
                    at=10,
                    stay=5,
                    engaged=4000,
                    depth=50,
                    version=Version("1"),
                    url="/b",
                ),
                visit(
                    2,
                    at=0,
                    stay=2,
                    engaged=1000,
                    depth=90,
                    version=Version("2"),
                    url="/a",
                ),
                visit(
                    3,
                    at=5,
                    stay=1,
                    engaged=500,
                    depth=10,
                    version=Version("1"),
                    origin="cache",
                ),
            ]
        )
        assert readings(storage) == [
            Reading(
                reader=ALICE,
                document=DOC,
                count=3,
                first=seconds(0),
                last=seconds(15),
                url="/b",
                engaged=5500,
                depth=90,
                cached=1,
            )
        ]

    def test_an_empty_batch_is_no_batch(self):
        storage = self.make_storage()
        storage.record([])
        assert readings(storage) == []

    def test_an_access_that_comes_twice_changes_nothing(self):
        storage = self.make_storage()
        batch = [visit(1, stay=9, engaged=10, depth=3), visit(2, BOB, origin="cache")]
        storage.record(batch)
        before = readings(storage), log(storage, "/site")
        storage.record(batch)
        storage.record(batch[::-1])
        storage.record(batch + batch)
        assert (readings(storage), log(storage, "/site")) == before

    def test_larger_totals_win_in_any_order(self):
        sent = [
            visit(1, at=0, stay=60, engaged=9000, depth=80),
            visit(1, at=0, stay=20, engaged=4000, depth=100),
            visit(1, at=0, opened=seconds(3), seen=seconds(3)),
        ]
        expected = Reading(
            *(ALICE, DOC, 1, seconds(0), seconds(60), "/doc", 9000, 100),
            level="engaged",
        )
        for number, order in enumerate(([0, 1, 2], [2, 1, 0], [1, 0, 2])):
            storage = self.make_storage(f"site-{number}")
            for index in order:
                storage.record([sent[index]])
            assert readings(storage) == [expected]
        storage = self.make_storage("at-once")
        storage.record(sent)
        assert readings(storage) == [expected]

    def test_shuffled_overlapping_batches_on_six_connections_count_once(self):
        """Each sends everything, in an order and with totals of its own."""
        accesses = [
            visit(
                number,
                Reader(f"user-{number % 29}"),
                Document(f"uid-{number % 13}", f"/site/doc-{number % 13}"),
                at=number % 7,
                stay=900,
            )
            for number in range(400)
        ]

        def send(connection: int) -> None:
            random = Random(connection)  # noqa: S311 (it only shuffles)
            mine = [replace(a, engaged=random.randrange(1000)) for a in accesses * 2]
            mine += [replace(a, engaged=1000 + n) for n, a in enumerate(accesses)]
            random.shuffle(mine)
            storage = self.make_storage()
            for start in range(0, len(mine), 60):
                storage.record(mine[start : start + 60])

        at_once(send, range(6))
        rows = readings(self.make_storage(), *(f"uid-{n}" for n in range(13)))
        assert sum(row.count for row in rows) == 400
        assert sum(row.engaged for row in rows) == sum(range(1000, 1400))

    def test_views_of_a_ticket_are_counted_over_all_batches(self):
        storage = self.make_storage()
        for start in range(0, 60, 7):
            storage.record(
                [visit(n, depth=n) for n in range(start, start + 7)]
                + [visit(100 + start, at=1 + start)]
            )
        (row,) = readings(storage)
        assert (row.count, row.depth) == (VIEWS_PER_TICKET + 9, VIEWS_PER_TICKET - 1)
        assert sum(count for _user, count, _url in log(storage, "/")) == row.count

    def test_a_recorded_view_grows_when_its_ticket_is_used_up(self):
        storage = self.make_storage()
        storage.record([visit(n, engaged=1) for n in range(VIEWS_PER_TICKET)])
        storage.record([visit(3, engaged=5, stay=9, depth=50), visit(99, engaged=7)])
        (row,) = readings(storage)
        assert (row.count, row.engaged) == (VIEWS_PER_TICKET, VIEWS_PER_TICKET + 4)
        assert (row.last, row.depth) == (seconds(9), 50)

    def test_path_title_and_name_are_those_of_the_newest_ticket(self):
        old = Document(DOC.uid, "/site/old", "Draft")
        moved = Document(DOC.uid, "/site/new", "Minutes")
        renamed = Reader("alice", name="Alice Berg")
        for number, order in enumerate(([0, 1], [1, 0])):
            sent = [
                visit(1, ALICE, old, at=1, stay=1000),
                visit(2, renamed, moved, at=2),
            ]
            storage = self.make_storage(f"site-{number}")
            for index in order:
                storage.record([sent[index]])
            (row,) = readings(storage)
            assert (row.document, row.reader) == (moved, renamed)

    def test_an_old_ticket_changes_nothing_beside_a_new_one_of_something_else(self):
        storage = self.make_storage()
        old = Document(DOC.uid, "/site/old", "Draft")
        new = Document("uid-new", "/site/new")
        storage.record([visit(1, at=5), visit(4, BOB, new)])
        storage.record(
            [
                visit(2, Reader("alice", name="Al"), old, at=1),
                visit(3, Reader("bob", name="Bob"), new, at=9),
            ]
        )
        (row,) = readings(storage)
        assert (row.document, row.reader, row.count) == (DOC, ALICE, 2)

    def test_an_empty_title_or_name_says_nothing(self):
        storage = self.make_storage()
        storage.record([visit(1)])
        storage.record([visit(2, Reader("alice"), Document(DOC.uid, DOC.path), at=9)])
        (row,) = readings(storage)
        assert (row.document, row.reader, row.count) == (DOC, ALICE, 2)

    def test_the_url_is_that_of_the_latest_access(self):
        storage = self.make_storage()
        storage.record([visit(1, at=5, url="/doc/b"), visit(2, at=9, url="/doc/c")])
        storage.record([visit(3, at=9, url="/doc/a"), visit(4, at=1, url="/doc/d")])
        assert readings(storage)[0].url == "/doc/a"

    def test_a_document_keeps_its_readings_when_it_moves(self):
        storage = self.make_storage()
        storage.record([visit(1)])
        storage.record([visit(2, document=Document(DOC.uid, "/site/new/doc"), at=5)])
        assert counts(storage) == [("alice", 2)]
        assert urls(storage, "/site/new") == ["/doc", "/new/doc"]
        assert urls(storage, "/site/doc") == []

    def test_a_new_document_at_an_old_path_inherits_nothing(self):
        storage = self.make_storage()
        storage.record([visit(1)])
        storage.record([visit(2, BOB, Document("uid-new", DOC.path), at=5)])
        assert counts(storage, "uid-new") == [("bob", 1)]
        assert counts(storage) == [("alice", 1)]

    def test_text_is_normalised_like_everywhere(self):
        storage = self.make_storage()
        storage.logAccess("b\0b\ud800", "/site/\0", "/\udfff")
        assert log(storage, "/site/\0") == [("b\ufffdb\ufffd", 1, "/\ufffd")]
        assert readings(storage, "\0", search="\ud800") == []

    def test_a_naive_time_is_refused(self):
        with pytest.raises(ValueError):
            visit(1, issued=datetime(2026, 1, 1))

    def test_a_ticket_is_good_for_some_views_only(self):
        storage = self.make_storage()
        many = [visit(n, stay=n, engaged=1, depth=n, url=f"/{n}") for n in range(30)]
        storage.record([*reversed(many), visit(1, BOB), visit(31, at=1)])
        kept = VIEWS_PER_TICKET
        assert [(row.count, row.engaged, row.depth) for row in readings(storage)] == [
            (kept + 1, kept, kept - 1),
            (1, 0, 0),
        ]
        assert readings(storage)[0].last == seconds(kept - 1)
        assert len(urls(storage, "/site")) == kept + 2
        storage.record(many)
        assert (accesses(storage, ALICE), accesses(storage, BOB)) == (kept + 1, 1)

    def test_views_of_a_ticket_are_bounded_on_six_connections(self):
        """Each invents views of its own of the same ten tickets."""

        def send(connection: int) -> None:
            storage = self.make_storage()
            for start in range(0, 100, 25):
                storage.record(
                    [
                        visit(1000 * connection + n, at=n % 10, stay=1, engaged=1)
                        for n in range(start, start + 25)
                    ]
                )

        at_once(send, range(6))
        (row,) = readings(self.make_storage())
        assert row.count == row.engaged == 10 * VIEWS_PER_TICKET
        assert accesses(self.make_storage(), ALICE) == row.count

    def test_a_batch_is_recorded_whole_or_not_at_all(self):
        storage = self.make_storage()
        with pytest.raises((AttributeError, TypeError)):
            storage.record([visit(1), "no access", visit(2)])
        assert readings(storage) == []
        assert accesses(storage, ALICE) == 0
