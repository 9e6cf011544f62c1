"""What a storage has to answer about one reader."""

from slc.clicktracker.storage.capabilities import IReadingLists
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.history import ReaderHistory
from slc.clicktracker.storage.history import VersionRead
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CHANGED
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import OTHER
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit
from typing import Any


class HistoryContract(StorageContract):
    """Tests of what is known of one reader, and when it was read."""

    def test_of_who_has_never_come_there_is_no_history(self):
        storage = self.make_storage()
        storage.record([visit(1, BOB), visit(2, ALICE, OTHER)])
        assert history(storage) is None
        assert history(storage, BOB, "uid-unknown") is None
        assert history(storage, BOB, generation=2) is None
        assert history(storage, Reader("bob", "/acl_users")) is None
        assert history(self.make_storage("other"), BOB) is None

    def test_each_version_says_how_far_the_reader_got_with_it(self):
        storage = self.make_storage()
        storage.record(
            [
                read(
                    1,
                    engaged=10_000,
                    at=1,
                    depth=100,
                    marks=Marks.ENDED | Marks.PRINTED,
                ),
                read(2, engaged=0, at=90, depth=7, version=CHANGED),
                note(at=1, version=LONG),
                note(at=89, version=CHANGED),
                note(at=90, version=CHANGED),
            ]
        )
        found = history(storage)
        assert found.versions == (
            VersionRead(
                uid=DOC.uid,
                version=CHANGED,
                count=1,
                level="opened",
                served=(seconds(89), seconds(90)),
                opened=(seconds(90), seconds(90)),
                depth=7,
            ),
            VersionRead(
                uid=DOC.uid,
                version=LONG,
                count=1,
                level="finished",
                served=(seconds(1), seconds(1)),
                opened=(seconds(1), seconds(11)),
                engaged=10_000,
                depth=100,
                marks=Marks.ENDED | Marks.PRINTED,
            ),
        )

    def test_what_was_only_served_or_downloaded_is_told_as_such(self):
        storage = self.make_storage()
        storage.record(
            [
                note(at=1, version=LONG),
                visit(0, at=5, version=CHANGED, origin=DOWNLOADED),
                visit(0, at=3, version=CHANGED, origin=DOWNLOADED),
            ]
        )
        found = history(storage)
        assert (found.accesses, found.total) == ((), 0)
        downloaded, served = found.versions
        assert (served.level, served.served) == ("served", (seconds(1), seconds(1)))
        assert (served.count, served.opened, served.downloaded) == (0, (), ())
        assert (downloaded.level, downloaded.count) == ("downloaded", 0)
        assert downloaded.downloaded == (seconds(3), seconds(5))

    def test_versions_that_show_the_same_are_one_as_in_the_list_of_readings(self):
        storage = self.make_storage()
        tagged = Version("2", LONG.digest, LONG.words)
        storage.record(
            [
                read(1, engaged=6_000, at=1, marks=Marks.ENDED),
                read(2, engaged=6_000, at=60, version=tagged),
            ]
        )
        assert readings(storage)[0].level == "finished"
        found = history(storage)
        assert [access.version.label for access in found.accesses] == ["1", "1"]
        (version,) = found.versions
        assert (version.version, version.level) == (LONG, "finished")
        assert (version.count, version.engaged) == (2, 12_000)
        assert version.opened == (seconds(1), seconds(66))
        assert version.marks == Marks.ENDED

    def test_no_version_was_read_for_longer_than_has_passed(self):
        storage = self.make_storage()
        storage.record([read(1, engaged=60_000, stay=9.9999)])
        (version,) = history(storage).versions
        assert (version.engaged, version.level) == (9_999, "opened")

    def test_accesses_are_told_as_they_were_the_latest_first(self):
        storage = self.make_storage()
        sent = [
            visit(3, at=3, url="/doc/view", origin="cache"),
            read(2, engaged=7_000, at=2, depth=50, marks=Marks.PRINTED),
            visit(1, document=OTHER, at=1, issued=seconds(0.5), origin="fetched"),
        ]
        storage.record(list(reversed(sent)))
        found = history(storage, ALICE, DOC.uid, OTHER.uid)
        assert found.accesses == tuple(sent)
        assert found.total == 3

    def test_accesses_are_cut_by_the_storage(self):
        storage = self.make_storage()
        storage.record(
            [visit(n, at=n // 3, document=(DOC, OTHER)[n % 2]) for n in range(10)]
        )
        uids = (DOC.uid, OTHER.uid)
        everything = history(storage, ALICE, *uids, size=None).accesses
        assert len(everything) == 10
        for size in (1, 4):
            cut = []
            for start in range(0, 12, size):
                page = history(storage, ALICE, *uids, start=start, size=size)
                assert page.total == 10
                assert len(page.versions) == 2
                cut += page.accesses
            assert tuple(cut) == everything

    def test_the_same_moment_is_told_in_the_same_order(self):
        storage = self.make_storage()
        storage.record([visit(n, document=OTHER) for n in (2, 1)])
        storage.record([visit(n, version=LONG) for n in (2, 1)])
        keys = [
            (int(access.key, 16), access.document.uid)
            for access in history(storage, ALICE, DOC.uid, OTHER.uid).accesses
        ]
        assert keys == [
            (1, "uid-doc"),
            (1, "uid-other"),
            (2, "uid-doc"),
            (2, "uid-other"),
        ]

    def test_a_history_has_the_name_and_the_place_as_last_known(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, at=1),
                visit(2, Reader("alice", name="Alice Berg"), at=2),
                visit(3, BOB, Document(DOC.uid, "/site/moved", "New title"), at=3),
            ]
        )
        found = history(storage, Reader("alice", name="whatever"))
        assert found.reader.name == "Alice Berg"
        assert {access.document.title for access in found.accesses} == {"New title"}
        assert {access.document.path for access in found.accesses} == {"/site/moved"}
        assert {access.reader.name for access in found.accesses} == {"Alice Berg"}


def history(
    storage: IReadingLists, reader: Reader = ALICE, *uids: str, **query: Any
) -> ReaderHistory | None:
    """Return what is known of a reader with documents, with ``DOC`` if none is named."""
    return storage.history(HistoryQuery(uids or (DOC.uid,), reader, **query))
