"""What a storage has to answer about how far the audiences of documents are."""

from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.capabilities import IAudienceProgress
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import LEVELS
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import READING_LEVELS
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.progress import Expectation
from slc.clicktracker.storage.progress import LevelNumbers
from slc.clicktracker.storage.progress import MemberProgress
from slc.clicktracker.storage.progress import ProgressQuery
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CHANGED
from slc.clicktracker.testing.visits import DAVE
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import OTHER
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import visit
from typing import Any


CAROL = Reader("carol", name="Carol Castillo")
BOARD = (CAROL, BOB, ALICE)


class ProgressContract(StorageContract):
    """Tests of how many have read what, and who is behind most."""

    def test_of_each_item_it_is_told_how_many_of_its_audience_have_read_it(self):
        storage = self.make_storage()
        assert progress(storage, item(), item(OTHER.uid)) == (0, 0)
        storage.record(
            [
                visit(1, ALICE),
                visit(2, BOB),
                visit(3, BOB, OTHER),
                visit(4, Reader("dave")),
                visit(5, Reader("")),
            ]
        )
        assert progress(storage, item(OTHER.uid), item()) == (1, 2)
        assert progress(storage, item("uid-unknown"), item("")) == (0, 0)
        assert storage.progress(ProgressQuery((), (BOARD,))) == ()

    def test_items_have_audiences_of_their_own(self):
        storage = self.make_storage()
        storage.record([visit(1, ALICE), visit(2, BOB), visit(3, BOB, OTHER)])
        audiences = ((ALICE,), (), (CAROL, BOB), BOARD)
        items = [item(audience=n) for n in range(4)]
        assert progress(storage, *items, audiences=audiences) == (1, 0, 1, 2)
        items = [item(OTHER.uid, audience=n) for n in range(4)]
        assert progress(storage, *items, audiences=audiences) == (0, 0, 1, 1)

    def test_somebody_who_is_named_twice_counts_once(self):
        storage = self.make_storage()
        storage.record([visit(1, BOB)])
        assert progress(storage, audiences=((BOB, ALICE, BOB),)) == (1,)
        found = behind(storage, audiences=((BOB, ALICE, BOB),))
        assert found == ([("alice", 1, 0), ("bob", 1, 1)], 2)

    def test_one_of_several_documents_stands_for_all_and_counts_once(self):
        storage = self.make_storage()
        storage.record([visit(1, BOB), visit(2, BOB, OTHER), visit(3, ALICE, OTHER)])
        both = item(DOC.uid, OTHER.uid)
        assert progress(storage, both, item()) == (2, 1)
        assert behind(storage, both)[0] == [
            ("carol", 1, 0),
            ("alice", 1, 1),
            ("bob", 1, 1),
        ]

    def test_only_the_texts_that_count_do(self):
        storage = self.make_storage()
        tagged = Version("3", "d2")
        storage.record(
            [
                visit(1, ALICE, version=LONG),
                visit(2, BOB, version=LONG),
                visit(3, BOB, version=CHANGED),
                visit(4, BOB, version=tagged),
                visit(5, CAROL, version=Version("7")),
            ]
        )
        wanted = [(), ("d1",), ("d2",), ("d1", "d2"), ("7",), ("d3",)]
        items = [item(current=current) for current in wanted]
        assert progress(storage, *items) == (3, 2, 1, 2, 1, 0)
        assert behind(storage, items[2], items[3], items[0])[0] == [
            ("carol", 3, 1),
            ("alice", 3, 2),
            ("bob", 3, 3),
        ]

    def test_a_download_is_a_reading_and_a_served_page_is_none(self):
        storage = self.make_storage()
        storage.record([visit(1, BOB, origin=DOWNLOADED), note(ALICE)])
        assert progress(storage) == (1,)
        assert behind(storage)[0] == [
            ("alice", 1, 0),
            ("carol", 1, 0),
            ("bob", 1, 1),
        ]

    def test_of_those_who_have_read_it_is_told_how_far_they_got(self):
        storage = self.make_storage()
        board = (*BOARD, DAVE)
        storage.record(
            [
                read(1, ALICE, 10_000, marks=Marks.ENDED),
                read(2, BOB, 10_000),
                download(BOB),
                download(CAROL),
                read(3, DAVE, 1_000),
                note(Reader("erin")),
                read(4, Reader("frank"), 10_000),
            ]
        )
        assert reached(storage, audiences=(board,)) == [LevelNumbers(1, 1, 1, 1)]
        assert reached(storage, audiences=(board[:1],)) == [LevelNumbers(1, 0, 0, 0)]
        assert reached(storage, item(OTHER.uid)) == [LevelNumbers(0, 0, 0, 0)]

    def test_only_how_far_they_got_with_what_counts_is_told_and_the_furthest_of_it(
        self,
    ):
        storage = self.make_storage()
        storage.record(
            [
                read(1, ALICE, 10_000),
                read(2, ALICE, 1_000, version=CHANGED),
                read(3, BOB, 1_000, document=OTHER, at=50),
                read(4, BOB, 10_000, marks=Marks.ENDED, at=100),
            ]
        )
        texts = [item(current=(text,)) for text in ("d1", "d2")]
        both = item(current=("d1", "d2"))
        assert reached(storage, *texts, both) == [
            LevelNumbers(0, 0, 1, 1),
            LevelNumbers(0, 1, 0, 0),
            LevelNumbers(0, 0, 1, 1),
        ]
        assert reached(storage, item(DOC.uid, OTHER.uid)) == [LevelNumbers(0, 0, 1, 1)]

    def test_the_rule_decides_about_these_levels(self):
        storage = self.make_storage()
        storage.record([read(1, ALICE, 10_000)])
        assert reached(storage, words_per_minute=60) == [LevelNumbers(0, 1, 0, 0)]
        assert reached(storage) == [LevelNumbers(0, 0, 1, 0)]

    def test_what_is_asked_for_decides_who_has_read_it(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, ALICE, 10_000, marks=Marks.ENDED),
                read(2, BOB, 10_000),
                read(3, DAVE, 1_000),
                download(CAROL),
                note(Reader("erin")),
                read(4, Reader("frank"), 10_000),
            ]
        )
        board = (*BOARD, DAVE, Reader("erin"))
        items = [item(asks_for=level) for level in (*READING_LEVELS, ACKNOWLEDGED)]
        assert progress(storage, *items, audiences=(board,)) == (1, 4, 2, 1, 0)
        assert lacking(storage, *items, audiences=(board,)) == [
            ["bob", "alice", "dave", "erin"],
            ["erin"],
            ["carol", "dave", "erin"],
            ["carol", "bob", "dave", "erin"],
            ["carol", "bob", "alice", "dave", "erin"],
        ]
        rows, _total = behind(storage, *items, audiences=(board,))
        assert {user: opened for user, _expected, opened in rows} == {
            "erin": 0,
            "dave": 1,
            "carol": 2,
            "bob": 2,
            "alice": 3,
        }

    def test_it_is_asked_of_any_of_the_texts_and_documents_that_count(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, ALICE, 10_000, version=CHANGED),
                read(2, ALICE, 1_000, at=50),
                read(3, BOB, 1_000),
                read(4, BOB, 10_000, document=OTHER, at=50),
            ]
        )
        items = [
            item(current=("d1",), asks_for="engaged"),
            item(current=("d2",), asks_for="engaged"),
            item(current=("d1", "d2"), asks_for="engaged"),
            item(asks_for="engaged"),
            item(DOC.uid, OTHER.uid, asks_for="engaged"),
        ]
        assert progress(storage, *items) == (0, 1, 1, 1, 2)

    def test_the_rule_decides_whether_it_is_as_far_as_is_asked_for(self):
        storage = self.make_storage()
        storage.record([read(1, ALICE, 10_000)])
        asked = (item(asks_for="engaged"),)
        for pace, number in ((60, 0), (600, 1), (60, 0)):
            query = ProgressQuery(asked, (BOARD,), EngagementRule(pace))
            assert storage.progress(query) == (number,)
            assert len(storage.lacking(query)[0]) == 3 - number
            done = [row.opened for row in storage.behind(query).rows]
            assert sorted(done) == [0, 0, number]

    def test_each_of_those_who_are_lacking_is_named_once_as_in_the_audience(self):
        storage = self.make_storage()
        storage.record([visit(1, Reader("bob", name="Bob of old"))])
        zoe = Reader("zoe", "/other", "Zoë")
        audiences = ((BOB, CAROL, zoe, CAROL), (zoe,), ())
        items = [item(audience=number) for number in range(3)]
        query = ProgressQuery((*items, item("unknown")), audiences)
        assert storage.lacking(query) == ((CAROL, zoe), (zoe,), (), (BOB, CAROL, zoe))
        assert storage.lacking(ProgressQuery((), (BOARD,))) == ()

    def test_those_with_the_most_missing_come_first(self):
        storage = self.make_storage()
        uids = [f"uid-{n}" for n in range(4)]
        storage.record(
            [
                visit(n, reader, Document(uid, f"/site/{uid}"))
                for reader, count in ((ALICE, 4), (BOB, 2), (CAROL, 1))
                for n, uid in enumerate(uids[:count])
            ]
        )
        items = [item(uid) for uid in uids]
        assert behind(storage, *items) == (
            [("carol", 4, 1), ("bob", 4, 2), ("alice", 4, 4)],
            3,
        )
        small = [item(uid, audience=1) for uid in uids[2:]]
        found = behind(
            storage, *items[:2], *small, audiences=((CAROL, BOB), (BOB, ALICE))
        )
        assert found[0] == [("bob", 4, 2), ("carol", 2, 1), ("alice", 2, 2)]

    def test_who_is_in_an_audience_of_nothing_is_not_behind(self):
        storage = self.make_storage()
        found = behind(storage, item(audience=1), audiences=((CAROL,), (BOB,)))
        assert found == ([("bob", 1, 0), ("carol", 0, 0)], 2)
        assert storage.behind(ProgressQuery((), ())).total == 0
        assert storage.behind(ProgressQuery((item(),), ((),))).rows == ()

    def test_members_have_the_names_of_the_audience(self):
        storage = self.make_storage()
        storage.record([visit(1, Reader("carol", name="Carol of old"))])
        page = storage.behind(ProgressQuery((item(),), ((CAROL,),)))
        assert page.rows == (MemberProgress(CAROL, 1, 1),)

    def test_pages_and_search_of_members_are_cut_by_the_storage(self):
        storage = self.make_storage()
        names = ("Zoë", "zoe", "ÄRA", "", "Straße", "50%", "\ud800", "Zoë")
        many = tuple(Reader(f"User{n}", name=name) for n, name in enumerate(names))
        storage.record([visit(1, many[5])])

        def page_of(**page):
            rows, total = behind(storage, audiences=(many,), **page)
            return [user.removeprefix("User") for user, *_more in rows], total

        everybody, total = page_of(size=None)
        assert total == len(everybody) == 8
        assert everybody == list("24301765")
        for size in (1, 3):
            cut = []
            for start in range(0, 9, size):
                cut += page_of(start=start, size=size)[0]
            assert cut == everybody
        assert page_of(search="STRASSE") == (["4"], 1)
        assert page_of(search="0%") == (["5"], 1)
        assert page_of(start=99) == ([], 8)

    def test_a_whole_site_can_be_asked_for(self):
        storage = self.make_storage()
        storage.record([visit(1, BOB)])
        members = tuple(Reader(f"user-{n}") for n in range(3000))
        items = [item(f"uid-{n}", current=("d1",)) for n in range(1000)]
        audiences = (members, (BOB,))
        found = progress(storage, *items, item(audience=1), audiences=audiences)
        assert found == (0,) * 1000 + (1,)
        rows, total = behind(
            storage, *items, item(audience=1), audiences=audiences, start=3000
        )
        assert (rows, total) == ([("bob", 1, 1)], 3001)


