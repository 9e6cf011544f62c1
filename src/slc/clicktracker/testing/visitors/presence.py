"""What a storage has to know of who is there now."""

from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import Presence
from slc.clicktracker.storage.visits.model import Present
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visitors.made_up import A_MOMENT
from slc.clicktracker.testing.visitors.made_up import log_out
from slc.clicktracker.testing.visitors.made_up import minutes
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB


HOME, BOARD = Page("/", "uid-home"), Page("/board", "uid-board")


class PresenceContract(StorageContract):
    """Tests of presence on the site and on a page."""

    def test_nobody_is_there_at_first(self):
        storage = self.make_storage()
        assert storage.presence(minutes(0), "uid", "/") == Presence(
            Present(), Present()
        )

    def test_who_has_been_active_since_then_is_there(self):
        storage = self.make_storage()
        storage.record_views(
            [
                view(1, 0, ALICE, session="a"),
                view(2, 0, BOB, session="b", stay=5),
                view(3, 4, session="c"),
                view(4, 0, session="d"),
                view(5, 5, session="d"),
            ]
        )
        assert storage.presence(minutes(0)).on_site == Present(members=2, guests=2)
        assert storage.presence(minutes(5)).on_site == Present(members=1, guests=1)
        assert storage.presence(minutes(5) + A_MOMENT).on_site == Present()

    def test_three_browsers_of_a_member_are_one_person(self):
        storage = self.make_storage()
        storage.record_views([view(n, n, ALICE, session=f"{n}") for n in (1, 2, 3)])
        storage.record_views([view(4, 3, ALICE, session="")])
        on_site = storage.presence(minutes(0)).on_site
        assert (on_site.members, on_site.people) == (1, 1)

    def test_two_visits_of_a_guest_are_one_person(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(2, 60)])
        assert storage.presence(minutes(0)).on_site == Present(guests=1)

    def test_who_has_logged_out_is_gone(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, ALICE), view(2, 0, BOB, session="b")])
        storage.record_views([log_out(3, 1, ALICE)])
        assert storage.presence(minutes(0)).on_site == Present(members=1)
        storage.record_views([view(4, 2)])
        assert storage.presence(minutes(0)).on_site == Present(members=1, guests=1)

    def test_who_has_left_the_browser_to_somebody_else_is_gone(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, ALICE), view(2, 1, BOB)])
        assert storage.presence(minutes(0)).on_site == Present(members=1)

    def test_guests_who_can_not_be_told_apart_are_no_people(self):
        storage = self.make_storage()
        storage.record_views(
            [view(n, n, session="", page=HOME, stay=1) for n in range(3)]
        )
        storage.record_views([view(9, 9), log_out(10, 9, session="")])
        found = storage.presence(minutes(2), HOME.uid)
        assert found == Presence(Present(guests=1, others=2), Present(others=2))
        assert (found.on_site.people, found.on_page.people) == (1, 0)

    def test_somebody_is_on_the_page_that_was_the_last_one(self):
        storage = self.make_storage()
        storage.record_views(
            [
                *(view(1, 0, ALICE, page=HOME), view(2, 1, ALICE, page=BOARD)),
                view(3, 2, BOB, page=HOME, session="b"),
                view(4, 3, page=BOARD, session="c"),
                view(5, 4, page=BOARD, session="d"),
            ]
        )
        assert storage.presence(minutes(0), HOME.uid).on_page == Present(members=1)
        on_board = Present(members=1, guests=2)
        assert storage.presence(minutes(0), BOARD.uid).on_page == on_board
        assert storage.presence(minutes(0)).on_page == Present()
        assert storage.presence(minutes(0), "uid-other").on_page == Present()
        assert storage.presence(minutes(3), BOARD.uid).on_page == Present(guests=2)

    def test_a_member_may_be_on_two_pages_and_is_one_person_on_each(self):
        storage = self.make_storage()
        storage.record_views(
            [
                view(1, 0, ALICE, page=HOME, session="a"),
                view(2, 1, ALICE, page=BOARD, session="b"),
                view(3, 2, ALICE, page=BOARD, session="c"),
            ]
        )
        for page in (HOME, BOARD):
            assert storage.presence(minutes(0), page.uid).on_page == Present(members=1)

    def test_a_page_without_content_is_known_by_its_address(self):
        storage = self.make_storage()
        search = Page("/@@search")
        storage.record_views(
            [view(1, 0, ALICE, page=search), view(2, 0, page=HOME, session="b")]
        )
        on_page = storage.presence(minutes(0), url="/@@search").on_page
        assert on_page == Present(members=1)
        # The server alone may not know of what content an address is.
        storage.record_views([view(3, 1, BOB, page=Page("/"), session="c")])
        on_page = storage.presence(minutes(0), HOME.uid, "/").on_page
        assert on_page == Present(members=1, guests=1)
        assert storage.presence(minutes(0), HOME.uid).on_page == Present(guests=1)
        assert storage.presence(minutes(0), url="/").on_page == on_page

    def test_a_member_without_a_session_is_on_the_last_page_alone(self):
        storage = self.make_storage()
        storage.record_views(
            [
                view(1, 0, ALICE, page=HOME, session=""),
                view(2, 1, ALICE, page=BOARD, session=""),
                view(3, 1, BOB, page=BOARD, session="", stay=5),
                log_out(4, 2, ALICE, page=HOME, session=""),
            ]
        )
        assert storage.presence(minutes(0)).on_site == Present(members=2)
        assert storage.presence(minutes(0), HOME.uid).on_page == Present()
        assert storage.presence(minutes(0), BOARD.uid).on_page == Present(members=2)
        assert storage.presence(minutes(6)).on_site == Present(members=1)

    def test_two_people_of_the_same_id_are_two(self):
        storage = self.make_storage()
        root = Reader("alice", "/acl_users")
        storage.record_views([view(1, 0, ALICE), view(2, 0, root, session="b")])
        assert storage.presence(minutes(0)).on_site.members == 2
