"""What a storage has to do when it tells visits apart by what they have in common."""

from datetime import timedelta
from slc.clicktracker.storage.capabilities import IVisitStatistics
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.statistics import BROWSERS
from slc.clicktracker.storage.visits.statistics import DEVICES
from slc.clicktracker.storage.visits.statistics import ENTRIES
from slc.clicktracker.storage.visits.statistics import EXITS
from slc.clicktracker.storage.visits.statistics import MEMBERS
from slc.clicktracker.storage.visits.statistics import PAGES
from slc.clicktracker.storage.visits.statistics import Share
from slc.clicktracker.storage.visits.statistics import SHARED_BY
from slc.clicktracker.storage.visits.statistics import SITES
from slc.clicktracker.storage.visits.statistics import SYSTEMS
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visitors.made_up import FIREFOX
from slc.clicktracker.testing.visitors.made_up import IPHONE
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.statistics import DAY
from slc.clicktracker.testing.visitors.statistics import day
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB

import pytest


WEEKS = Days(day(-200), day(200))

HOME, NEWS = Page("/", "uid-home", "Home"), Page("/news", "uid-news", "News")


def shares(storage: IVisitStatistics, kind: str, days: Days = WEEKS) -> list[Share]:
    """Return all shares of some days, of all of them if none are named."""
    page = storage.shares(kind, days, size=None)
    assert page.total == len(page.rows)
    return list(page.rows)


def texts(storage: IVisitStatistics, kind: str, days: Days = WEEKS) -> list[tuple]:
    """Return what there is, and how many visits."""
    return [
        (
            each.page.url
            if each.page
            else each.reader.user
            if each.reader
            else each.text,
            each.visits,
        )
        for each in shares(storage, kind, days)
    ]


