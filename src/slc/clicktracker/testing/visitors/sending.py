"""What a storage has to do with page views, however they are sent."""

from dataclasses import replace
from datetime import datetime
from itertools import permutations
from random import Random
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.visits.model import Agent
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import SERVER
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.contract import NASTY
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visitors.made_up import FIREFOX
from slc.clicktracker.testing.visitors.made_up import log_out
from slc.clicktracker.testing.visitors.made_up import minutes
from slc.clicktracker.testing.visitors.made_up import page_views
from slc.clicktracker.testing.visitors.made_up import stories
from slc.clicktracker.testing.visitors.made_up import urls
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.made_up import visits
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import START

import pytest


#: All that can be told of a page view.
WHOLE = {
    "page": Page("/board/minutes", "uid-minutes", "Minutes"),
    "reader": ALICE,
    "address": "2001:db8::7",
    "agent": FIREFOX,
    "referrer": "https://search.example/?q=1",
    "query": "b_start=20",
    "method": "POST",
    "status": 404,
    "source": SERVER,
}


class SendingContract(StorageContract):
    """Tests of what becomes of messages: twice, late, at once, and of all kinds."""

    def test_a_page_view_is_kept_as_it_was_sent(self):
        storage = self.make_storage()
        sent = view(1, 0.123456, stay=7, **WHOLE)
        storage.record_views([sent])
        assert page_views(storage) == [sent]

    def test_nothing_is_known_of_visitors_at_first(self):
        storage = self.make_storage()
        assert visits(storage) == page_views(storage) == []

    def test_an_empty_batch_of_page_views_is_no_batch(self):
        storage = self.make_storage()
        storage.record_views([])
        assert urls(storage) == ""

    def test_a_page_view_that_comes_twice_changes_nothing(self):
        storage = self.make_storage()
        batch = [view(1, 0, stay=3), view(2, 4, ALICE), log_out(3, 5), view(4, 9, BOB)]
        storage.record_views(batch)
        before = visits(storage), page_views(storage)
        storage.record_views(batch)
        storage.record_views(batch[::-1] + batch)
        assert (visits(storage), page_views(storage)) == before

    def test_the_largest_totals_count_in_any_order(self):
        sent = [
            view(1, 0, stay=5, engaged=40_000),
            view(1, 0, stay=1, engaged=90_000),
            view(1, 0, stay=3, engaged=0),
        ]
        for number, order in enumerate(permutations(sent)):
            storage = self.make_storage(f"site-{number}")
            for each in order:
                storage.record_views([each])
            storage.record_views(order)
            (found,) = page_views(storage)
            assert (found.seen, found.engaged) == (minutes(5), 90_000)
            (visit,) = visits(storage)
            assert visit.last == minutes(1.5)

    def test_what_came_with_the_earliest_message_counts(self):
        first = view(1, 0, **WHOLE)
        later = view(1, 1, BOB, page=Page("/other"), address="192.0.2.9", agent="x")
        tied = view(1, 0, page=Page("/another"), address="192.0.2.9", status=500)
        for number, order in enumerate(permutations([first, later, tied])):
            storage = self.make_storage(f"site-{number}")
            for each in order:
                storage.record_views([each])
            (found,) = page_views(storage)
            # Of two that were first, it is the same one each time.
            assert found == replace(tied, seen=minutes(1))
            assert stories(storage) == [("", "/another")]

    def test_the_latest_title_and_name_are_shown_and_empty_ones_say_nothing(self):
        draft, final = Page("/a", "uid-a", "Draft"), Page("/a", "uid-a", "Final")
        sent = [
            view(1, 0, Reader("alice", name="Alice Anders"), page=draft),
            view(2, 2, Reader("alice", name="Alice Berg"), page=final),
            view(3, 3, Reader("alice"), page=Page("/a", "uid-a")),
        ]
        for number, order in enumerate(permutations(sent)):
            storage = self.make_storage(f"site-{number}")
            for each in order:
                storage.record_views([each])
            (visit,) = visits(storage)
            assert (visit.entry, visit.reader.name) == (final, "Alice Berg")
            assert {each.page for each in page_views(storage)} == {final}
            assert {each.reader.name for each in page_views(storage)} == {"Alice Berg"}

    def test_shuffled_overlapping_page_views_on_six_connections_count_once(self):
        """Each sends everything, in an order and with totals of its own."""
        told = [
            view(
                n, n % 40, Reader(f"user-{n % 7}" if n % 3 else ""), session=f"{n % 11}"
            )
            for n in range(300)
        ]
        told += [log_out(1000 + n, 3 * n, session=f"{n}") for n in range(11)]

        def send(connection: int) -> None:
            random = Random(connection)  # noqa: S311 (it only shuffles)
            mine = [replace(each, engaged=random.randrange(1000)) for each in told * 2]
            mine += [replace(each, engaged=999) for each in told]
            random.shuffle(mine)
            storage = self.make_storage("at-once")
            for start in range(0, len(mine), 70):
                storage.record_views(mine[start : start + 70])

        at_once(send, range(6))
        alone = self.make_storage("alone")
        alone.record_views([replace(each, engaged=999) for each in told])
        together = self.make_storage("at-once")
        assert visits(together) == visits(alone)
        assert page_views(together) == page_views(alone)
        assert len(page_views(together)) == 300

    def test_two_processes_that_open_the_same_visit_at_once_open_one(self):
        storages = [self.make_storage(), self.make_storage()]
        for number in range(50):
            mine = [view(2 * number + n, n, ALICE, session=f"{number}") for n in (0, 1)]

            def open_visit(numbered, mine=mine):
                storage, each = numbered
                storage.record_views([each])

            at_once(open_visit, list(zip(storages, mine, strict=True)))
            found = visits(storages[0], session=f"{number}")
            assert [(visit.pages, visit.key) for visit in found] == [(2, mine[0].key)]
        assert len(visits(storages[1])) == 50

    def test_page_views_are_recorded_whole_or_not_at_all(self):
        storage = self.make_storage()
        with pytest.raises((AttributeError, TypeError)):
            storage.record_views([view(1), "no page view", view(2)])
        assert visits(storage) == page_views(storage) == []

    def test_visitors_of_two_sites_know_nothing_of_each_other(self):
        one, two = self.make_storage("one"), self.make_storage("two")
        one.record_views([view(1, 0, BOB), view(2, 1, BOB)])
        two.record_views([view(1, 10, BOB), view(3, 2, Reader("bob", name="Bob"))])
        assert stories(one) == [("bob", "/1 /2")]
        assert stories(two) == [("bob", "/3 /1")]
        assert visits(one)[0].reader.name == ""
        assert one.presence(START).on_site.people == 1
        assert self.make_storage("three").presence(START).on_site.people == 0

    @pytest.mark.parametrize("name", (*NASTY, "<script>", "%ff", "a\tb\nc"))
    def test_every_character_of_a_visitor_is_plain(self, name):
        storage = self.make_storage()
        sent = view(
            1,
            page=Page(f"/{name}", name, name),
            reader=Reader(name, name, name),
            **dict.fromkeys(("session", "address", "agent", "referrer", "query"), name),
        )
        storage.record_views([sent, view(2, session=name + "%")])
        (found,) = page_views(storage, session=name)
        assert found == sent
        (visit,) = visits(storage, uid=name, search=name, readers=(sent.reader,))
        assert (visit.reader, visit.entry) == (sent.reader, sent.page)
        assert (visit.session, visit.referrer) == (name, name)

    def test_what_no_text_can_hold_is_kept_as_everywhere(self):
        storage = self.make_storage()
        bad = "a\0b\ud800c\udfff"
        storage.record_views(
            [view(1, page=Page("/" + bad, bad, bad), session=bad, agent=bad, query=bad)]
        )
        (found,) = page_views(storage, session=bad, uid=bad)
        assert {found.session, found.agent, found.page.title} == {
            "a\ufffdb\ufffdc\ufffd"
        }
        assert visits(storage, search=bad) == []

    def test_an_agent_of_a_megabyte_is_cut(self):
        storage = self.make_storage()
        storage.record_views(
            [
                view(1, agent="Mozilla/5.0 (" + "\U0001f600" * 2**20, session="long"),
                view(2, agent="", session="none"),
                view(3, agent=FIREFOX, session="known"),
                view(4, agent="(" * 2**20, session="absurd"),
            ]
        )
        kept = {each.session: each.agent for each in page_views(storage)}
        assert len(kept["long"]) == LIMITS["agent"]
        named = {visit.session: visit.agent for visit in visits(storage)}
        assert named == {
            "long": Agent(),
            "none": Agent(),
            "known": Agent("Firefox", "Linux"),
            "absurd": Agent(),
        }

    def test_long_texts_of_a_page_view_are_kept_whole(self):
        storage = self.make_storage()
        long = {
            name: "\u00fc" * LIMITS[name] for name in ("referrer", "query", "agent")
        }
        pages = [Page("/" + "日" * (LIMITS["url"] - 2) + end) for end in "ab"]
        sent = [view(n, n, page=page, **long) for n, page in enumerate(pages)]
        storage.record_views(sent)
        assert page_views(storage) == sent[::-1]
        assert [each.page for each in page_views(storage, url=pages[1].url)] == pages[
            1:
        ]

    def test_a_page_view_with_a_naive_time_is_refused(self):
        with pytest.raises(ValueError):
            view(1, seen=datetime(2026, 1, 1))
        with pytest.raises(ValueError):
            self.make_storage().presence(datetime(2026, 1, 1))

    def test_visitors_of_a_server_that_does_not_answer_are_a_typed_error(self):
        storage = self.make_unreachable()
        if storage is None:
            return
        for ask in (
            lambda: storage.record_views([view(1)]),
            lambda: storage.visits(VisitQuery()),
            lambda: storage.page_views(VisitQuery()),
            lambda: storage.presence(START),
        ):
            with pytest.raises(StorageUnavailable):
                ask()

    def test_all_guests_are_nobody(self):
        stranger = Reader("", "/acl_users", "Somebody")
        assert view(1, reader=stranger).reader == Reader("")
        assert isinstance(view(1), PageView)
