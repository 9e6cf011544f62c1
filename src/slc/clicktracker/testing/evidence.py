"""What a storage has to answer about how far people read."""

from dataclasses import replace
from itertools import permutations
from slc.clicktracker.storage.capabilities import IReadingLists
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import NO_MARKS
from slc.clicktracker.storage.marks import together
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Version
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.histories import history
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CAROL
from slc.clicktracker.testing.visits import CHANGED
from slc.clicktracker.testing.visits import DAVE
from slc.clicktracker.testing.visits import levels
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from slc.clicktracker.testing.visits import visit

import pytest


class EvidenceContract(StorageContract):
    """Tests of levels and versions."""

    def test_a_reading_says_how_far_it_went(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, ALICE, 10_000, marks=Marks.ENDED),
                read(2, BOB, 10_000),
                read(3, CAROL, 9_999, marks=Marks.ENDED),
                read(4, DAVE, 0),
            ]
        )
        assert levels(storage) == {
            "alice": "finished",
            "bob": "engaged",
            "carol": "opened",
            "dave": "opened",
        }
        marks = [row.marks for row in readings(storage)]
        assert marks == [Marks.ENDED, NO_MARKS, Marks.ENDED, NO_MARKS]

    def test_a_text_of_two_words_needs_some_seconds_all_the_same(self):
        storage = self.make_storage()
        short = Version("1", "d1", 2)
        storage.record(
            [
                read(1, ALICE, 4_999, version=short),
                read(2, BOB, 5_000, version=short),
                read(3, CAROL, 4_999, version=Version("old")),
                read(4, DAVE, 5_000, version=Version("old")),
            ]
        )
        assert levels(storage) == {
            "alice": "opened",
            "bob": "engaged",
            "carol": "opened",
            "dave": "engaged",
        }

    def test_a_rule_that_makes_no_sense_is_refused(self):
        for senseless in ({"words_per_minute": 0}, {"least_seconds": -1}):
            with pytest.raises(ValueError):
                EngagementRule(**senseless)

    def test_nobody_is_engaged_for_longer_than_has_passed(self):
        """Whatever a browser, or somebody instead of it, says."""
        storage = self.make_storage()
        storage.record(
            [
                read(1, ALICE, 60_000, stay=9.9999, marks=Marks.ENDED),
                *(read(n, BOB, 60_000, at=n / 10, stay=3) for n in range(10, 20)),
                visit(3, CAROL, at=9, issued=seconds(30), version=LONG, engaged=60_000),
            ]
        )
        found = [(row.reader.user, row.engaged, row.level) for row in readings(storage)]
        assert found == [
            ("alice", 9_999, "opened"),
            ("bob", 3_900, "opened"),
            ("carol", 0, "opened"),
        ]

    def test_time_passes_from_the_oldest_ticket_in_whatever_order_they_arrive(self):
        sent = [
            read(1, engaged=6_000, at=20, stay=6),
            read(2, engaged=6_000, at=0, stay=26, opened=seconds(20)),
            read(3, engaged=0, at=4, stay=1),
        ]
        for number, order in enumerate(permutations(sent)):
            storage = self.make_storage(f"site-{number}")
            for access in order:
                storage.record([access])
            (row,) = readings(storage)
            assert (row.engaged, row.level) == (12_000, "engaged")

    def test_several_short_looks_at_one_text_add_up(self):
        storage = self.make_storage()
        storage.record([read(1, engaged=6_000, marks=Marks.ENDED)])
        assert levels(storage) == {"alice": "opened"}
        storage.record([read(2, engaged=4_000, at=100)])
        assert levels(storage) == {"alice": "finished"}

    def test_half_of_two_texts_is_not_one(self):
        storage = self.make_storage()
        other = Version("2", "d2", 100)
        storage.record(
            [
                read(1, engaged=9_000),
                read(2, engaged=9_000, version=other, marks=Marks.ENDED),
            ]
        )
        (row,) = readings(storage)
        assert (row.engaged, row.level, row.marks) == (18_000, "opened", Marks.ENDED)

    def test_the_level_is_that_of_the_text_with_which_the_reader_got_furthest(self):
        storage = self.make_storage()
        versions = [Version(str(n), f"d{n}", 100) for n in range(3)]
        storage.record(
            [
                read(1, engaged=10_000, version=versions[0]),
                read(2, engaged=10_000, version=versions[1], marks=Marks.ENDED),
                read(3, engaged=1_000, version=versions[2]),
            ]
        )
        assert levels(storage) == {"alice": "finished"}

    def test_a_new_label_on_the_same_text_is_the_same_text(self):
        """As after a change of tags: time and end of both count together."""
        storage = self.make_storage()
        again = replace(LONG, label="2")
        storage.record(
            [
                read(1, engaged=6_000, marks=Marks.ENDED),
                read(2, engaged=6_000, at=100, version=again),
            ]
        )
        assert levels(storage) == {"alice": "finished"}

    def test_what_has_no_digest_is_told_apart_by_its_label(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, engaged=3_000, version=Version("1")),
                read(2, engaged=3_000, version=Version("2")),
                read(3, BOB, engaged=3_000, version=Version("1")),
                read(4, BOB, engaged=3_000, at=10, version=Version("1")),
            ]
        )
        assert levels(storage) == {"alice": "opened", "bob": "engaged"}

    def test_a_label_with_another_digest_is_another_text(self):
        """As where history was purged, or without one, when all labels are empty."""
        storage = self.make_storage()
        storage.record(
            [
                read(1, engaged=6_000, version=Version("", "d1", 100)),
                read(2, engaged=6_000, at=50, version=Version("", "d2", 100)),
            ]
        )
        assert levels(storage) == {"alice": "opened"}

    @pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
    def test_where_tickets_disagree_on_the_words_the_larger_number_counts(self, order):
        storage = self.make_storage()
        words = [replace(LONG, words=n) for n in (100, 110, 40)]
        for number in order:
            storage.record([read(number, BOB, 10_500, version=words[number])])
        storage.record([read(3, ALICE, 10_500, version=replace(LONG, label="9"))])
        assert levels(storage) == {"alice": "opened", "bob": "opened"}
        quicker = EngagementRule(words_per_minute=630)
        assert levels(storage, rule=quicker) == {"alice": "engaged", "bob": "engaged"}

    def test_what_was_so_of_a_view_remains_so(self):
        """That the end was seen, that it was printed, and so on."""
        for number, order in enumerate(permutations([NO_MARKS, *Marks])):
            storage = self.make_storage(f"site-{number}")
            for marks in order:
                storage.record([visit(1, marks=marks)])
            (row,) = readings(storage)
            assert (row.marks, row.count) == (together(Marks), 1)
            (access,) = history(storage).accesses
            assert access.marks == together(Marks)

    def test_of_several_views_at_once_all_is_so_that_any_of_them_says(self):
        storage = self.make_storage()
        views = [visit(n, at=n, marks=mark) for n, mark in enumerate(Marks)]
        again = [visit(0, BOB, at=9, marks=mark) for mark in Marks]
        storage.record(views)
        storage.record([*again, visit(0, BOB, at=9)])
        assert [row.marks for row in readings(storage)] == [together(Marks)] * 2

    def test_what_was_so_of_any_version_is_so_of_the_reading(self):
        """Also of two labels on the same text."""
        for other in (CHANGED, replace(LONG, label="2")):
            storage = self.make_storage(f"site-{other.digest}")
            storage.record(
                [
                    read(1, version=LONG, marks=Marks.ENDED),
                    read(2, version=other, marks=Marks.PRINTED),
                ]
            )
            (row,) = readings(storage)
            assert row.marks == Marks.ENDED | Marks.PRINTED

    def test_that_a_page_was_printed_is_known_of_the_reader(self):
        storage = self.make_storage()
        storage.record([visit(1), visit(2, at=1, marks=Marks.PRINTED), visit(3, BOB)])
        assert [row.marks for row in readings(storage)] == [Marks.PRINTED, NO_MARKS]

    def test_a_very_long_text_is_no_problem(self):
        storage = self.make_storage()
        storage.record([read(1, engaged=10**6, version=Version("1", "d", 10**9))])
        assert levels(storage) == {"alice": "opened"}

    @pytest.mark.parametrize("reverse", [False, True])
    def test_readings_are_sorted_by_how_far_and_how_long(self, reverse):
        storage = self.make_storage()
        storage.record(
            [
                read(1, BOB, 20_000),
                read(2, ALICE, 10_000, marks=Marks.ENDED),
                read(3, CAROL, 1_000),
                read(4, DAVE, 1_000),
            ]
        )
        users = users_by(storage, "level", reverse)
        assert users == ["carol", "dave", "bob", "alice"] or reverse
        assert users == ["alice", "bob", "carol", "dave"] or not reverse
        users = users_by(storage, "engaged", reverse)
        assert users == ["carol", "dave", "alice", "bob"] or reverse
        assert users == ["bob", "alice", "carol", "dave"] or not reverse

    def test_another_rule_judges_old_readings_anew(self):
        storage = self.make_storage()
        storage.record(
            [read(1, ALICE, 10_000), read(2, BOB, 30_000, marks=Marks.ENDED)]
        )
        slow = EngagementRule(words_per_minute=201)
        assert levels(storage, rule=slow) == {"alice": "opened", "bob": "finished"}
        long = EngagementRule(least_seconds=31)
        assert set(levels(storage, rule=long).values()) == {"opened"}
        quick = EngagementRule(words_per_minute=10**6, least_seconds=0)
        assert levels(storage, rule=quick) == {"alice": "engaged", "bob": "finished"}

    def test_a_text_whose_words_are_counted_anew_judges_earlier_readings_by_that(self):
        """Once its page was served to anybody."""
        storage = self.make_storage()
        short = Version("1", "d1", 2)
        storage.record([read(1, engaged=6_400, marks=Marks.ENDED, version=short)])
        assert levels(storage) == {"alice": "finished"}
        storage.record([note(BOB, version=Version("1", "d1", 1_500))])
        assert levels(storage) == {"alice": "opened"}


def users_by(storage: IReadingLists, sort: str, reverse: bool) -> list[str]:
    rows = readings(storage, sort=sort, reverse=reverse)
    return [row.reader.user for row in rows]
