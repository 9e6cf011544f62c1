"""What a storage has to do when content moves and people go."""

from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.contract import log
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.contract import urls
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit

import pytest


class MaintenanceContract(StorageContract):
    """Tests of moving, adopting, retiring, forgetting, and of the status."""

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

    def test_a_later_account_of_the_same_id_is_somebody_else(self):
        storage = self.make_storage()
        before = datetime.now(timezone.utc)
        storage.record([visit(1, BOB, issued=before)])
        storage.retire(BOB)
        after = datetime.now(timezone.utc) + timedelta(seconds=1)
        storage.record([visit(2, BOB, issued=after), visit(3, BOB, issued=after)])
        assert [(row.count, row.former) for row in readings(storage)] == [
            (1, True),
            (2, False),
        ]

    def test_a_late_access_belongs_to_the_account_that_had_the_ticket(self):
        storage = self.make_storage()
        before = datetime.now(timezone.utc)
        storage.record([visit(1, BOB, issued=before)])
        storage.retire(BOB)
        storage.retire(BOB)
        storage.record([visit(1, BOB, issued=before), visit(2, BOB, issued=before)])
        assert [(row.count, row.former) for row in readings(storage)] == [(2, True)]

    def test_a_first_access_that_comes_late_belongs_to_the_deleted_account(self):
        storage = self.make_storage()
        before = datetime.now(timezone.utc)
        storage.retire(BOB)
        after = datetime.now(timezone.utc) + timedelta(seconds=1)
        storage.record([visit(1, BOB, issued=after)])
        storage.record([visit(2, BOB, issued=before)])
        assert [(row.count, row.former) for row in readings(storage)] == [
            (1, True),
            (1, False),
        ]

    def test_forgetting_leaves_nothing_of_the_reader_and_all_of_the_others(self):
        storage = self.make_storage()
        folder = Reader("bob", "/acl_users")
        storage.record(
            [
                visit(1, BOB),
                visit(2, BOB, Document("uid-2", "/site/2")),
                visit(3, ALICE),
                visit(4, folder),
            ]
        )
        storage.retire(BOB)
        later = datetime.now(timezone.utc) + timedelta(seconds=1)
        storage.record([visit(5, BOB, issued=later)])
        assert storage.forget(BOB) == 3
        assert storage.forget(BOB) == 0
        assert {row.reader for row in readings(storage)} == {ALICE, folder}
        assert readings(storage, "uid-2") == []
        assert {user for user, _count, _url in log(storage, "")} == {"alice", "bob"}
        status = storage.status()
        assert (status.readers, status.readings, status.accesses) == (2, 2, 2)

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

    def test_setting_up_again_keeps_everything(self):
        storage = self.make_storage()
        storage.record([visit(1)])
        storage.setup()
        storage.setup()
        assert counts(storage) == [("alice", 1)]

    def test_the_status_counts_what_there_is(self):
        storage = self.make_storage()
        storage.record([visit(1), visit(2, version=Version("2")), visit(3, BOB)])
        storage.logAccess("carol", "/site/old", "/old")
        self.make_storage("another").record([visit(4)])
        status = storage.status()
        assert status.kind
        assert (status.documents, status.old_addresses) == (1, 1)
        assert (status.readers, status.readings, status.accesses) == (3, 4, 4)

    def test_a_closed_storage_can_be_used_again(self):
        storage = self.make_storage()
        storage.record([visit(1)])
        storage.close()
        assert counts(storage) == [("alice", 1)]

    def test_text_is_normalised_like_everywhere(self):
        storage = self.make_storage()
        storage.logAccess("b\0b\ud800", "/site/\0", "/\udfff")
        assert log(storage, "/site/\0") == [("b\ufffdb\ufffd", 1, "/\ufffd")]
        assert readings(storage, "\0", search="\ud800") == []

    def test_a_naive_time_is_refused(self):
        with pytest.raises(ValueError):
            visit(1, issued=datetime(2026, 1, 1))
