"""What a storage has to say about which page views are one visit."""

from datetime import timedelta
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.model import Agent
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import SERVER
from slc.clicktracker.storage.visits.model import Visit
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visitors.made_up import A_MOMENT
from slc.clicktracker.testing.visitors.made_up import IPHONE
from slc.clicktracker.testing.visitors.made_up import log_out
from slc.clicktracker.testing.visitors.made_up import minutes
from slc.clicktracker.testing.visitors.made_up import stories
from slc.clicktracker.testing.visitors.made_up import urls
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.made_up import visits
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB


class JoiningContract(StorageContract):
    """Tests of where a visit begins, whose it is, and where it ends."""

    def test_pages_without_a_long_pause_are_one_visit(self):
        storage = self.make_storage()
        first = {
            "address": "192.0.2.7",
            "agent": IPHONE,
            "referrer": "https://search.example/",
            "source": SERVER,
        }
        pages = Page("/", "uid-1", "Welcome"), Page("/board", "uid-2", "Board")
        storage.record_views(
            [
                view(1, 0, page=pages[0], **first),
                view(2, 10, page=pages[1], address="192.0.2.8"),
                view(3, 35, page=pages[1], stay=5),
            ]
        )
        assert visits(storage) == [
            Visit(
                key=f"{1:032x}",
                session="browser",
                reader=Reader(""),
                entry=pages[0],
                exit=pages[1],
                pages=3,
                start=minutes(0),
                last=minutes(40),
                address="192.0.2.7",
                agent=Agent("Mobile Safari", "iOS", "iPhone"),
                referrer="https://search.example/",
                source=SERVER,
            )
        ]

    def test_half_an_hour_is_no_long_pause_and_a_moment_more_is_one(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(2, 30), view(3, 60)])
        storage.record_views([view(4, minutes(90) + A_MOMENT)])
        assert stories(storage) == [("", "/1 /2 /3"), ("", "/4")]

    def test_the_pause_that_counts_is_the_one_that_the_site_had_set(self):
        storage = self.make_storage()
        short, long = timedelta(minutes=5), timedelta(hours=2)
        storage.record_views(
            [
                view(1, 0),
                view(2, 6, gap=short),
                view(3, 11, gap=short),
                view(4, 131, gap=long),
            ]
        )
        assert stories(storage) == [("", "/1"), ("", "/2 /3 /4")]

    def test_the_pause_begins_when_nobody_reads_any_more(self):
        told = [view(1, 0, stay=20), view(2, 1), view(3, 50), view(4, 81)]
        together, apart = self.make_storage("together"), self.make_storage("apart")
        together.record_views(told)
        for each in told:
            apart.record_views([each])
        expected = [("", "/1 /2 /3"), ("", "/4")]
        assert stories(together) == stories(apart) == expected

    def test_time_on_site_includes_the_last_page_as_long_as_it_was_heard_of(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, stay=2), view(2, 3, stay=4)])
        hour = 3_600_000
        storage.record_views(
            [
                view(3, 0, stay=1, engaged=hour, session="boasts"),
                view(4, 0, stay=9, engaged=1500, session="leaves it open"),
                view(5, 0, stay=9, engaged=-hour, session="lies"),
                view(6, 0, stay=-9, engaged=hour, session="is told before it is"),
            ]
        )
        found = {visit.session: visit.time_on_site for visit in visits(storage)}
        assert found == {
            "browser": timedelta(minutes=7),
            "boasts": timedelta(minutes=1),
            "leaves it open": timedelta(seconds=1.5),
            "lies": timedelta(0),
            "is told before it is": timedelta(0),
        }

    def test_a_page_that_is_read_on_prolongs_the_visit(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(2, 5), view(3, 50)])
        assert stories(storage) == [("", "/1 /2"), ("", "/3")]
        storage.record_views([view(1, 0, stay=15)])
        (_later, visit) = visits(storage)
        assert (visit.last, visit.exit.url) == (minutes(15), "/2")
        storage.record_views([view(1, 0, stay=20)])
        assert stories(storage) == [("", "/1 /2 /3")]

    def test_who_logs_in_goes_on_with_the_visit(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(2, 1)])
        storage.record_views([view(3, 2, ALICE), view(4, 3, ALICE)])
        (visit,) = visits(storage)
        assert (visit.reader, visit.generation) == (ALICE, 1)
        assert stories(storage) == [("alice", "/1 /2 /3 /4")]

    def test_a_log_out_ends_the_visit(self):
        storage = self.make_storage()
        storage.record_views(
            [view(1, 0, ALICE), view(2, 1, ALICE), log_out(3, 2, ALICE)]
        )
        storage.record_views([view(4, 3), view(5, 4, ALICE)])
        assert stories(storage) == [("alice", "/1 /2"), ("alice", "/4 /5")]
        later, earlier = visits(storage)
        assert (earlier.is_over, later.is_over) == (True, False)
        assert (earlier.pages, earlier.last) == (2, minutes(1))
        assert urls(storage) == "/1 /2 /4 /5"

    def test_a_second_member_in_the_same_browser_starts_another_visit(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(2, 1, ALICE), view(3, 2, BOB)])
        assert stories(storage) == [("alice", "/1 /2"), ("bob", "/3")]
        bob, alice = visits(storage)
        # She can't be there any more.
        assert (alice.is_over, bob.is_over) == (True, False)

    def test_a_guest_after_a_member_starts_another_visit(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, ALICE), view(2, 1), view(3, 2, ALICE)])
        assert stories(storage) == [("alice", "/1"), ("alice", "/2 /3")]

    def test_the_same_id_in_another_folder_is_somebody_else(self):
        storage = self.make_storage()
        root = Reader("alice", "/acl_users")
        storage.record_views([view(1, 0, ALICE), view(2, 1, root), view(3, 2, root)])
        assert [visit.reader.folder for visit in visits(storage)] == ["/acl_users", ""]

    def test_a_log_out_without_a_visit_does_nothing(self):
        storage = self.make_storage()
        storage.record_views([log_out(1, 0, ALICE), log_out(2, 0, session="")])
        assert visits(storage) == []
        assert urls(storage) == ""
        storage.record_views([view(3, 1, ALICE), view(4, 2, ALICE)])
        assert stories(storage) == [("alice", "/3 /4")]

    def test_a_log_out_after_a_long_pause_ends_nothing(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, ALICE), log_out(2, 31, ALICE)])
        assert [visit.is_over for visit in visits(storage)] == [False]

    def test_a_log_out_that_ended_nothing_does_not_part_a_visit(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, ALICE), log_out(2, 31, ALICE)])
        storage.record_views([view(3, 40, ALICE, gap=timedelta(hours=1))])
        assert stories(storage) == [("alice", "/1 /3")]

    def test_a_log_out_that_arrives_before_its_pages_ends_their_visit(self):
        storage = self.make_storage()
        storage.record_views([log_out(1, 5, ALICE)])
        storage.record_views([view(2, 6)])
        storage.record_views([view(3, 3, ALICE)])
        storage.record_views([view(4, 2, ALICE)])
        assert stories(storage) == [("alice", "/4 /3"), ("", "/2")]
        assert [visit.is_over for visit in visits(storage)] == [False, True]

    def test_a_log_out_comes_after_a_page_of_the_same_moment(self):
        storage = self.make_storage()
        storage.record_views([log_out(1, 5, ALICE), view(2, 5, ALICE)])
        storage.record_views([view(3, 6, ALICE)])
        assert stories(storage) == [("alice", "/2"), ("alice", "/3")]

    def test_a_page_that_comes_late_joins_two_visits(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(2, 50), view(3, 55)])
        assert stories(storage) == [("", "/1"), ("", "/2 /3")]
        storage.record_views([view(4, 25)])
        assert stories(storage) == [("", "/1 /4 /2 /3")]

    def test_a_page_that_comes_late_can_be_the_first_one(self):
        storage = self.make_storage()
        storage.record_views([view(2, 10, ALICE, address="192.0.2.2")])
        storage.record_views([view(1, 5, address="192.0.2.1")])
        (visit,) = visits(storage)
        assert (visit.key, visit.address) == (f"{1:032x}", "192.0.2.1")
        assert stories(storage) == [("alice", "/1 /2")]

    def test_somebody_else_who_comes_late_parts_a_visit(self):
        storage = self.make_storage()
        storage.record_views(
            [view(1, 0, ALICE), view(2, 10, ALICE), view(3, 20, ALICE)]
        )
        storage.record_views([view(4, 5, BOB)])
        assert stories(storage) == [("alice", "/1"), ("bob", "/4"), ("alice", "/2 /3")]
        assert [visit.is_over for visit in visits(storage)] == [False, True, True]

    def test_a_clock_that_jumps_back_loses_nothing(self):
        storage = self.make_storage()
        storage.record_views([view(1, 100), view(2, 101)])
        storage.record_views([view(3, 40), view(4, 41)])
        storage.record_views([view(2, 101, seen=minutes(42))])
        assert stories(storage) == [("", "/3 /4"), ("", "/1 /2")]

    def test_a_page_that_was_there_earlier_than_was_known_moves(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(2, 40), view(3, 50)])
        assert stories(storage) == [("", "/1"), ("", "/2 /3")]
        storage.record_views([view(3, 1)])
        assert stories(storage) == [("", "/1 /3"), ("", "/2")]

    def test_three_browsers_of_a_member_are_three_visits(self):
        storage = self.make_storage()
        storage.record_views([view(n, n, ALICE, session=f"{n}") for n in (1, 2, 3)])
        assert stories(storage) == [("alice", "/1"), ("alice", "/2"), ("alice", "/3")]

    def test_guests_without_a_cookie_are_counted_and_never_joined(self):
        storage = self.make_storage()
        colleague = {"address": "192.0.2.7", "agent": IPHONE, "session": ""}
        storage.record_views([view(n, n, **colleague) for n in range(3)])
        assert visits(storage) == []
        assert urls(storage) == "/0 /1 /2"

    def test_a_session_that_comes_later_joins_what_was_alone(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0), view(2, 1, session=""), view(3, 2)])
        assert stories(storage) == [("", "/1 /3")]
        storage.record_views([view(2, 1)])
        storage.record_views([view(2, 1, session="")])
        assert stories(storage) == [("", "/1 /2 /3")]

    def test_of_two_sessions_of_a_page_the_first_one_counts(self):
        storage = self.make_storage()
        storage.record_views([view(1, 0, session="b"), view(2, 1, session="b")])
        storage.record_views([view(1, 0, session="a")])
        storage.record_views([view(1, 0, session="c")])
        found = [(visit.session, visit.entry.url) for visit in visits(storage)]
        assert found == [("b", "/2"), ("a", "/1")]

    def test_a_visit_may_go_on_for_days(self):
        """On a screen on the wall, that shows another page each quarter of an hour."""
        storage = self.make_storage()
        for number in range(0, 150, 3):
            storage.record_views(
                [view(n, 15 * n, ALICE) for n in range(number, number + 3)]
            )
            storage.record_views([view(number, 15 * number, ALICE, stay=9)])
        (visit,) = visits(storage)
        assert (visit.pages, visit.time_on_site) == (150, timedelta(minutes=15 * 149))
        assert len(stories(storage)[0][1].split()) == 150

    def test_it_makes_no_difference_how_the_pages_arrive(self):
        told = [
            *(view(1, 0), view(2, 10, ALICE, stay=9), view(3, 12, ALICE)),
            *(log_out(4, 20, ALICE), view(5, 21), view(6, 30, BOB), view(7, 61, BOB)),
            *(view(8, 60, session="another"), view(9, 91, session="another")),
        ]
        expected = [("alice", "/1 /2 /3"), ("bob", "/5 /6"), ("", "/8"), ("bob", "/7")]
        expected.append(("", "/9"))
        for number in range(len(told)):
            storage = self.make_storage(f"site-{number}")
            turned = told[number:] + told[:number]
            for each in turned[::2] + turned:
                storage.record_views([each])
            assert stories(storage) == expected
            storage = self.make_storage(f"backwards-{number}")
            storage.record_views(turned[::-1] + turned[:3])
            assert stories(storage) == expected
