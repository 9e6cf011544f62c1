"""What a storage has to answer about who has read which version."""

from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import NO_MARKS
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import TextSums
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CAROL
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit


FIRST = Version("1", "d1", 100)
SECOND = Version("2", "d2", 100)
THIRD = Version("3", "d3", 100)


class StandingContract(StorageContract):
    """Tests of readings of the current version and of older ones."""

    def behind(self, storage, *current, standing=""):
        rows = readings(storage, current=current, standing=standing)
        return {row.reader.user: (row.behind, row.label) for row in rows}

    def test_who_has_read_the_current_version_and_how_far_others_are_behind(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, ALICE, at=1, version=FIRST),
                visit(2, BOB, at=2, version=FIRST),
                visit(3, BOB, at=3, version=SECOND),
            ]
        )
        assert self.behind(storage, "d2") == {"alice": (1, "1"), "bob": (0, "2")}
        assert self.behind(storage, "d2", standing="current") == {"bob": (0, "2")}
        assert self.behind(storage, "d2", standing="older") == {"alice": (1, "1")}
        # Nobody has been served what it is now.
        assert self.behind(storage, "d3") == {"alice": (2, "1"), "bob": (1, "2")}

    def test_without_a_current_version_nobody_is_behind(self):
        storage = self.make_storage()
        storage.record([visit(1, ALICE, version=FIRST), visit(2, BOB, version=SECOND)])
        assert self.behind(storage) == {"alice": (0, ""), "bob": (0, "")}

    def test_who_has_read_an_older_version_again_has_still_read_the_current_one(self):
        storage = self.make_storage()
        storage.record(
            [visit(1, BOB, at=1, version=SECOND), visit(2, BOB, at=2, version=FIRST)]
        )
        assert self.behind(storage, "d2") == {"bob": (0, "2")}
        (row,) = readings(storage, current=("d2",), standing="current")
        assert row.count == 2

    def test_a_change_of_tags_alone_leaves_nobody_behind(self):
        storage = self.make_storage()
        tagged = Version("4", "d1", 100)
        storage.record(
            [visit(1, ALICE, at=1, version=FIRST), visit(2, BOB, at=2, version=tagged)]
        )
        assert self.behind(storage, "d1") == {"alice": (0, "1"), "bob": (0, "1")}

    def test_what_was_reverted_to_is_newer_than_what_was_reverted(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, ALICE, at=1, version=FIRST),
                visit(2, BOB, at=2, version=SECOND),
                visit(3, BOB, at=3, version=FIRST, origin="served"),
            ]
        )
        assert self.behind(storage, "d1") == {"alice": (0, "1"), "bob": (1, "2")}
        assert self.behind(storage, "d3") == {"alice": (1, "1"), "bob": (2, "2")}

    def test_a_page_that_was_only_served_makes_its_version_known(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, ALICE, at=1, version=FIRST),
                visit(2, BOB, at=2, version=SECOND, origin="served"),
            ]
        )
        assert self.behind(storage, "d3") == {"alice": (2, "1")}

    def test_a_text_is_called_by_its_first_number_and_the_tenth_is_later_than_the_ninth(
        self,
    ):
        storage = self.make_storage()
        same = Version("9", "d1", 100), Version("10", "d1", 100)
        storage.record([visit(n, version=same[n - 1]) for n in (1, 2)])
        (row,) = readings(storage, current=("d2",))
        assert row.label == "9"

    def test_without_digests_labels_tell_versions_apart(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, ALICE, at=1, version=Version("7")),
                visit(2, BOB, at=2, version=Version("8")),
            ]
        )
        assert self.behind(storage, "8") == {"alice": (1, "7"), "bob": (0, "8")}

    def test_readings_that_tell_no_version_are_of_an_older_one(self):
        storage = self.make_storage()
        storage.record([visit(1, BOB), visit(2, ALICE, version=FIRST)])
        rows = readings(storage, current=("d1",), sort="engaged")
        assert {row.reader.user: (row.behind, row.text) for row in rows} == {
            "alice": (0, "d1"),
            "bob": (1, ""),
        }

    def test_versions_of_other_documents_do_not_count(self):
        storage = self.make_storage()
        other = Document("uid-other", "/site/other")
        storage.record(
            [
                visit(1, ALICE, at=1, version=FIRST),
                visit(2, BOB, other, at=2, version=THIRD),
            ]
        )
        assert self.behind(storage, "d2") == {"alice": (1, "1")}

    def test_any_of_several_current_texts_counts(self):
        """A change that was declared a minor one leaves nobody behind."""
        storage = self.make_storage()
        storage.record(
            [
                visit(1, ALICE, at=1, version=FIRST),
                visit(2, BOB, at=2, version=SECOND),
                visit(3, CAROL, at=3, version=THIRD),
            ]
        )
        assert self.behind(storage, "d3", "d2") == {
            "alice": (1, "1"),
            "bob": (0, "2"),
            "carol": (0, "3"),
        }
        assert self.behind(storage, "d3", "d2", standing="older") == {"alice": (1, "1")}
        current = self.behind(storage, "d3", "d2", standing="current")
        assert sorted(current) == ["bob", "carol"]
        # The one in the middle counts, too: nobody is behind by it.
        assert self.behind(storage, "d1", "d3") == {
            "alice": (0, "1"),
            "bob": (1, "2"),
            "carol": (0, "3"),
        }

    def test_who_has_read_one_of_several_documents_is_not_behind_with_another(self):
        """As with translations: one is read now, another was read long ago."""
        storage = self.make_storage()
        translation = Document("uid-de", "/site/de/doc")
        storage.record(
            [
                visit(1, ALICE, at=1, version=FIRST),
                visit(2, ALICE, translation, at=2, version=SECOND),
                visit(3, BOB, at=3, version=FIRST),
                visit(4, Reader("bob", "/acl_users"), translation, version=SECOND),
            ]
        )
        uids = DOC.uid, "uid-de"
        rows = readings(storage, *uids, current=("d2",), standing="older")
        assert [(row.reader, row.document.uid) for row in rows] == [(BOB, DOC.uid)]
        assert len(readings(storage, *uids, current=("d2",))) == 4
        assert self.behind(storage, "d2", standing="older") == {
            "alice": (1, "1"),
            "bob": (1, "1"),
        }

    def test_the_total_and_the_pages_are_of_the_standing(self):
        storage = self.make_storage()
        storage.record([visit(1, ALICE, version=FIRST), visit(2, BOB, version=SECOND)])
        page = storage.readings(
            ReadingQuery((DOC.uid,), current=("d2",), standing="older", start=5)
        )
        assert (page.rows, page.total) == ((), 1)

    def test_how_far_somebody_got_is_told_of_the_newest_version_he_read(self):
        storage = self.make_storage()
        storage.record(
            [
                read(
                    1,
                    ALICE,
                    60_000,
                    at=1,
                    version=FIRST,
                    marks=Marks.ENDED | Marks.PRINTED,
                ),
                read(2, ALICE, 0, at=99, version=SECOND),
            ]
        )
        (row,) = readings(storage, current=("d2",))
        assert (row.level, row.marks) == ("opened", NO_MARKS)
        (row,) = readings(storage, current=("d3",))
        assert row.level == "opened"
        (row,) = readings(storage)
        assert (row.level, row.marks) == ("finished", Marks.ENDED | Marks.PRINTED)

    def test_each_of_several_documents_has_a_current_text_of_its_own(self):
        """A copy of an older version has the text that is outdated elsewhere."""
        storage = self.make_storage()
        copy = Document("uid-copy", "/site/copy")
        storage.record(
            [
                visit(1, ALICE, at=1, version=FIRST),
                visit(2, BOB, at=2, version=SECOND),
                visit(3, ALICE, copy, at=3, version=FIRST),
                visit(4, BOB, copy, at=4, version=SECOND),
            ]
        )
        current_of = (DOC.uid, "d2"), (copy.uid, "d1")
        rows = readings(storage, DOC.uid, copy.uid, current_of=current_of)
        assert {(row.reader.user, row.document.uid): row.behind for row in rows} == {
            ("alice", DOC.uid): 1,
            ("bob", DOC.uid): 0,
            ("alice", copy.uid): 0,
            ("bob", copy.uid): 1,
        }

    def test_what_was_done_with_the_text_that_counts_is_told_apart(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, BOB, at=1, stay=1, version=FIRST),
                visit(2, BOB, at=10, stay=1, version=SECOND, origin="cache"),
                visit(3, BOB, at=20, stay=5, version=SECOND),
                visit(0, BOB, at=30, version=FIRST, origin="downloaded"),
            ]
        )
        (bob,) = readings(storage, current=("d2",))
        assert (bob.count, bob.cached, bob.first) == (3, 1, seconds(1))
        assert (bob.last, bob.downloaded) == (seconds(30), seconds(30))
        assert bob.of_text == TextSums(1, 2, 1, seconds(10), seconds(25), None)
        # In every order of the steps by which a database finds it.
        for query in ({"sort": "level"}, {"level": bob.level}, {"size": 20}):
            asked = ReadingQuery((DOC.uid,), current=("d2",), **query)
            assert storage.readings(asked).rows == (bob,)
        assert readings(storage)[0].of_text is None

    def test_only_some_readers_are_asked_for(self):
        storage = self.make_storage()
        elsewhere = Reader("bob", "/elsewhere")
        storage.record(
            [visit(number, who) for number, who in enumerate((ALICE, BOB, elsewhere))]
        )
        asked = readings(storage, readers=(elsewhere, CAROL))
        assert [row.reader for row in asked] == [elsewhere]
        assert readings(storage, readers=(ALICE,), search="bob") == []

    def test_current_texts_stand_for_one_another(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, ALICE, 60_000, at=1, version=FIRST, marks=Marks.ENDED),
                read(2, ALICE, 0, at=99, version=SECOND),
            ]
        )
        (row,) = readings(storage, current=("d1", "d2"))
        assert (row.level, row.marks, row.text, row.label) == (
            "finished",
            Marks.ENDED,
            "d2",
            "2",
        )
