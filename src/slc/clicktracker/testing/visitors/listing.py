"""What a storage has to list of visits and page views."""

from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visitors.made_up import A_MOMENT
from slc.clicktracker.testing.visitors.made_up import log_out
from slc.clicktracker.testing.visitors.made_up import minutes
from slc.clicktracker.testing.visitors.made_up import stories
from slc.clicktracker.testing.visitors.made_up import urls
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.made_up import visits
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB

import pytest


HOME, BOARD = Page("/", "uid-home", "Home"), Page("/board", "uid-board", "Board")
SEARCH = Page("/@@search")


def entries(storage, **query) -> list[str]:
    """Return where visits began, the latest visit first."""
    return [visit.entry.url for visit in visits(storage, **query)]


class ListingContract(StorageContract):
    """Tests of filters, search, order and pages."""

    def test_visits_are_sorted_by_their_latest_activity(self):
        storage = self.make_storage()
        storage.record_views(
            [
                view(1, 0, session="a", stay=20),
                view(2, 5, session="b"),
                view(3, 5, session="c"),
                view(4, 9, session="d"),
            ]
        )
        assert entries(storage) == ["/1", "/4", "/2", "/3"]

    def test_page_views_are_sorted_by_when_they_began(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, stay=20), view(3, 5), view(2, 5), view(4, 9)])
        found = storage.page_views(VisitQuery())
        assert [each.page.url for each in found.rows] == ["/4", "/2", "/3", "/1"]

    def test_pages_of_a_list_fit_together(self):
        storage = self.make_storage()
        storage.record_views([view(n, n % 4, session=f"{n}") for n in range(23)])
        for ask in (storage.visits, storage.page_views):
            whole = ask(VisitQuery(size=None)).rows
            assert len(whole) == 23
            cut = [ask(VisitQuery(start=start, size=5)) for start in range(0, 25, 5)]
            assert sum((page.rows for page in cut), ()) == whole
            assert {page.total for page in cut} == {23}

    @pytest.mark.parametrize(
        ("start", "size", "rows"),
        [
            (0, 20, 3),
            (0, None, 3),
            (0, 0, 0),
            (3, 5, 0),
            (99, None, 0),
            (-1, 2, 2),
            (1, -1, 0),
        ],
    )
    def test_a_list_is_cut_where_it_is_asked_to_be(self, start, size, rows):
        storage = self.make_storage()
        storage.record_views([view(n, n, session=f"{n}") for n in range(3)])
        for ask in (storage.visits, storage.page_views):
            page = ask(VisitQuery(start=start, size=size))
            assert (len(page.rows), page.total) == (rows, 3)

    def test_page_views_that_are_part_of_no_visit(self):
        storage = self.make_storage()
        storage.record_views(
            [
                view(1, 0, session=""),
                view(2, 1, session="", stay=4),
                view(3, 4, ALICE, session=""),
                view(4, 4, ALICE, session="a"),
                log_out(5, 6, ALICE, session=""),
            ]
        )
        assert urls(storage, alone=True) == "/1 /2 /3"
        # By their latest activity, as for visits, and cut as other lists are.
        assert urls(storage, alone=True, since=minutes(4)) == "/2 /3"
        assert urls(storage, alone=True, since=minutes(5)) == "/2"
        assert urls(storage, alone=True, until=minutes(3)) == "/1 /2"
        assert urls(storage, alone=True, who="members") == "/3"
        page = storage.page_views(VisitQuery(alone=True, size=1))
        assert (page.rows[0].page.url, page.total) == ("/3", 3)

    def test_visits_of_a_period_are_those_with_activity_in_it(self):
        storage = self.make_storage()
        storage.record_views(
            [view(1, 0, stay=10, session="a"), view(2, 20, stay=10, session="b")]
        )
        assert entries(storage, since=minutes(10), until=minutes(20)) == ["/2", "/1"]
        assert entries(storage, since=minutes(10) + A_MOMENT) == ["/2"]
        assert entries(storage, until=minutes(20) - A_MOMENT) == ["/1"]
        assert entries(storage, since=minutes(11), until=minutes(19)) == []
        assert entries(storage, since=minutes(5), until=minutes(6)) == ["/1"]

    def test_page_views_of_a_period_are_those_that_began_in_it(self):
        storage = self.make_storage()
        storage.record_views([view(n, 10 * n, stay=9) for n in range(4)])
        assert urls(storage, since=minutes(10), until=minutes(20)) == "/1 /2"
        assert urls(storage, since=minutes(10) + A_MOMENT) == "/2 /3"
        assert urls(storage, until=minutes(10) - A_MOMENT) == "/0"

    def test_members_and_guests_are_told_apart(self):
        storage = self.make_storage()
        storage.record_views(
            [
                *(view(1, 0, session="a"), view(2, 1, ALICE, session="a")),
                *(view(3, 2, session="b"), view(4, 3, session="")),
                view(5, 4, BOB, session=""),
            ]
        )
        assert entries(storage, who="members") == ["/1"]
        assert entries(storage, who="guests") == ["/3"]
        assert entries(storage, who="nonsense") == entries(storage) == ["/3", "/1"]
        # What she saw before she logged in was seen by a guest.
        assert urls(storage, who="members") == "/2 /5"
        assert urls(storage, who="guests") == "/1 /3 /4"
        assert stories(storage, who="members") == [("alice", "/1 /2")]

    def test_only_what_some_members_did_can_be_listed(self):
        storage = self.make_storage()
        root = Reader("alice", "/acl_users")
        storage.record_views(
            [
                *(view(1, 0, ALICE, session="a"), view(2, 1, root, session="b")),
                *(view(3, 2, BOB, session="c"), view(4, 3, session="d")),
                view(5, 4, ALICE, session=""),
            ]
        )
        assert entries(storage, readers=(Reader("alice", name="Whoever"),)) == ["/1"]
        assert entries(storage, readers=(root, BOB, Reader("nobody"))) == ["/3", "/2"]
        assert entries(storage, readers=(Reader("nobody"),)) == []
        assert urls(storage, readers=(ALICE,)) == "/1 /5"
        assert urls(storage, readers=(ALICE, BOB), who="guests") == ""

    def test_guests_can_be_asked_for_as_one_of_the_readers(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(2, 1, ALICE, session="a")])
        assert entries(storage, readers=(Reader(""),)) == ["/1"]
        assert entries(storage, readers=(Reader(""), ALICE)) == ["/2", "/1"]

    @pytest.mark.parametrize("place", ["/board", "/board/"])
    def test_what_was_seen_in_a_place_is_at_it_or_below_it(self, place):
        storage = self.make_storage()
        pages = ("/board", "/board/agenda", "/boards", "/board%", "/", "/board0")
        storage.record_views(
            [
                view(number, number, page=Page(url), session=f"{number}")
                for number, url in enumerate(pages)
            ]
        )
        assert entries(storage, place=place) == ["/board/agenda", "/board"]
        assert urls(storage, place=place) == "/board /board/agenda"
        assert urls(storage, place=place, url="/board/agenda") == "/board/agenda"
        assert urls(storage, place=place, url="/boards") == ""
        assert urls(storage, place="/board%") == "/board%"
        for everywhere in ("", "/"):
            assert len(entries(storage, place=everywhere)) == len(pages)
            assert len(urls(storage, place=everywhere).split()) == len(pages)

    def test_a_visit_to_a_place_is_known_whole(self):
        storage = self.make_storage()
        storage.record_views(
            [
                view(1, 0, page=HOME),
                view(2, 1, page=BOARD),
                view(3, 2, page=SEARCH),
                log_out(4, 3),
            ]
        )
        (visit,) = visits(storage, place="/board")
        assert (visit.entry.url, visit.pages) == ("/", 3)
        assert visits(storage, place="/board", since=minutes(2)) == [visit]
        assert urls(storage, place="/board", visit=visit.key) == "/board"
        assert visits(storage, place="/elsewhere") == []

    def test_one_session_and_one_visit_of_it_can_be_followed(self):
        storage = self.make_storage()
        storage.record_views(
            [view(1, 0), view(2, 1), view(3, 60), view(4, 61), view(5, 1, session="x")]
        )
        first, second = f"{1:032x}", f"{3:032x}"
        assert entries(storage, session="browser") == ["/3", "/1"]
        assert urls(storage, session="browser") == "/1 /2 /3 /4"
        assert entries(storage, visit=second) == ["/3"]
        assert urls(storage, visit=second) == "/3 /4"
        assert urls(storage, visit=first, session="x") == ""
        # A visit is known by its first page view alone.
        assert urls(storage, visit=f"{4:032x}") == ""
        assert entries(storage, session="unknown") == entries(storage, visit="?") == []

    def test_who_saw_a_page_is_found(self):
        storage = self.make_storage()
        moved = Page("/archive/board", BOARD.uid)
        storage.record_views(
            [
                view(1, 0, page=HOME, session="a"),
                view(2, 1, page=BOARD, session="a"),
                view(3, 2, page=BOARD, session="a"),
                view(4, 3, page=moved, session="b"),
                view(5, 4, page=SEARCH, session="b"),
                view(6, 5, page=Page("/board"), session="c"),
                view(7, 6, page=Page("/board", "uid-new"), session="d"),
                log_out(8, 6, page=HOME, session="c"),
            ]
        )
        assert entries(storage, uid=BOARD.uid) == ["/archive/board", "/"]
        assert urls(storage, uid=BOARD.uid) == "/board /board /archive/board"
        assert entries(storage, url="/@@search") == ["/archive/board"]
        assert urls(storage, url="/@@search") == "/@@search"
        # Where either has no UID, it is the address that tells.
        assert urls(storage, url="/board") == "/board /board /board /board"
        assert urls(storage, uid=BOARD.uid, url="/board") == (
            "/board /board /archive/board /board"
        )
        assert entries(storage, uid=HOME.uid) == ["/"]
        assert entries(storage, uid="uid-unknown", url="/nowhere") == []

    def test_members_are_found_by_name_and_id(self):
        storage = self.make_storage()
        people = [
            Reader("m1", name="Zoë Ångström"),
            Reader("m2", name="Jürgen_%"),
            Reader("Straße"),
            Reader("m3", name="ΣΊΣΥΦΟΣ"),
        ]
        storage.record_views(
            [view(n, n, who, session=f"{n}") for n, who in enumerate(people)]
        )
        storage.record_views([view(9, 9, session="guest")])
        for search, found in (
            ("zoe", ["/0"]),
            ("ANGSTROM", ["/0"]),
            ("jurgen", ["/1"]),
            ("_%", ["/1"]),
            ("%", ["/1"]),
            ("strasse", ["/2"]),
            ("σισυφος", ["/3"]),
            ("M", ["/3", "/1", "/0"]),
            ("m_", []),
            ("guest", []),
            ("", ["/9", "/3", "/2", "/1", "/0"]),
        ):
            assert entries(storage, search=search) == found
            assert urls(storage, search=search) == " ".join(found[::-1])

    def test_filters_go_together(self):
        storage = self.make_storage()
        storage.record_views(
            [
                view(
                    n,
                    n,
                    (ALICE, BOB)[n % 2],
                    page=(HOME, BOARD)[n // 2],
                    session=f"{n}",
                )
                for n in range(4)
            ]
        )
        query = {"readers": (ALICE, BOB), "uid": BOARD.uid, "who": "members"}
        query |= {"search": "o", "since": minutes(0), "until": minutes(9)}
        assert [visit.session for visit in visits(storage, **query)] == ["3"]
        assert urls(storage, **query) == "/board"
