"""What a storage has to tell of the texts of a document."""

from slc.clicktracker.storage.activity import KnownText
from slc.clicktracker.storage.capabilities import IReadDocuments
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CHANGED
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import NOBODY
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import OTHER
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit


class TextsContract(StorageContract):
    """Tests of which texts of a document are known."""

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
            KnownText(DOC.uid, "d2", "2", seconds(2), seconds(8), 1),
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


def texts(storage: IReadDocuments, *uids: str) -> list[tuple[str, str, int]]:
    """Return (text, label, readers) of documents, of ``DOC`` if none is named."""
    return [
        (found.text, found.label, found.readers)
        for found in storage.texts(uids or (DOC.uid,))
    ]
