"""What a storage has to answer about one reader, and about the texts that were shown."""

from slc.clicktracker.storage.activity import KnownText
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.history import VersionRead
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit


OTHER = Document("uid-other", "/site/other", "Agenda")
CHANGED = Version("2", "d2", 100)
NOBODY = Reader("")


class HistoryContract(StorageContract):
    """Tests of what is known of one reader, and of the texts of a document."""

    def test_of_who_has_never_come_there_is_no_history(self):
        storage = self.make_storage()
        storage.record([visit(1, BOB), visit(2, ALICE, OTHER)])
        assert _history(storage) is None
        assert _history(storage, BOB, "uid-unknown") is None
        assert _history(storage, BOB, generation=2) is None
        assert _history(storage, Reader("bob", "/acl_users")) is None
        assert _history(self.make_storage("other"), BOB) is None

    def test_each_version_says_how_far_the_reader_got_with_it(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, engaged=10_000, at=1, depth=100, ended=True, printed=True),
                read(2, engaged=0, at=90, depth=7, version=CHANGED),
                note(at=1, version=LONG),
                note(at=89, version=CHANGED),
                note(at=90, version=CHANGED),
            ]
        )
        found = _history(storage)
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
                ended=True,
                printed=True,
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
        found = _history(storage)
        assert (found.accesses, found.total) == ((), 0)
        downloaded, served = found.versions
        assert (served.level, served.served) == ("served", (seconds(1), seconds(1)))
        assert (served.count, served.opened, served.downloaded) == (0, (), ())
        assert (downloaded.level, downloaded.count) == ("downloaded", 0)
        assert downloaded.downloaded == (seconds(3), seconds(5))

    def test_a_version_is_judged_for_itself_and_by_the_rule(self):
        """Two versions with the same text are one in the list of readings."""
        storage = self.make_storage()
        tagged = Version("2", LONG.digest, LONG.words)
        storage.record(
            [
                read(1, engaged=6_000, at=1, ended=True),
                read(2, engaged=6_000, at=60, version=tagged),
            ]
        )
        assert readings(storage)[0].level == "finished"
        levels = {v.version.label: v.level for v in _history(storage).versions}
        assert levels == {"1": "opened", "2": "opened"}
        found = _history(storage, rule=EngagementRule(1200))
        levels = {v.version.label: v.level for v in found.versions}
        assert levels == {"1": "finished", "2": "engaged"}

    def test_no_version_was_read_for_longer_than_has_passed(self):
        storage = self.make_storage()
        storage.record([read(1, engaged=60_000, stay=9.9999)])
        (version,) = _history(storage).versions
        assert (version.engaged, version.level) == (9_999, "opened")

    def test_accesses_are_told_as_they_were_the_latest_first(self):
        storage = self.make_storage()
        sent = [
            visit(3, at=3, url="/doc/view", origin="cache"),
            read(2, engaged=7_000, at=2, depth=50, printed=True),
            visit(1, document=OTHER, at=1, issued=seconds(0.5), origin="fetched"),
        ]
        storage.record(list(reversed(sent)))
        found = _history(storage, ALICE, DOC.uid, OTHER.uid)
        assert found.accesses == tuple(sent)
        assert found.total == 3

    def test_accesses_are_cut_by_the_storage(self):
        storage = self.make_storage()
        storage.record(
            [visit(n, at=n // 3, document=(DOC, OTHER)[n % 2]) for n in range(10)]
        )
        uids = (DOC.uid, OTHER.uid)
        everything = _history(storage, ALICE, *uids, size=None).accesses
        assert len(everything) == 10
        for size in (1, 4):
            cut = []
            for start in range(0, 12, size):
                page = _history(storage, ALICE, *uids, start=start, size=size)
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
            for access in _history(storage, ALICE, DOC.uid, OTHER.uid).accesses
        ]
        assert keys == [
            (1, "uid-doc"),
            (1, "uid-other"),
            (2, "uid-doc"),
            (2, "uid-other"),
        ]

    def test_an_account_that_had_the_id_before_has_a_history_of_its_own(self):
        storage = self.make_storage()
        storage.record([visit(1, BOB)])
        storage.retire(BOB)
        later = 10**9
        storage.record([visit(2, Reader("bob", name="Bob Berg"), at=later)])
        former, present = (_history(storage, BOB, generation=n) for n in (1, 2))
        assert (former.reader, former.former, former.total) == (BOB, True, 1)
        assert (present.reader.name, present.former) == ("Bob Berg", False)
        assert present.accesses[0].opened == seconds(later)

    def test_a_history_has_the_name_and_the_place_as_last_known(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, at=1),
                visit(2, Reader("alice", name="Alice Berg"), at=2),
                visit(3, BOB, Document(DOC.uid, "/site/moved", "New title"), at=3),
            ]
        )
        found = _history(storage, Reader("alice", name="whatever"))
        assert found.reader.name == "Alice Berg"
        assert {access.document.title for access in found.accesses} == {"New title"}
        assert {access.document.path for access in found.accesses} == {"/site/moved"}
        assert {access.reader.name for access in found.accesses} == {"Alice Berg"}

    def test_the_texts_of_a_document_are_known_the_newest_first(self):
        storage = self.make_storage()
        tagged = Version("10", "d2", 100)
        storage.record(
            [
                visit(1, at=1, version=LONG),
                visit(2, BOB, at=4, version=LONG),
                visit(3, BOB, at=2, version=CHANGED),
                visit(4, BOB, at=8, version=tagged),
                visit(5, NOBODY, at=9, version=LONG, issued=seconds(3)),
            ]
        )
        assert storage.texts([DOC.uid]) == (
            KnownText(DOC.uid, "d2", "10", seconds(2), seconds(8), 1),
            KnownText(DOC.uid, "d1", "1", seconds(1), seconds(4), 2),
        )

    def test_a_text_that_was_only_served_is_known_without_readers(self):
        storage = self.make_storage()
        storage.record([note(at=7, version=LONG), note(BOB, at=5, version=LONG)])
        assert storage.texts([DOC.uid]) == (
            KnownText(DOC.uid, "d1", "1", seconds(5), seconds(7), 0),
        )

    def test_a_text_that_was_downloaded_has_readers(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(0, reader, at=at, version=LONG, origin=DOWNLOADED)
                for reader, at in ((ALICE, 5), (BOB, 2), (ALICE, 9))
            ]
        )
        assert storage.texts([DOC.uid]) == (
            KnownText(DOC.uid, "d1", "1", seconds(2), seconds(9), 2),
        )

    def test_texts_come_by_document_as_they_were_asked_for(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, document=OTHER, at=5, version=LONG),
                visit(2, at=1, version=Version("3")),
                visit(3, at=2),
            ]
        )
        uids = ("uid-unknown", OTHER.uid, DOC.uid)
        assert [(t.uid, t.text) for t in storage.texts(uids)] == [
            (OTHER.uid, "d1"),
            (DOC.uid, ""),
            (DOC.uid, "3"),
        ]
        reverse = (DOC.uid, OTHER.uid)
        assert [t.uid for t in storage.texts(reverse)] == [DOC.uid, DOC.uid, OTHER.uid]
        assert storage.texts([]) == ()

    def test_former_readers_have_read_a_text_too_and_forgotten_ones_have_not(self):
        storage = self.make_storage()
        storage.record([visit(1, version=LONG), visit(2, BOB, version=LONG)])
        storage.retire(BOB)
        assert _texts(storage) == [("d1", "1", 2)]
        storage.forget(BOB)
        assert _texts(storage) == [("d1", "1", 1)]
        storage.forget(ALICE)
        assert _texts(storage) == []


def _history(storage, reader=ALICE, *uids, **query):
    return storage.history(HistoryQuery(uids or (DOC.uid,), reader, **query))


def _texts(storage, *uids):
    return [
        (found.text, found.label, found.readers)
        for found in storage.texts(uids or (DOC.uid,))
    ]
