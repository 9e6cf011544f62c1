"""What a storage has to answer about files that were delivered."""

from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import NO_MARKS
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.contract import log
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CAROL
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import levels
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit


FIRST = Version("1", "d1", 100)
SECOND = Version("2", "d2", 100)


class DownloadingContract(StorageContract):
    """Tests of notes that a file was delivered."""

    def test_an_early_download_does_not_lengthen_the_time_read(self):
        storage = self.make_storage()
        storage.record([download(ALICE, 0), read(1, at=90, engaged=60_000, stay=1)])
        (row,) = readings(storage)
        assert (row.level, row.engaged) == ("opened", 1_000)
        assert row.first == seconds(0)

    def test_downloaded_sorts_before_opened(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, ALICE),
                download(BOB),
                read(2, CAROL, 60_000),
                read(3, Reader("dave"), 60_000, marks=Marks.ENDED),
            ]
        )
        order = ["bob", "alice", "carol", "dave"]
        rows = readings(storage, sort="level")
        assert [row.reader.user for row in rows] == order
        rows = readings(storage, sort="level", reverse=True)
        assert [row.reader.user for row in rows] == order[::-1]

    def test_a_list_can_be_of_downloads_alone(self):
        storage = self.make_storage()
        storage.record([visit(1, ALICE), download(ALICE), download(BOB)])
        assert levels(storage, level="downloaded") == {"bob": "downloaded"}
        assert levels(storage, level="opened") == {"alice": "opened"}

    def test_lists_are_sorted_by_time_and_page_with_downloads_among_them(self):
        storage = self.make_storage()
        storage.record([visit(1, ALICE, at=5), download(BOB, 3), download(CAROL, 9)])
        for sort, order in (
            ("first", ["bob", "alice", "carol"]),
            ("last", ["bob", "alice", "carol"]),
            ("url", ["bob", "carol", "alice"]),
            ("count", ["bob", "carol", "alice"]),
        ):
            rows = readings(storage, sort=sort)
            assert [row.reader.user for row in rows] == order, sort

    def test_who_has_downloaded_a_file_is_not_absent(self):
        storage = self.make_storage()
        storage.record([download(BOB), note(ALICE)])
        page = storage.absent(AbsenceQuery((DOC.uid,), (ALICE, BOB, CAROL)))
        assert [row.reader.user for row in page.rows] == ["alice", "carol"]

    def test_which_version_is_newer_is_told_by_downloads_too(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, ALICE, at=1, version=SECOND),
                visit(2, BOB, at=2, version=FIRST),
                download(CAROL, 3, version=SECOND),
            ]
        )
        rows = readings(storage, current=("d3",))
        assert {row.reader.user: row.behind for row in rows} == {
            "alice": 1,
            "bob": 2,
            "carol": 1,
        }

    def test_an_older_version_that_was_downloaded_adds_nothing_to_the_current_one(self):
        storage = self.make_storage()
        storage.record(
            [download(ALICE, 1, version=FIRST), visit(1, at=2, version=SECOND)]
        )
        (row,) = readings(storage, current=("d2",))
        assert (row.behind, row.level, row.label) == (0, "opened", "2")
        assert row.downloaded == seconds(1)

    def test_an_older_version_that_was_read_is_not_what_was_downloaded_later(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, at=1, engaged=60_000, version=FIRST, marks=Marks.ENDED),
                download(ALICE, 90, version=SECOND),
            ]
        )
        (row,) = readings(storage, current=("d2",))
        assert (row.level, row.engaged, row.marks) == ("downloaded", 0, NO_MARKS)
        assert (row.count, row.behind) == (1, 0)
        (row,) = readings(storage)
        assert row.level == "finished"

    def test_downloads_arrive_on_six_connections(self):
        """Each sends everything, beginning somewhere else, the half of it upside down."""
        readers = [Reader(f"user-{n}") for n in range(20)]
        sent = [download(readers[n % 20], n) for n in range(120)]
        sent += [visit(n, readers[-n % 20], at=n) for n in range(60)]

        def send(connection: int) -> None:
            storage = self.make_storage()
            mine = sent[connection * 30 :] + sent[: connection * 30]
            mine = mine[::-1] if connection % 2 else mine
            for start in range(0, len(mine), 30):
                storage.record(mine[start : start + 30])

        at_once(send, range(6))
        rows = readings(self.make_storage())
        assert [row.count for row in rows] == [3] * 20
        last = {row.reader.user: row.downloaded for row in rows}
        assert last == {f"user-{n}": seconds(100 + n) for n in range(20)}

    def test_a_download_is_no_access(self):
        storage = self.make_storage()
        storage.record([download(ALICE, 3)])
        assert log(storage, "") == []
        assert [row.count for row in readings(storage)] == [0]
        assert storage.history(HistoryQuery((DOC.uid,), ALICE)).accesses == ()

    def test_who_has_downloaded_the_current_version_has_read_it(self):
        storage = self.make_storage()
        storage.record(
            [
                download(ALICE, 1, version=FIRST),
                download(BOB, 2, version=SECOND),
                download(BOB, 3, version=FIRST),
            ]
        )
        for standing, user in (("current", "bob"), ("older", "alice")):
            (row,) = readings(storage, current=("d2",), standing=standing)
            assert row.reader.user == user

    def test_who_has_only_downloaded_a_file_has_read_it(self):
        storage = self.make_storage()
        storage.record([download(ALICE, 7), download(ALICE, 3), download(ALICE, 5)])
        assert readings(storage) == [
            Reading(
                ALICE,
                DOC,
                count=0,
                first=seconds(3),
                last=seconds(7),
                url="",
                level="downloaded",
                downloaded=seconds(7),
            )
        ]

    def test_a_download_is_told_beside_what_the_browser_reported(self):
        storage = self.make_storage()
        storage.record([read(1, at=50, engaged=60_000), download(ALICE, 200)])
        (row,) = readings(storage)
        assert (row.count, row.level, row.engaged) == (1, "engaged", 60_000)
        assert (row.first, row.last) == (seconds(50), seconds(200))
        assert row.downloaded == seconds(200)
        assert row.url == "/doc"

    def test_it_makes_no_difference_how_often_and_when_a_note_arrives(self):
        one, two = self.make_storage("one"), self.make_storage("two")
        sent = [download(ALICE, n) for n in (4, 2, 9)] + [visit(1, at=5), note(at=1)]
        one.record(sent)
        for access in [*sent[::-1], *sent]:
            two.record([access])
        two.record([*sent, *sent])
        assert readings(one) == readings(two)