class SharesContract(StorageContract):
    """Tests of visits by page, site, browser and member."""

    def test_pages_that_were_viewed(self):
        storage = self.make_storage()
        storage.record_views(
            [
                view(1, 0, page=HOME, stay=1),
                view(2, 2, page=NEWS, stay=0.5),
                view(3, 4, page=HOME),
                view(4, 0, page=NEWS, session="b", stay=2),
                view(5, 0, page=NEWS, session="", stay=0.001),
            ]
        )
        assert shares(storage, PAGES) == [
            Share(
                page=NEWS,
                visits=2,
                views=3,
                time=timedelta(minutes=2.5, milliseconds=60),
            ),
            Share(page=HOME, visits=1, views=2, time=timedelta(minutes=1)),
        ]

    def test_pages_on_which_visits_began_and_ended(self):
        storage = self.make_storage()
        storage.record_views(
            [
                *(view(1, 0, page=HOME), view(2, 2, page=NEWS)),
                *(
                    view(3, 0, page=HOME, session="b"),
                    view(4, 0, session="", page=NEWS),
                ),
            ]
        )
        two = timedelta(minutes=2)
        assert shares(storage, ENTRIES) == [
            Share(page=HOME, visits=2, views=3, time=two)
        ]
        assert shares(storage, EXITS) == [
            Share(page=HOME, visits=1, views=1),
            Share(page=NEWS, visits=1, views=2, time=two),
        ]
        # It went on.
        storage.record_views([view(5, 3, page=HOME)])
        assert texts(storage, EXITS) == [("/", 2)]

    def test_a_page_has_its_latest_title(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, page=Page("/", "uid", "Old"))])
        storage.record_views([view(2, 1, page=Page("/", "uid", "New"))])
        assert [each.page.title for each in shares(storage, PAGES)] == ["New"]
        assert [each.page.title for each in shares(storage, ENTRIES)] == ["New"]

    def test_sites_that_visitors_came_from(self):
        storage = self.make_storage()
        for number, referrer in enumerate(
            [
                *("https://search.example/a?q=1", "http://Search.example:8080/b"),
                *("", "no address", "https://[", "https://blog.example/"),
            ]
        ):
            storage.record_views(
                [
                    view(2 * number, 0, session=f"{number}", referrer=referrer),
                    # Within a visit nobody comes from anywhere.
                    view(
                        *(2 * number + 1, 5),
                        session=f"{number}",
                        referrer="https://x.example",
                    ),
                ]
            )
        assert texts(storage, SITES) == [
            ("", 3),
            ("search.example", 2),
            ("blog.example", 1),
        ]

    def test_browsers_systems_and_devices(self):
        storage = self.make_storage()
        for number, agent in enumerate((FIREFOX, IPHONE, IPHONE, "", FIREFOX, IPHONE)):
            storage.record_views([view(number, 0, session=f"{number}", agent=agent)])
        assert texts(storage, BROWSERS) == [
            ("Mobile Safari", 3),
            ("Firefox", 2),
            ("", 1),
        ]
        assert texts(storage, SYSTEMS) == [("iOS", 3), ("Linux", 2), ("", 1)]
        assert ("iPhone", 3) in texts(storage, DEVICES)

    def test_members(self):
        storage = self.make_storage()
        alice = Reader("alice", name="Alice Berg")
        storage.record_views(
            [
                *(view(1, 0, ALICE), view(2, 3, ALICE), view(3, DAY, alice)),
                *(view(4, 0, BOB, session="b", stay=2), view(5, 0, session="c")),
                view(6, 5, Reader("alice", "/acl_users"), session="d"),
            ]
        )
        three, two = timedelta(minutes=3), timedelta(minutes=2)
        assert shares(storage, MEMBERS) == [
            Share(reader=alice, generation=1, visits=2, views=3, time=three),
            Share(
                reader=Reader("alice", "/acl_users"), generation=1, visits=1, views=1
            ),
            Share(reader=BOB, generation=1, visits=1, views=1, time=two),
        ]

    def test_the_largest_come_first_and_ties_are_broken(self):
        storage = self.make_storage()
        pages = [Page("/b"), Page("/ä"), Page("/a", "2"), Page("/a", "1"), Page("/B")]
        storage.record_views(
            [view(n, 0, session=f"{n}", page=page) for n, page in enumerate(pages)]
            # Seen more often, by the same visit.
            + [view(9, 1, session="0", page=Page("/b"))]
        )
        ordered = [Page("/B"), Page("/a", "1"), Page("/a", "2"), Page("/b"), Page("/ä")]
        assert [each.page for each in shares(storage, ENTRIES)] == ordered
        first = ordered.pop(3)
        assert [each.page for each in shares(storage, PAGES)] == [first, *ordered]

    def test_a_page_of_the_list_is_cut(self):
        storage = self.make_storage()
        storage.record_views(
            [view(n, 0, session=f"{n}", page=Page(f"/{n % 7}")) for n in range(25)]
        )
        whole = shares(storage, PAGES)
        assert len(whole) == 7
        for start, size in ((0, 3), (3, 3), (6, 3), (9, 3), (0, 0), (-5, 2)):
            page = storage.shares(PAGES, WEEKS, start, size)
            start = max(start, 0)
            assert (page.rows, page.total) == (tuple(whole[start : start + size]), 7)
        assert len(storage.shares(PAGES, WEEKS).rows) == 7

    @pytest.mark.parametrize("kind", SHARED_BY)
    def test_only_some_days_count(self, kind):
        storage = self.make_storage()
        storage.record_views(
            [
                view(n, n * DAY, ALICE, page=HOME, session=f"{n}", agent=FIREFOX)
                for n in range(-40, 80)
            ]
        )
        for first, last in ((0, 0), (0, 30), (3, 4), (-40, 79), (-5, 45), (30, 31)):
            (found,) = shares(storage, kind, Days(day(first), day(last)))
            assert (found.visits, found.views) == (last - first + 1,) * 2
        assert shares(storage, kind, Days(day(80), day(90))) == []
        assert shares(storage, kind, Days(day(5), day(4))) == []

    @pytest.mark.parametrize("kind", SHARED_BY)
    def test_nothing_is_shared_at_first(self, kind):
        page = self.make_storage().shares(kind, WEEKS)
        assert (page.rows, page.total) == ((), 0)

    def test_there_is_no_other_kind(self):
        with pytest.raises(ValueError):
            self.make_storage().shares("colour", WEEKS)

    @pytest.mark.parametrize("kind", SHARED_BY)
    def test_shares_of_other_sites_are_others(self, kind):
        one, two = self.make_storage("one"), self.make_storage("two")
        one.record_views([view(1, 0, ALICE, page=HOME, agent=FIREFOX)])
        assert (len(shares(one, kind)), shares(two, kind)) == (1, [])

    def test_a_server_that_does_not_answer_has_no_statistics(self):
        storage = self.make_unreachable()
        if storage is None:
            return
        with pytest.raises(StorageUnavailable):
            storage.figures([WEEKS])
        with pytest.raises(StorageUnavailable):
            storage.shares(PAGES, WEEKS)
