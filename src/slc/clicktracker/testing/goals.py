"""What a storage has to do with goals and splits."""

from datetime import timedelta
from slc.clicktracker.storage.goals.model import BY_EVENT
from slc.clicktracker.storage.goals.model import Exposure
from slc.clicktracker.storage.goals.model import GoalChance
from slc.clicktracker.storage.goals.model import GoalFigures
from slc.clicktracker.storage.goals.model import ReachedGoal
from slc.clicktracker.storage.goals.model import SplitFigures
from slc.clicktracker.storage.goals.model import UNUSED
from slc.clicktracker.storage.goals.model import VariantFigures
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.testing.contract import NASTY
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CAROL
from slc.clicktracker.testing.visits import CHANGED
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import OTHER
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import START
from threading import Barrier
from threading import Thread


GOAL = "Read"
MATOMO = "matomo"
RULE = EngagementRule()
_DAY = 86_400


def chance(
    reader: Reader = ALICE,
    level: str = "finished",
    at: float = 0,
    told: str = "",
    document=DOC,
    version: Version = LONG,
    issued: float = 0,
    goal: str = GOAL,
    rule: EngagementRule = RULE,
) -> GoalChance:
    """Return the chance of a reader of a page that was served ``issued`` seconds after the
    start; Matomo is to be ``told`` a key."""
    hits = (Hit(MATOMO, told, utc_now(), "https://example.org/"),) if told else ()
    return GoalChance(
        goal=goal,
        level=level,
        at=seconds(at),
        issued=seconds(issued),
        uid=document.uid,
        version=version,
        reader=reader,
        rule=rule,
        hits=hits,
    )


def figures(storage, goal=GOAL, since=0, until=100 * _DAY):
    """Return (readers, times, served, of served) from some seconds until others."""
    (found,) = storage.goal_figures([goal], seconds(since), seconds(until))
    return found.readers, found.times, found.served, found.of_served


def told(storage):
    """Return the keys of what Matomo is to be told."""
    return [hit.key for hit in storage.waiting_hits(MATOMO, 99)]


