"""What a storage has to answer about the documents that it knows."""

from slc.clicktracker.storage.activity import ReadDocument
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import OTHER
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import START
from slc.clicktracker.testing.visits import visit


class DocumentsContract(StorageContract):
    """Tests of what is known of documents, whether or not they are still there."""

    def test_documents_are_known_by_uid_if_anything_is_known_of_them(self):
        storage = self.make_storage()
        assert storage.document_uids() == frozenset()
        storage.record([visit(1), note(BOB, document=OTHER)])
        storage.logAccess("bob", "/site/old", "/old")
        assert storage.document_uids() == {DOC.uid, OTHER.uid}

    def test_a_document_is_told_with_its_readers_and_the_last_time(self):
        storage = self.make_storage()
        storage.record(
            [
                visit(1, at=10, stay=300),
                visit(2, at=20),
                visit(3, BOB, at=30),
                visit(4, Reader("bob", "/acl_users"), at=30),
                download(Reader("carol"), at=100),
                visit(5, BOB, OTHER, at=900),
            ]
        )
        assert storage.read_documents((DOC.uid,)) == (
            ReadDocument(DOC, readers=4, last=seconds(310)),
        )

    def test_the_latest_comes_first_and_then_the_uid_decides(self):
        storage = self.make_storage()
        often = [("b", 5), ("a", 5), ("c", 9), ("B", 5)]
        made = [Document(f"uid-{name}", f"/site/{name}") for name, _at in often]
        storage.record(
            [
                visit(number, document=document, at=at)
                for number, (document, (_name, at)) in enumerate(
                    zip(made, often, strict=True)
                )
            ]
        )
        found = storage.read_documents([document.uid for document in made])
        uids = [each.document.uid for each in found]
        assert uids == ["uid-c", "uid-B", "uid-a", "uid-b"]

    def test_a_download_alone_is_a_reading(self):
        storage = self.make_storage()
        storage.record([download(BOB, at=7), note(BOB, at=90)])
        assert storage.read_documents((DOC.uid,)) == (ReadDocument(DOC, 1, seconds(7)),)

    def test_what_was_only_served_nobody_has_read(self):
        storage = self.make_storage()
        storage.record([note()])
        assert storage.read_documents((DOC.uid, "uid-unknown", "")) == ()

    def test_who_was_only_served_a_page_is_no_reader_of_it(self):
        storage = self.make_storage()
        storage.record([visit(1), note(BOB, at=500)])
        assert storage.read_documents((DOC.uid,)) == (ReadDocument(DOC, 1, START),)

    def test_anonymous_visitors_are_no_readers_with_a_name(self):
        storage = self.make_storage()
        storage.record([visit(1, Reader("")), visit(2, Reader(""), OTHER), visit(3)])
        found = storage.read_documents((DOC.uid, OTHER.uid))
        assert [(each.document, each.readers) for each in found] == [
            (DOC, 1),
            (OTHER, 0),
        ]

    def test_path_and_title_are_those_of_the_newest_ticket(self):
        storage = self.make_storage()
        moved = Document(DOC.uid, "/site/archive/doc", "Minutes, approved")
        storage.record([visit(1, BOB, moved, at=50), visit(2, at=10, stay=90)])
        (found,) = storage.read_documents((DOC.uid,))
        assert found == ReadDocument(moved, 2, seconds(100))

    def test_documents_of_another_site_are_not_known(self):
        one, two = self.make_storage("one"), self.make_storage("two")
        one.record([visit(1)])
        assert two.document_uids() == frozenset()
        assert two.read_documents((DOC.uid,)) == ()

    def test_a_uid_is_compared_as_it_is_kept(self):
        storage = self.make_storage()
        kept = "u" * LIMITS["uid"]
        storage.record([visit(1, document=Document(kept + "longer", "/site/doc"))])
        assert storage.document_uids() == {kept}
        (found,) = storage.read_documents((kept + "something else",))
        assert found.document.uid == kept
        assert storage.read_documents(("U" * LIMITS["uid"],)) == ()
