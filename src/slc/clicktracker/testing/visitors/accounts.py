"""What a storage has to do with visits when accounts end, or somebody is forgotten."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.model import CURRENT
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import Present
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visitors.made_up import FIREFOX
from slc.clicktracker.testing.visitors.made_up import log_out
from slc.clicktracker.testing.visitors.made_up import minutes
from slc.clicktracker.testing.visitors.made_up import page_views
from slc.clicktracker.testing.visitors.made_up import stories
from slc.clicktracker.testing.visitors.made_up import urls
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.made_up import visits
from slc.clicktracker.testing.visitors.retention import forget_all
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import counts
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import visit


DAY = timedelta(days=1)

#: Tests of deleted accounts need times on both sides of now.
LONG = 10 * DAY


class VisitorAccountsContract(StorageContract):
    """Tests that a later account of the same id is somebody else, and of forgetting."""

    def test_visits_of_a_later_account_of_the_same_id_are_of_somebody_else(self):
        storage = self.make_storage()
        now = datetime.now(timezone.utc)
        storage.record_views([view(1, now - DAY, BOB, session="a")])
        storage.retire(BOB)
        named = Reader("bob", name="Bob Berg")
        storage.record_views([view(2, now + DAY, named, session="b")])
        new, old = visits(storage)
        assert (old.reader, old.former, old.generation) == (BOB, True, 1)
        assert (new.reader, new.former, new.generation) == (named, False, 2)
        assert storage.presence(now - DAY).on_site == Present(members=2)
        asked = VisitQuery(readers=(BOB,), generation=CURRENT)
        assert storage.visits(asked).rows == (new,)
        assert [each.session for each in storage.page_views(asked).rows] == ["b"]
        assert (
            storage.visits(VisitQuery(readers=(ALICE,), generation=CURRENT)).total == 0
        )

    def test_they_are_two_in_the_same_browser_also(self):
        storage = self.make_storage()
        now = datetime.now(timezone.utc)
        storage.retire(BOB)
        storage.record_views(
            [view(1, now - DAY, BOB), view(2, now + DAY, BOB, gap=LONG)]
        )
        assert stories(storage) == [("bob", "/1"), ("bob", "/2")]
        assert [visit.is_over for visit in visits(storage)] == [False, True]

    def test_a_page_view_that_comes_late_is_of_the_deleted_account(self):
        storage = self.make_storage()
        now = datetime.now(timezone.utc)
        storage.retire(BOB)
        storage.record_views([view(1, now + DAY, BOB)])
        storage.record_views([view(2, now - DAY, BOB)])
        assert [(visit.generation, visit.former) for visit in visits(storage)] == [
            (2, False),
            (1, True),
        ]

    def test_one_of_those_who_had_the_same_id_can_be_followed(self):
        storage = self.make_storage()
        now = datetime.now(timezone.utc)
        storage.record_views([view(1, now - DAY, BOB)])
        storage.retire(BOB)
        storage.record_views([view(2, now + DAY, BOB), view(3, now + DAY, ALICE)])
        for generation, found in ((0, ["/2", "/1"]), (1, ["/1"]), (2, ["/2"]), (3, [])):
            query = {"readers": (BOB,), "generation": generation}
            assert [visit.entry.url for visit in visits(storage, **query)] == found
            assert urls(storage, **query) == " ".join(found[::-1])

    def test_whose_account_is_deleted_is_found_by_id_alone(self):
        storage = self.make_storage()
        zoe = Reader("m12", name="Aaron Zoe")
        storage.record_views([view(1, 0, zoe), view(2, 0, BOB, session="b")])
        assert len(visits(storage, search="aaron")) == 1
        storage.retire(zoe)
        for letters in ("a", "aaron", "Zoe"):
            assert visits(storage, search=letters) == []
            assert page_views(storage, search=letters) == []
        assert [visit.reader for visit in visits(storage, search="M1")] == [zoe]

    def test_forgetting_somebody_leaves_no_trace_of_any_visit(self):
        storage = self.make_storage()
        now = datetime.now(timezone.utc)
        storage.record_views(
            [
                # Also not of what she saw before she logged in, ...
                *(view(1, 0), view(2, 1, ALICE), log_out(3, 2)),
                # ... what is part of no visit, and her other accounts.
                *(view(4, 3, ALICE, session=""), log_out(5, 4, ALICE, session="b")),
                *(view(6, 5, BOB), view(7, 6, Reader("alice", "/acl_users"))),
            ]
        )
        storage.retire(ALICE)
        storage.record_views([view(8, now + DAY, ALICE, session="c")])
        elsewhere = self.make_storage("elsewhere")
        elsewhere.record_views([view(1, 0, ALICE)])
        storage.forget(ALICE)
        assert stories(storage) == [("bob", "/6"), ("alice", "/7")]
        assert urls(storage) == "/6 /7"
        assert storage.presence(minutes(0)).on_site == Present(members=1)
        assert stories(elsewhere) == [("alice", "/1")]
        storage.record_views([view(9, 5, session="b")])
        assert visits(storage, session="b")[0].is_over is False

    def test_visits_are_no_readings_that_are_forgotten(self):
        storage = self.make_storage()
        storage.record([visit(1, ALICE)])
        storage.record_views([view(1, 0, ALICE), view(2, 0, BOB, session="b")])
        assert storage.forget(ALICE) == 1
        assert storage.forget(BOB) == 0
        assert visits(storage) == page_views(storage) == []

    def test_who_is_forgotten_parts_the_visits_of_nobody(self):
        storage = self.make_storage()
        storage.record_views(
            [view(1, 0, BOB), view(2, 1, ALICE), view(3, 2, BOB), view(4, 3, BOB)]
        )
        assert len(visits(storage)) == 3
        storage.forget(ALICE)
        assert stories(storage) == [("bob", "/1 /3 /4")]
        storage.record_views([view(5, 4, BOB)])
        assert stories(storage) == [("bob", "/1 /3 /4 /5")]

    def test_forgetting_a_guest_forgets_nobody(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(2, 1, session="")])
        assert storage.forget(Reader("")) == 0
        assert urls(storage) == "/1 /2"

    def test_a_visitor_has_read_nothing(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, BOB)])
        status = storage.status()
        assert (status.documents, status.readers, status.readings) == (0, 0, 0)
        assert (status.accesses, counts(storage)) == (0, [])

    def test_a_visitor_who_reads_is_one_person(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, Reader("bob", name="Bob Berg"))])
        storage.record([visit(1, BOB)])
        assert storage.status().readers == 1
        assert visits(storage)[0].reader.name == "Bob Berg"

    def test_reading_and_being_there_are_recorded_at_once(self):
        """Of the same members, in another order each, as several processes do it."""
        readers = [Reader(f"user-{n}", name=f"User {n}") for n in range(30)]

        def record(number: int) -> None:
            storage = self.make_storage()
            some = readers[number:] + readers[:number]
            for n in range(4):
                key = 1000 * number + 100 * n
                storage.record([visit(key + i, who) for i, who in enumerate(some)])
                storage.record_views(
                    [
                        view(key + i, n, who, session=who.user)
                        for i, who in enumerate(some[::-1])
                    ]
                )

        at_once(record, range(6))
        storage = self.make_storage()
        assert {found.pages for found in visits(storage)} == {24}
        assert sorted(found.reader.name for found in visits(storage)) == sorted(
            reader.name for reader in readers
        )
        assert storage.status().readers == 30

    def test_who_is_forgotten_meanwhile_leaves_nothing_half(self):
        def send(number: int) -> None:
            storage = self.make_storage()
            for n in range(10):
                at = 10 * n + number
                who = (ALICE, BOB)[n % 2]
                storage.record_views([view(100 * number + n, at, who, session="a")])
                if number == 3:
                    storage.forget(ALICE)

        at_once(send, range(4))
        storage = self.make_storage()
        storage.forget(ALICE)
        assert {found.reader for found in visits(storage)} == {BOB}
        assert len(page_views(storage)) == 20
        assert sum(found.pages for found in visits(storage)) == 20

    def test_visits_of_no_site_stay_when_a_site_takes_readings_over(self):
        nowhere, site = self.make_storage(""), self.make_storage("site")
        nowhere.record_views([view(1, 0, ALICE)])
        nowhere.record([visit(1, BOB, Document("", "/site/old"))])
        assert site.adopt("/site/old", DOC) == 1
        assert stories(nowhere) == [("alice", "/1")]
        assert visits(site) == []

    def test_pages_browsers_and_accounts_go_with_what_referred_to_them(self):
        storage = self.make_storage()
        storage.record([visit(1, BOB)])
        titled = Page("/a", "uid-a", "Salaries")
        named = Reader("alice", name="Alice Anders")
        storage.record_views(
            [view(1, 0, named, page=titled), view(2, 0, BOB, session="b")]
        )
        storage.forget(ALICE)
        forget_all(storage, minutes(60))
        assert storage.status().readers == 1
        assert counts(storage) == [("bob", 1)]
        later = datetime.now(timezone.utc) + timedelta(seconds=1)
        alice, page = Reader("alice"), Page("/a", "uid-a")
        storage.record_views([view(3, later, alice, page=page, agent=FIREFOX)])
        (found,) = visits(storage)
        assert (found.reader.name, found.entry.title) == ("", "")
        assert found.agent.browser == "Firefox"

    def test_a_page_stays_that_statistics_count_and_an_account_does_not(self):
        storage = self.make_storage()
        titled = Page("/a", "uid-a", "Agenda")
        named = Reader("alice", name="Alice Anders")
        storage.record_views([view(1, 0, named, page=titled)])
        forget_all(storage, minutes(60))
        storage.record_views([view(2, 70, Reader("alice"), page=Page("/a", "uid-a"))])
        (found,) = visits(storage)
        assert (found.reader.name, found.entry.title) == ("", "Agenda")

    def test_that_an_account_was_deleted_is_known_as_long_as_something_may_arrive(self):
        storage = self.make_storage()
        now = datetime.now(timezone.utc)
        storage.record_views([view(1, 0, BOB)])
        storage.retire(BOB)
        forget_all(storage, minutes(60))
        storage.record_views([view(2, now - timedelta(days=1), BOB)])
        assert [(e.former, e.generation) for e in visits(storage)] == [(True, 1)]
