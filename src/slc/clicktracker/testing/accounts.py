"""What a storage has to do when an account is deleted, or somebody is forgotten."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.model import CURRENT
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.testing.absence import absent
from slc.clicktracker.testing.contract import log
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.filtering import users
from slc.clicktracker.testing.histories import history
from slc.clicktracker.testing.streaming import MANY
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CAROL
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import START
from slc.clicktracker.testing.visits import visit


class AccountsContract(StorageContract):
    """Tests that a later account of the same id is somebody else, and of forgetting."""

    def test_somebody_else_of_the_same_id_has_not_read(self):
        storage = self.make_storage()
        storage.record([visit(1, Reader("bob", "/acl_users")), visit(2, ALICE)])
        storage.retire(ALICE)
        assert absent(storage)[0] == ["alice", "bob", "carol"]
        assert absent(self.make_storage("other"))[1] == 3

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

    def test_only_the_accounts_are_asked_for_that_there_are_now(self):
        storage = self.make_storage()
        storage.record([visit(1, ALICE), visit(2, BOB)])
        storage.retire(BOB)
        after = datetime.now(timezone.utc) + timedelta(seconds=1)
        storage.record([visit(3, BOB, issued=after)])
        both = {"readers": (ALICE, BOB)}
        former = [row.former for row in readings(storage, **both)]
        assert sorted(former) == [False, False, True]
        asked = readings(storage, **both, present=True)
        assert [(row.reader.user, row.generation) for row in asked] == [
            ("alice", 1),
            ("bob", 2),
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

    def test_forgetting_somebody_forgets_downloads(self):
        storage = self.make_storage()
        storage.record([download(BOB), download(ALICE)])
        assert storage.forget(BOB) == 1
        assert [row.reader.user for row in readings(storage)] == ["alice"]

    def test_who_is_forgotten_while_a_file_is_made_is_in_it(self):
        storage = self.make_storage()
        people = [Reader(f"user-{n:04}") for n in range(MANY)]
        storage.record([visit(n, who) for n, who in enumerate(people)])
        query = ReadingQuery((DOC.uid,), size=None)
        before = storage.readings(query).rows
        rows = storage.each_reading(query)
        found = [next(rows)]
        assert storage.forget(before[-2].reader) == 1
        assert (*found, *rows) == before
        assert len(storage.readings(query).rows) == len(before) - 1

    def test_a_deleted_account_keeps_its_downloads_and_a_new_one_has_none(self):
        storage = self.make_storage()
        storage.record([download(BOB)])
        storage.retire(BOB)
        later = datetime.now(timezone.utc) + timedelta(seconds=1)
        storage.record([download(BOB, issued=later)])
        rows = readings(storage)
        assert [(row.former, row.generation) for row in rows] == [(True, 1), (False, 2)]
        assert [row.downloaded for row in rows] == [seconds(0), later]

    def test_who_has_no_account_any_more_is_found_and_sorted_by_id_alone(self):
        storage = self.make_storage()
        zoe = Reader("m12", name="Aaron Zoe")
        storage.record([visit(1, BOB), visit(2, zoe), visit(3, CAROL)])
        assert users(storage) == ["m12", "bob", "carol"]
        storage.retire(zoe)
        for letters in ("a", "aaron", "Zoe", " "):
            assert "m12" not in users(storage, search=letters)
        assert users(storage, search="M1") == ["m12"]
        for sort in ("name", "count", "nonsense"):
            assert users(storage, sort=sort) == ["bob", "carol", "m12"]

    def test_the_history_of_the_account_that_there_is_now_needs_no_number(self):
        storage = self.make_storage()
        assert history(storage, BOB, generation=CURRENT) is None
        storage.record([visit(1, BOB), visit(2, ALICE)])
        assert history(storage, BOB, generation=CURRENT) == history(storage, BOB)
        storage.retire(BOB)
        assert history(storage, BOB, generation=CURRENT) is None
        later = (utc_now() - START).total_seconds() + 9
        storage.record([visit(3, BOB, at=later)])
        found = history(storage, BOB, generation=CURRENT)
        assert found == history(storage, BOB, generation=2)
        assert (found.total, found.former) == (1, False)

    def test_an_account_that_had_the_id_before_has_a_history_of_its_own(self):
        storage = self.make_storage()
        storage.record([visit(1, BOB)])
        storage.retire(BOB)
        later = 10**9
        storage.record([visit(2, Reader("bob", name="Bob Berg"), at=later)])
        former, present = (history(storage, BOB, generation=n) for n in (1, 2))
        assert (former.reader, former.former, former.total) == (BOB, True, 1)
        assert (present.reader.name, present.former) == ("Bob Berg", False)
        assert present.accesses[0].opened == seconds(later)
