"""What a storage has to answer about those who are expected and have not read."""

from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.absence import Absent
from slc.clicktracker.storage.capabilities import IReadingLists
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit
from typing import Any


CAROL = Reader("carol", name="Carol Castillo")
BOARD = (CAROL, BOB, ALICE)


class AbsenceContract(StorageContract):
    """Tests of the lists of those who are absent."""

    def test_who_has_not_opened_a_document_is_absent(self):
        storage = self.make_storage()
        assert absent(storage) == (["alice", "bob", "carol"], 3)
        storage.record([visit(1, BOB)])
        assert absent(storage) == (["alice", "carol"], 2)
        assert absent(storage, expected=(BOB,)) == ([], 0)
        assert absent(storage, expected=()) == ([], 0)

    def test_a_page_that_was_served_is_not_read_and_that_is_told(self):
        storage = self.make_storage()
        storage.record([visit(n, BOB, at=n, origin="served") for n in (1, 3, 2)])
        page = storage.absent(AbsenceQuery((DOC.uid,), BOARD))
        assert page.rows[1] == Absent(BOB, served=seconds(3))
        assert page.rows[0].served is None

    def test_reading_one_of_several_documents_is_enough(self):
        storage = self.make_storage()
        translation = Document("uid-de", "/site/de/doc")
        storage.record([visit(1, BOB, translation)])
        assert absent(storage, DOC.uid, "uid-de")[0] == ["alice", "carol"]
        assert absent(storage, DOC.uid)[0] == ["alice", "bob", "carol"]

    def test_pages_and_search_are_cut_by_the_storage(self):
        storage = self.make_storage()
        names = ("Zoë", "zoe", "ÄRA", "", "Straße", "50%", "\ud800", "Zoë")
        many = tuple(Reader(f"User{n}", name=name) for n, name in enumerate(names))
        storage.record([visit(1, many[1])])
        everybody, total = absent(storage, expected=many * 2, size=None)
        assert total == len(everybody) == 7
        assert "".join(everybody).split("User")[1:] == list("5243076")
        for size in (1, 3):
            cut = []
            for start in range(0, 8, size):
                cut += absent(storage, expected=many, start=start, size=size)[0]
            assert cut == everybody
        assert absent(storage, expected=many, search="STRASSE") == (["User4"], 1)
        assert absent(storage, expected=many, search="0%") == (["User5"], 1)
        assert absent(storage, expected=many, start=99) == ([], 7)


def absent(
    storage: IReadingLists,
    *uids: str,
    expected: tuple[Reader, ...] = BOARD,
    **query: Any,
) -> tuple[list[str], int]:
    """Return who of the board is absent from ``DOC``, and how many in total."""
    found = storage.absent(AbsenceQuery(uids or (DOC.uid,), expected, **query))
    return [row.reader.user for row in found.rows], found.total