def item(
    *uids: str,
    current: tuple[str, ...] = (),
    audience: int = 0,
    asks_for: str = LEVELS[0],
) -> Expectation:
    """Return that an audience is expected to read one of these documents."""
    return Expectation(uids or (DOC.uid,), current, audience, asks_for)


def progress(
    storage: IAudienceProgress,
    *items: Expectation,
    audiences: tuple[tuple[Reader, ...], ...] = (BOARD,),
) -> tuple[int, ...]:
    """Return how many have read each item; the board ``DOC`` if none is named."""
    return storage.progress(ProgressQuery(items or (item(),), audiences))


def lacking(
    storage: IAudienceProgress,
    *items: Expectation,
    audiences: tuple[tuple[Reader, ...], ...] = (BOARD,),
) -> list[list[str]]:
    """Return the ids of those who have not read each item."""
    found = storage.lacking(ProgressQuery(items or (item(),), audiences))
    return [[each.user for each in missing] for missing in found]


def reached(
    storage: IAudienceProgress,
    *items: Expectation,
    audiences: tuple[tuple[Reader, ...], ...] = (BOARD,),
    **rule: int,
) -> list[LevelNumbers]:
    """Return how far readers of each item got; of ``DOC`` if none is named."""
    query = ProgressQuery(items or (item(),), audiences)
    return list(storage.levels(query, EngagementRule(**rule)))


def behind(
    storage: IAudienceProgress,
    *items: Expectation,
    audiences: tuple[tuple[Reader, ...], ...] = (BOARD,),
    **page: Any,
) -> tuple[list[tuple[str, int, int]], int]:
    """Return (user, expected, opened) of a page of members, and how many there are."""
    query = ProgressQuery(items or (item(),), audiences)
    found = storage.behind(query, **page)
    rows = [(row.reader.user, row.expected, row.opened) for row in found.rows]
    return rows, found.total