class ReachingContract(StorageContract):
    """Tests of goals, one reader after the other."""

    def test_a_level_that_takes_several_messages_is_reached_once(self):
        storage = self.make_storage("site")
        storage.record([read(1, engaged=4_000)])
        storage.reach_goals([chance(at=4, told="a")])
        assert (figures(storage), told(storage)) == ((0, 0, 1, 0), [])
        storage.record([read(1, engaged=11_000, marks=Marks.ENDED)])
        storage.reach_goals([chance(at=11, told="b")])
        assert (figures(storage), told(storage)) == ((1, 1, 1, 1), ["b"])
        storage.record([read(2, engaged=20_000, marks=Marks.ENDED)])
        storage.reach_goals([chance(at=20, told="c"), chance(at=21, told="d")])
        assert (figures(storage), told(storage)) == ((1, 1, 1, 1), ["b"])

    def test_a_page_that_is_served_again_keeps_no_service_from_being_told(self):
        storage = self.make_storage("site")
        storage.record([read(1), note(version=LONG)])
        storage.reach_goals([chance(level=UNUSED, at=1)])
        assert figures(storage) == (0, 0, 1, 0)
        storage.reach_goals(
            [
                chance(level=UNUSED, at=2),
                chance(level="opened", at=3, told="a"),
                chance(level=UNUSED, at=4),
            ]
        )
        assert (figures(storage), told(storage)) == ((1, 1, 1, 1), ["a"])

    def test_each_level_is_a_goal_of_its_own(self):
        storage = self.make_storage("site")
        levels = ["opened", "engaged", "finished", "downloaded", BY_EVENT]

        def reached(*accesses):
            storage.record(accesses)
            storage.reach_goals(
                [chance(level=each, goal=f"to {each}") for each in levels]
            )
            return [each for each in levels if figures(storage, f"to {each}")[0]]

        assert reached(note(version=LONG)) == [BY_EVENT]
        assert reached(read(1)) == ["opened", BY_EVENT]
        assert reached(read(1, engaged=10_000)) == ["opened", "engaged", BY_EVENT]
        assert reached(download(version=LONG)) == [
            *("opened", "engaged", "downloaded", BY_EVENT)
        ]
        assert reached(read(1, marks=Marks.ENDED)) == levels

    def test_how_long_a_text_needs_is_up_to_the_rule(self):
        storage = self.make_storage("site")
        storage.record([read(1, engaged=9_999), read(2, BOB, 9_999)])
        storage.reach_goals([chance(level="engaged")])
        assert figures(storage)[0] == 0
        storage.reach_goals([chance(BOB, "engaged", rule=EngagementRule(601))])
        assert figures(storage)[0] == 1

    def test_a_reader_reaches_it_with_each_text_and_counts_once(self):
        storage = self.make_storage("site")
        same = Version("7", LONG.digest, 100)
        for number, version in enumerate((LONG, CHANGED, same, Version("old"))):
            storage.record([read(number, version=version)])
            storage.reach_goals([chance(level="opened", version=version, at=number)])
        storage.record([read(9, document=OTHER), read(9, BOB, document=OTHER)])
        storage.reach_goals(
            [chance(who, "opened", document=OTHER) for who in (ALICE, BOB)]
        )
        assert figures(storage) == (2, 5, 2, 2)

    def test_it_counts_on_the_days_on_which_it_was_reached_and_first_served(self):
        storage = self.make_storage("site")
        storage.record([note(who, version=LONG) for who in (ALICE, BOB, CAROL)])
        storage.reach_goals([chance(ALICE), chance(BOB, at=_DAY), chance(CAROL)])
        storage.record(
            [read(1, who, 10_000, marks=Marks.ENDED) for who in (ALICE, BOB)]
        )
        storage.reach_goals([chance(ALICE, at=_DAY), chance(BOB, at=2 * _DAY)])
        assert figures(storage, until=_DAY) == (0, 0, 2, 0)
        assert figures(storage, until=_DAY + 1) == (1, 1, 3, 1)
        assert figures(storage, since=_DAY, until=2 * _DAY) == (1, 1, 1, 0)
        assert figures(storage, since=2 * _DAY) == (1, 1, 0, 0)
        assert figures(storage) == (2, 2, 3, 2)

    def test_since_when_a_goal_is_known_is_told_of_any_days(self):
        storage = self.make_storage("site")
        storage.record([read(1), read(2, BOB)])
        storage.reach_goals([chance(at=_DAY), chance(BOB, at=9), chance(BOB, at=5)])
        for days in ((seconds(0), seconds(1)), (seconds(0), seconds(2 * _DAY))):
            known, never = storage.goal_figures([GOAL, "never"], *days)
            assert (known.known_since, never.known_since) == (seconds(5), None)

    def test_a_clock_that_was_put_back_makes_no_share_larger_than_all(self):
        storage = self.make_storage("site")
        storage.record([read(1, engaged=10_000, marks=Marks.ENDED)])
        storage.reach_goals([chance(at=500)])
        storage.reach_goals([chance(at=100), chance(level="opened", goal="x", at=-9)])
        assert figures(storage) == (1, 1, 1, 1)
        assert figures(storage, until=200) == (0, 0, 1, 0)
        assert figures(storage, since=200) == (1, 1, 0, 0)

    def test_what_nobody_was_served_is_no_chance(self):
        storage = self.make_storage("site")
        storage.reach_goals([])
        storage.record([note(version=LONG)])
        storage.reach_goals(
            [
                chance(BOB, BY_EVENT, told="a"),
                chance(level=BY_EVENT, document=OTHER, told="b"),
                chance(level=BY_EVENT, version=CHANGED, told="c"),
                chance(Reader("alice", "/acl_users"), BY_EVENT, told="d"),
            ]
        )
        assert (figures(storage), told(storage)) == ((0, 0, 0, 0), [])

    def test_texts_of_all_kinds_name_goals(self):
        storage = self.make_storage("site")
        storage.record([read(1)])
        names = [text for text in NASTY if text]
        storage.reach_goals([chance(level="opened", goal=name) for name in names])
        found = storage.goal_figures(names, START, seconds(1))
        assert [each.readers for each in found] == [1] * len(names)
        assert storage.goal_figures(["no"], START, seconds(1)) == (GoalFigures("no"),)

    def test_who_reaches_it_in_two_processes_at_once_reaches_it_once(self):
        storages = [self.make_storage("site") for _ in range(4)]
        people = [Reader(f"reader-{number}") for number in range(20)]
        storages[0].record([read(1, who) for who in people])
        barrier, errors = Barrier(len(storages)), []

        def reach(number):
            barrier.wait()
            try:
                order = people if number % 2 else people[::-1]
                storages[number].reach_goals(
                    [
                        chance(who, "opened", told=f"{who.user} {number}")
                        for who in order
                    ]
                )
            except Exception as error:
                errors.append(error)

        threads = [Thread(target=reach, args=(n,)) for n in range(len(storages))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert figures(storages[0]) == (20, 20, 20, 20)
        keys = [key.split()[0] for key in told(storages[0])]
        assert sorted(keys) == sorted(who.user for who in people)

    def test_sites_know_nothing_of_each_other_s_goals(self):
        here, there = self.make_storage("here"), self.make_storage("there")
        for storage in (here, there):
            storage.record([read(1)])
            storage.reach_goals([chance(level="opened")])
            storage.record_exposures([shown()])
        here.forget(ALICE)
        assert (figures(here), figures(there)) == ((0, 0, 0, 0), (1, 1, 1, 1))
        assert (split(here), split(there)) == ([], [("short", 1, 1)])

    def test_whose_account_is_deleted_has_reached_it_and_a_later_one_has_not(self):
        storage = self.make_storage("site")
        storage.record([read(1)])
        storage.reach_goals([chance(level="opened")])
        storage.retire(ALICE)
        later = (utc_now() - START).total_seconds() + 9
        storage.record([read(2, at=later)])
        storage.reach_goals([chance(level="finished", issued=later, at=1)])
        assert figures(storage) == (1, 1, 2, 1)

    def test_a_reader_is_told_what_they_have_reached_themselves_and_when(self):
        storage = self.make_storage("site")
        storage.record([read(1), read(2, BOB)])
        storage.reach_goals([chance(level="opened", at=7), chance(BOB, "opened", 8)])
        assert storage.reached_goals(ALICE) == (ReachedGoal(GOAL, DOC.uid, seconds(7)),)
        assert storage.reached_goals(Reader("alice", "/acl_users")) == ()
        storage.retire(ALICE)
        assert storage.reached_goals(ALICE) == ()
        assert len(storage.reached_goals(BOB)) == 1


def shown(reader=ALICE, variant="short", at=0, of="headline"):
    return Exposure(of, variant, reader, seconds(at))


def split(storage, since=0, until=100 * _DAY):
    """Return (variant, readers, reached) of each."""
    found = storage.split_figures("headline", GOAL, seconds(since), seconds(until))
    return [(each.variant, each.readers, each.reached) for each in found.variants]


class SplittingContract(StorageContract):
    """Tests of what splits showed to whom, and what came of it."""

    def reached(self, storage, reader, at=0):
        storage.record([note(reader, version=LONG)])
        storage.reach_goals([chance(reader, BY_EVENT, at)])

    def test_variants_have_their_readers_beside_one_another(self):
        storage = self.make_storage("site")
        people = [Reader(f"reader-{number}") for number in range(7)]
        variants = ["short", "long", "short", "long", "short", "long", "short"]
        storage.record_exposures(
            [shown(*each) for each in zip(people, variants, strict=True)]
        )
        for who in people[:3]:
            self.reached(storage, who, 1)
        assert split(storage) == [("long", 3, 1), ("short", 4, 2)]
        other = storage.split_figures("other", GOAL, START, seconds(1))
        assert other == SplitFigures()
        assert storage.split_figures("headline", "x", START, seconds(1)).variants == (
            VariantFigures("long", 3, 0),
            VariantFigures("short", 4, 0),
        )

    def test_the_first_time_counts_however_often_it_was_shown(self):
        storage = self.make_storage("site")
        storage.record_exposures([shown(at=9), shown(at=5)])
        storage.record_exposures([shown(at=7)])
        assert split(storage, 5, 6) == [("short", 1, 0)]
        assert split(storage, 6) == split(storage, 0, 5) == []

    def test_only_what_was_reached_after_it_and_before_the_end_counts(self):
        storage = self.make_storage("site")
        for number, who in enumerate((ALICE, BOB, CAROL)):
            storage.record_exposures([shown(who, at=10)])
            self.reached(storage, who, 9 + number)
        assert split(storage, until=11) == [("short", 3, 1)]
        assert split(storage, until=12) == [("short", 3, 2)]

    def test_who_was_shown_several_is_told_apart(self):
        storage = self.make_storage("site")
        storage.record_exposures([shown(), shown(variant="long", at=1), shown(BOB)])
        found = storage.split_figures("headline", GOAL, START, seconds(9))
        assert found == SplitFigures((VariantFigures("short", 1, 0),), several=1)

    def test_a_reader_is_told_what_they_were_shown_themselves(self):
        storage = self.make_storage("site")
        storage.record_exposures([shown(at=9), shown(at=5), shown(BOB, "long", 1)])
        storage.record_exposures([shown(of="colour", at=7)])
        assert [(each.split, each.at) for each in storage.exposures(ALICE)] == [
            ("headline", seconds(5)),
            ("colour", seconds(7)),
        ]
        storage.retire(ALICE)
        assert storage.exposures(ALICE) == ()

    def test_old_ones_are_removed_some_at_a_time(self):
        storage, other = self.make_storage("site"), self.make_storage("other")
        shown_to = [shown(who, at=n) for n, who in enumerate((ALICE, BOB, CAROL))]
        for each in (storage, other):
            each.record_exposures(shown_to)
        before = seconds(2)
        assert storage.old_exposures(before) == 2
        assert [storage.drop_exposures(before, 1) for _ in range(3)] == [1, 1, 0]
        assert (split(storage), storage.old_exposures(before)) == ([("short", 1, 0)], 0)
        assert other.old_exposures(before) == 2
        storage.record_exposures([shown(ALICE, at=9)])
        assert split(storage) == [("short", 2, 0)]

    def test_who_is_forgotten_or_leaves_is_in_none(self):
        storage = self.make_storage("site")
        root = Reader("alice", "/acl_users")
        storage.record_exposures([shown(), shown(BOB), shown(root), shown(CAROL)])
        storage.forget(ALICE)
        storage.retire(BOB)
        # What is on its way yet is nobody else's.
        storage.record_exposures([shown(BOB), shown(BOB, "long")])
        assert split(storage) == [("short", 2, 0)]
        later = utc_now() + timedelta(seconds=9)
        storage.record_exposures([Exposure("headline", "long", BOB, later)])
        found = storage.split_figures("headline", GOAL, later, later + timedelta(1))
        assert found.variants == (VariantFigures("long", 1, 0),)

    def test_texts_of_all_kinds_name_splits(self):
        storage = self.make_storage("site")
        for text in filter(None, NASTY):
            storage.record_exposures([shown(variant=text, of=text)])
            (found,) = storage.split_figures(text, text, START, seconds(9)).variants
            assert found.readers == 1
