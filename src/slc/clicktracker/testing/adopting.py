"""What a storage has to do with readings that are known by path only."""

from dataclasses import replace
from slc.clicktracker.storage.capabilities import IStorageMaintenance
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.contract import log
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.contract import urls
from slc.clicktracker.testing.histories import history
from slc.clicktracker.testing.tickets import engaged
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import levels
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit

import pytest


class AdoptionContract(StorageContract):
    """Tests of old addresses: they are given to documents, and claimed by sites."""

    def test_readings_of_an_old_address_are_given_to_a_document(self):
        storage = self.make_storage()
        old = Document("", "/site/old")
        storage.record(
            [
                visit(
                    1, document=old, at=1, stay=1, engaged=5, depth=7, origin="cache"
                ),
                visit(2, BOB, old, at=2),
            ]
        )
        storage.record([visit(3, at=9, stay=1, engaged=6)])
        assert storage.old_addresses("/site") == [("/site/old", seconds(2))]
        assert storage.old_addresses("/site/ol") == []
        assert storage.adopt("/site/old", DOC) == 2
        assert storage.adopt("/site/old", DOC) == 0
        assert readings(storage) == [
            Reading(ALICE, DOC, 2, seconds(1), seconds(10), "/doc", 11, 7, 1),
            Reading(BOB, DOC, 1, seconds(2), seconds(2), "/old"),
        ]
        assert storage.old_addresses("/site") == []
        assert urls(storage, "/site/old") == []

    def test_an_adopted_access_is_still_the_same_access(self):
        storage = self.make_storage()
        old = Document("", "/site/old")
        storage.record([visit(1, document=old, stay=1, engaged=3)])
        storage.adopt("/site/old", DOC)
        storage.record([visit(1, engaged=5)])
        assert [(row.count, row.engaged) for row in readings(storage)] == [(1, 5)]

    def test_an_access_that_is_adopted_twice_counts_once(self):
        """It was still on its way, by its old address, when that was adopted."""
        storage = self.make_storage()
        old = Document("", "/site/old")
        sent = visit(1, document=old, stay=1, engaged=3, origin="cache")
        other = visit(2, document=old, engaged=1)
        storage.record([sent])
        storage.adopt("/site/old", DOC)
        storage.record([replace(sent, engaged=5, depth=9), other])
        storage.adopt("/site/old", DOC)
        storage.record([replace(sent, document=DOC, engaged=4)])
        assert readings(storage) == [
            Reading(ALICE, DOC, 2, seconds(0), seconds(1), "/old", 6, 9, 1)
        ]

    def test_correcting_while_others_record_loses_nothing(self):
        old = [Document("", f"/site/old-{number}") for number in range(20)]
        self.make_storage().record(
            [visit(n, BOB, document) for n, document in enumerate(old)]
        )

        def adopt(storage: IStorageMaintenance) -> None:
            for document in old:
                assert storage.adopt(document.path, DOC) == 1

        def record(storage: IStorageMaintenance) -> None:
            for number in range(100, 120):
                storage.record(
                    [
                        visit(number, BOB, at=number),
                        visit(number + 100, ALICE, at=number),
                    ]
                )

        def correct(storage: IStorageMaintenance) -> None:
            for _ in range(20):
                storage.logAccess("carol", "/site/carol", "/carol")
                storage.retire(Reader("carol"))
                assert storage.forget(Reader("carol")) == 1

        at_once(
            lambda work: work(self.make_storage("")), (adopt, record, record, correct)
        )
        assert counts(self.make_storage()) == [("alice", 20), ("bob", 40)]

    def test_only_a_document_can_adopt(self):
        with pytest.raises(ValueError):
            self.make_storage().adopt("/site/old", Document("", "/site/new"))

    def test_what_no_site_has_claimed_is_seen_until_one_does(self):
        nobody, mine, other = (self.make_storage(site) for site in ("", "a", "b"))
        nobody.logAccess("Bob", "/one/doc", "/doc")
        nobody.logAccess("Bob", "/two/doc", "/doc")
        assert [path for path, _last in mine.old_addresses("/one")] == ["/one/doc"]
        assert log(mine, "/one") == []
        assert mine.claim("/one") == 1
        assert mine.claim("/one") == 0
        assert log(mine, "/one") == [("Bob", 1, "/doc")]
        assert [path for path, _last in other.old_addresses("")] == ["/two/doc"]
        assert other.adopt("/two/doc", DOC) == 1
        assert counts(other) == [("Bob", 1)]
        assert log(nobody, "") == []
        assert nobody.status().readers == 0

    def test_sites_know_nothing_of_each_other(self):
        one, two = self.make_storage("one"), self.make_storage("two")
        one.record([visit(1, BOB, engaged=1)])
        two.record([visit(1, BOB, engaged=5), visit(2, BOB)])
        one.logAccess("bob", "/site/old", "/old")
        assert (counts(one), counts(two)) == ([("bob", 1)], [("bob", 2)])
        assert two.old_addresses("") == []
        two.retire(BOB)
        assert [row.former for row in readings(one)] == [False]
        assert two.forget(BOB) == 1
        assert two.adopt("/site/old", DOC) == 0
        assert log(one, "") == [("bob", 1, "/doc"), ("bob", 1, "/old")]

    def test_downloads_are_given_to_a_document_with_the_readings(self):
        storage = self.make_storage()
        old = Document("", "/site/old")
        storage.record(
            [download(BOB, 9, document=old), visit(1, ALICE, old, at=5, stay=3)]
        )
        storage.record([download(ALICE, 20), download(ALICE, 7, document=old)])
        assert storage.old_addresses("") == [("/site/old", seconds(9))]
        assert storage.adopt("/site/old", DOC) == 2
        alice, bob = readings(storage)
        assert (alice.count, alice.first, alice.last) == (1, seconds(5), seconds(20))
        assert (bob.count, bob.level, bob.downloaded) == (0, "downloaded", seconds(9))

    def test_a_visit_by_path_belongs_to_the_document_that_is_there(self):
        storage = self.make_storage()
        storage.record([visit(1)])
        storage.logAccess("bob", DOC.path, "/doc")
        storage.logAccess("bob", "/site/unknown", "/unknown")
        assert counts(storage) == [("alice", 1), ("bob", 1)]
        assert [path for path, _last in storage.old_addresses("/site")] == [
            "/site/unknown"
        ]

    def test_texts_are_still_told_apart_when_an_old_address_was_adopted(self):
        storage = self.make_storage()
        old = Document("", "/site/old")
        other = replace(LONG, digest="d2")
        storage.record([read(1, engaged=6_000, document=old)])
        storage.record([read(2, BOB, engaged=6_000, document=old)])
        storage.record([read(5, engaged=1_000, document=old, version=other)])
        storage.adopt("/site/old", DOC)
        assert counts(storage) == [("alice", 2), ("bob", 1)]
        assert readings(storage)[0].engaged == 7_000
        storage.record([read(3, engaged=6_000, at=50, version=other)])
        storage.record([read(4, BOB, engaged=6_000, at=50, marks=Marks.ENDED)])
        assert levels(storage) == {"alice": "opened", "bob": "finished"}

    def test_an_access_that_is_adopted_twice_keeps_what_either_said(self):
        storage = self.make_storage()
        old = Document("", "/site/old")
        storage.record([visit(1, marks=Marks.ENDED)])
        storage.record([visit(1, document=old, marks=Marks.PRINTED)])
        storage.adopt("/site/old", DOC)
        (row,) = readings(storage)
        assert (row.count, row.marks) == (1, Marks.ENDED | Marks.PRINTED)
        (access,) = history(storage).accesses
        assert access.marks == Marks.ENDED | Marks.PRINTED

    def test_a_ticket_is_one_ticket_when_a_document_adopts_some_of_its_views(self):
        storage = self.make_storage()
        old = Document("", "/site/old")
        storage.record(
            [
                read(1, document=old, engaged=6_000),
                read(2, document=old, engaged=3_000, at=100),
                read(3, engaged=5_000, stay=7),
                read(4, engaged=1_000, at=200),
            ]
        )
        storage.adopt(old.path, read(3).document)
        assert engaged(storage) == [11_000]
        storage.record([read(1, engaged=6_000, stay=10)])
        assert engaged(storage) == [14_000]
