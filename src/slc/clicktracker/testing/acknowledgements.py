"""What a storage has to do with acknowledgements."""

from dataclasses import replace
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.acknowledgements.model import AcknowledgementQuery
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.acknowledgements.model import standing
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import DECLARED
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import READING_LEVELS
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.progress import LevelNumbers
from slc.clicktracker.testing.contract import NASTY
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.progress import behind
from slc.clicktracker.testing.progress import BOARD
from slc.clicktracker.testing.progress import item
from slc.clicktracker.testing.progress import lacking
from slc.clicktracker.testing.progress import progress
from slc.clicktracker.testing.progress import reached
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import CAROL
from slc.clicktracker.testing.visits import CHANGED
from slc.clicktracker.testing.visits import coverage
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import LONG
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import OTHER
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import seconds
from threading import Barrier
from threading import Thread

import pytest


SENTENCE = "I have read and understood this document."
SECRETARY = Reader("secretary", name="Sam Secretary")


def acknowledged(
    number: int = 1, reader: Reader = ALICE, at: float = 60, **more: object
) -> Acknowledgement:
    """Return what a reader says of ``LONG`` so many seconds after the start."""
    values = {
        "key": f"ack-{number}",
        "kind": ACKNOWLEDGED,
        "document": DOC,
        "version": LONG,
        "reader": reader,
        "at": seconds(at),
        "by": reader,
        "sentence": SENTENCE,
        "language": "en",
    }
    return Acknowledgement(**{**values, **more})


def attested(
    number: int = 1, reader: Reader = CAROL, at: float = 60, **more: object
) -> Acknowledgement:
    """Return what the secretary says of a reader."""
    values = {
        "key": f"att-{number}",
        "kind": ATTESTED,
        "by": SECRETARY,
        "sentence": "",
        "language": "",
        "way": "aloud",
        "why": "Read aloud in the meeting",
    }
    return acknowledged(number, reader, at, **{**values, **more})


def withdrawn(said: Acknowledgement, at: float = 120) -> Acknowledgement:
    """Return that it does not stand any more."""
    return replace(
        said,
        key=f"{said.key} withdrawn",
        at=seconds(at),
        sentence="",
        language="",
        why="It was a mistake",
        is_withdrawn=True,
    )


def every(storage, *uids, **query):
    """Return all acknowledgements of documents, of ``DOC`` if none is named."""
    return storage.acknowledgements(AcknowledgementQuery(uids or (DOC.uid,), **query))


def stands(storage, *uids, **query):
    """Return (user, kind) of what stands."""
    return [(a.reader.user, a.kind) for a in standing(every(storage, *uids, **query))]


def listed(storage, **query):
    """Return (user, level, whether acknowledged, whether attested) of a list."""
    return [
        (
            row.reader.user,
            row.level,
            row.acknowledged is not None,
            row.attested is not None,
        )
        for row in readings(storage, **query)
    ]


def absent(storage, *uids):
    page = storage.absent(AbsenceQuery(uids or (DOC.uid,), BOARD))
    return [row.reader.user for row in page.rows]


class AcknowledgingContract(StorageContract):
    """Tests of acknowledgements, one after the other."""

    def test_the_name_that_is_known_last_counts_in_whatever_order_they_come(self):
        storage = self.make_storage()
        new, old = (
            Reader("alice", name="Alice Anders"),
            Reader("alice", name="Alice A."),
        )
        said = [
            acknowledged(1, new, at=60),
            withdrawn(acknowledged(1, old), at=50),
            acknowledged(2, new, at=10),
        ]
        assert len(storage.acknowledge(said)) == 3
        assert {each.reader.name for each in every(storage)} == {"Alice Anders"}

    def test_all_that_was_said_is_kept_as_it_was_said(self):
        storage = self.make_storage()
        said = acknowledged(asked_again=True)
        assert storage.acknowledge([said]) == (said,)
        vouched = attested(at=90)
        assert storage.acknowledge([vouched]) == (vouched,)
        assert every(storage) == (said, vouched)

    def test_what_is_said_again_changes_nothing(self):
        storage = self.make_storage()
        said = acknowledged()
        storage.acknowledge([said])
        assert storage.acknowledge([said]) == ()
        assert storage.acknowledge([replace(said, key="in another tab")]) == ()
        twice = [acknowledged(2, BOB), acknowledged(3, BOB)]
        assert storage.acknowledge(twice) == (twice[0],)
        assert stands(storage) == [("alice", ACKNOWLEDGED), ("bob", ACKNOWLEDGED)]

    def test_nothing_is_said_with_nothing(self):
        storage = self.make_storage()
        assert storage.acknowledge([]) == ()
        assert every(storage) == ()

    def test_what_is_withdrawn_stays_but_does_not_stand(self):
        storage = self.make_storage()
        said = acknowledged()
        storage.acknowledge([said])
        taken_back = withdrawn(said)
        assert storage.acknowledge([taken_back]) == (taken_back,)
        assert storage.acknowledge([replace(taken_back, key="again")]) == ()
        assert [a.is_withdrawn for a in every(storage)] == [False, True]
        assert stands(storage) == listed(storage) == []
        again = replace(said, key="after all", at=seconds(300))
        assert storage.acknowledge([again]) == (again,)
        assert stands(storage) == [("alice", ACKNOWLEDGED)]

    def test_what_does_not_stand_can_not_be_withdrawn(self):
        storage = self.make_storage()
        assert storage.acknowledge([withdrawn(acknowledged())]) == ()
        assert every(storage) == ()

    def test_who_vouches_says_nothing_of_what_the_reader_has_said(self):
        storage = self.make_storage()
        said, vouched = acknowledged(), attested(reader=ALICE, at=90)
        storage.acknowledge([said])
        storage.acknowledge([vouched])
        assert stands(storage) == [("alice", ACKNOWLEDGED), ("alice", ATTESTED)]
        storage.acknowledge([withdrawn(vouched)])
        assert stands(storage) == [("alice", ACKNOWLEDGED)]

    def test_several_can_be_vouched_for_at_once(self):
        storage = self.make_storage()
        many = [attested(n, Reader(f"user-{n}")) for n in range(300)]
        assert storage.acknowledge(many) == tuple(many)
        assert len(every(storage)) == 300
        people = tuple(each.reader for each in many)
        assert progress(storage, audiences=(people,)) == (300,)

    def test_each_text_is_acknowledged_by_itself(self):
        storage = self.make_storage()
        same = Version("7", LONG.digest, 100)
        storage.acknowledge([acknowledged(1)])
        assert storage.acknowledge([acknowledged(2, version=same)]) == ()
        changed = acknowledged(3, version=CHANGED, at=90)
        assert storage.acknowledge([changed]) == (changed,)
        storage.acknowledge([withdrawn(acknowledged(1, version=same), at=120)])
        assert [a.version for a in standing(every(storage))] == [CHANGED]

    def test_documents_and_sites_do_not_mix(self):
        one, two = self.make_storage("one"), self.make_storage("two")
        one.acknowledge([acknowledged(1), acknowledged(2, document=OTHER)])
        assert stands(one) == stands(one, OTHER.uid) == [("alice", ACKNOWLEDGED)]
        assert stands(one, "unknown") == stands(two) == []
        assert len(one.acknowledgements(AcknowledgementQuery())) == 2
        assert two.acknowledge([acknowledged(1)]) != ()

    def test_a_reader_is_asked_for_by_the_account(self):
        storage = self.make_storage()
        elsewhere = Reader("alice", "/acl_users")
        storage.acknowledge([acknowledged(1), acknowledged(2, elsewhere)])
        storage.acknowledge([acknowledged(3, BOB)])
        assert stands(storage, reader=ALICE) == [("alice", ACKNOWLEDGED)]
        (other,) = every(storage, reader=elsewhere)
        assert other.reader.folder == "/acl_users"
        query = AcknowledgementQuery(reader=BOB)
        assert [a.key for a in storage.acknowledgements(query)] == ["ack-3"]

    def test_texts_are_kept_whatever_they_contain(self):
        storage = self.make_storage()
        for number, nasty in enumerate(NASTY):
            said = acknowledged(
                number, Reader(f"user-{number}"), sentence=nasty, why=nasty
            )
            storage.acknowledge([said])
        assert [a.sentence for a in every(storage)] == [
            acknowledged(sentence=nasty).sentence for nasty in NASTY
        ]

    def test_nobody_and_nothing_can_not_be_acknowledged(self):
        for wrong in (
            {"reader": Reader("")},
            {"version": Version()},
            {"kind": "sworn"},
            {"document": replace(DOC, uid="")},
            {"key": ""},
        ):
            with pytest.raises(ValueError):
                acknowledged(**wrong)

    def test_two_at_once_are_recorded_once(self):
        storages = [self.make_storage("site") for _n in range(4)]
        storages[0].acknowledge([acknowledged(0, BOB)])
        ready, new = Barrier(len(storages)), []

        def click(number):
            ready.wait()
            new.extend(storages[number].acknowledge([acknowledged(10 + number)]))

        threads = [Thread(target=click, args=(n,)) for n in range(len(storages))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(new) == len(every(storages[0], reader=ALICE)) == 1


class EnoughContract(StorageContract):
    """Tests that what was acknowledged, or is attested, is as good as any level."""

    def test_it_is_read_where_nothing_else_is_known(self):
        storage = self.make_storage()
        storage.acknowledge([acknowledged(1, ALICE), attested(2, CAROL, at=90)])
        assert listed(storage) == [
            ("alice", DECLARED, True, False),
            ("carol", DECLARED, False, True),
        ]
        assert absent(storage) == ["bob"]
        assert progress(storage) == (2,)
        assert reached(storage) == [LevelNumbers(0, 0, 0, 0, 1, 1)]
        assert behind(storage)[0] == [("bob", 1, 0), ("alice", 1, 1), ("carol", 1, 1)]

    def test_levels_are_told_as_they_are(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, ALICE, 10_000, marks=Marks.ENDED),
                read(2, BOB, 1_000),
                note(CAROL, version=LONG),
            ]
        )
        storage.acknowledge([acknowledged(1), attested(2, BOB), attested(3, CAROL)])
        assert listed(storage, current=("d1",)) == [
            ("alice", "finished", True, False),
            ("bob", "opened", False, True),
            ("carol", DECLARED, False, True),
        ]
        assert reached(storage) == [LevelNumbers(0, 0, 0, 0, 2, 1)]
        found = coverage(storage)
        assert (found.opened, found.acknowledged, found.attested) == (2, 1, 2)

    def test_it_is_enough_for_whatever_is_asked_for_and_can_be_asked_for_itself(self):
        storage = self.make_storage()
        storage.record(
            [
                read(1, BOB, 10_000, marks=Marks.ENDED),
                read(2, CAROL, 1_000),
                read(3, CAROL, 1_000, version=CHANGED, at=50),
            ]
        )
        items = [
            item(current=current, asks_for=asked)
            for current in (("d1",), ("d2",), ())
            for asked in (*READING_LEVELS, ACKNOWLEDGED)
        ]
        storage.acknowledge([acknowledged(1), attested(2, version=CHANGED)])
        numbers = (1, 3, 2, 2, 1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 2)
        assert progress(storage, *items) == numbers
        assert [3 - len(missing) for missing in lacking(storage, *items)] == [*numbers]
        asked = item(current=("d1",), asks_for=ACKNOWLEDGED)
        assert lacking(storage, asked) == [["carol", "bob"]]
        assert behind(storage, asked)[0] == [
            ("bob", 1, 0),
            ("carol", 1, 0),
            ("alice", 1, 1),
        ]
        storage.acknowledge([withdrawn(acknowledged(1))])
        assert lacking(storage, asked) == [["carol", "bob", "alice"]]

    def test_times_are_those_of_the_reading_where_there_is_any(self):
        storage = self.make_storage()
        storage.record([read(1, ALICE, 1_000)])
        storage.acknowledge([acknowledged(1, at=60), acknowledged(2, BOB, at=90)])
        alice, bob = readings(storage, sort="last")
        assert (alice.last, alice.acknowledged) == (seconds(1), seconds(60))
        assert bob.first == bob.last == bob.acknowledged == seconds(90)
        assert [row.reader.user for row in readings(storage, until=seconds(30))] == [
            "alice"
        ]

    def test_the_first_time_is_that_of_the_text_that_was_acknowledged_first(self):
        storage = self.make_storage()
        storage.acknowledge([acknowledged(1, at=10)])
        storage.acknowledge([acknowledged(2, at=20, version=CHANGED)])
        (row,) = readings(storage)
        assert (row.first, row.last) == (seconds(10), seconds(20))

    def test_only_the_text_counts_that_was_acknowledged(self):
        storage = self.make_storage()
        storage.acknowledge([acknowledged(1)])
        storage.record([note(BOB, at=200, version=CHANGED)])
        wanted = [item(current=current) for current in (("d1",), ("d2",), ("d1", "d2"))]
        assert progress(storage, *wanted) == (1, 0, 1)
        assert listed(storage, current=("d2",), standing="older") == [
            ("alice", DECLARED, True, False)
        ]
        assert absent(storage) == ["bob", "carol"]

    def test_it_is_told_of_the_newest_text_alone(self):
        storage = self.make_storage()
        storage.record([read(1, ALICE, 10_000), note(BOB, at=200, version=CHANGED)])
        storage.acknowledge([acknowledged(1)])
        storage.acknowledge([attested(2, ALICE, at=300, version=CHANGED)])
        (row,) = readings(storage, current=("d2",))
        assert (row.level, row.behind, row.text) == (DECLARED, 0, "d2")
        assert (row.acknowledged, row.attested) == (None, seconds(300))
        assert (row.count, row.first) == (1, seconds(0))
        assert row.of_text.count == 0

    def test_lists_can_be_of_those_alone(self):
        storage = self.make_storage()
        storage.record([read(1, ALICE, 1_000), read(2, BOB, 1_000)])
        storage.acknowledge([acknowledged(1), attested(2, CAROL)])
        for current in ((), ("d1",)):
            found = {
                kind: [
                    a.reader.user
                    for a in readings(storage, current=current, declared=kind)
                ]
                for kind in ("", ACKNOWLEDGED, ATTESTED)
            }
            assert found == {
                "": ["alice", "bob", "carol"],
                ACKNOWLEDGED: ["alice"],
                ATTESTED: ["carol"],
            }

    def test_whoever_has_only_acknowledged_comes_before_all_levels(self):
        storage = self.make_storage()
        storage.record([read(1, ALICE, 1_000)])
        storage.acknowledge([acknowledged(1, BOB)])
        assert [row[0] for row in listed(storage, sort="level")] == ["bob", "alice"]
        assert listed(storage, level=DECLARED)[0][0] == "bob"

    def test_what_was_withdrawn_is_no_reading_any_more(self):
        storage = self.make_storage()
        storage.record([note(BOB, at=30, version=LONG), read(1, ALICE, 1_000)])
        said = [acknowledged(n, who) for n, who in enumerate((ALICE, BOB, CAROL))]
        storage.acknowledge(said)
        assert progress(storage) == (3,)
        storage.acknowledge([withdrawn(each) for each in said])
        assert listed(storage) == [("alice", "opened", False, False)]
        assert absent(storage) == ["bob", "carol"]
        assert [t.last for t in storage.texts([DOC.uid])] == [seconds(30)]

    def test_a_document_that_nobody_has_opened_is_known_by_it(self):
        storage = self.make_storage()
        storage.acknowledge([attested(1)])
        assert storage.document_uids() == {DOC.uid}
        (found,) = storage.read_documents([DOC.uid])
        assert (found.readers, found.last) == (1, seconds(60))
        (text,) = storage.texts([DOC.uid])
        assert (text.text, text.first, text.readers) == ("d1", seconds(60), 1)
        assert storage.first_readings([DOC.uid]) == storage.depths([DOC.uid]) == ()

    def test_the_history_of_a_reader_has_it(self):
        storage = self.make_storage()
        storage.acknowledge([attested(1)])
        found = storage.history(HistoryQuery((DOC.uid,), CAROL))
        (version,) = found.versions
        assert (version.level, version.declared) == (DECLARED, (seconds(60),))
        assert found.total == 0


class AcknowledgedAccountsContract(StorageContract):
    """Tests of acknowledgements when accounts end."""

    def test_who_is_forgotten_has_acknowledged_nothing(self):
        storage = self.make_storage("one")
        other = self.make_storage("two")
        for site in (storage, other):
            site.acknowledge([acknowledged(1), acknowledged(2, BOB)])
        assert storage.forget(ALICE) == 1
        assert [a.reader.user for a in every(storage)] == ["bob"]
        assert listed(storage) == [("bob", DECLARED, True, False)]
        assert len(every(other)) == 2

    def test_what_was_withdrawn_goes_with_the_reader_too(self):
        storage = self.make_storage()
        storage.acknowledge([acknowledged(1)])
        storage.acknowledge([withdrawn(acknowledged(1))])
        storage.forget(ALICE)
        assert every(storage) == ()

    def test_who_vouched_and_is_forgotten_is_not_named_any_more(self):
        storage = self.make_storage()
        storage.acknowledge([attested(1)])
        storage.forget(SECRETARY)
        (found,) = every(storage)
        assert (found.by, found.reader.user) == (Reader(""), "carol")

    def test_a_later_account_has_acknowledged_nothing(self):
        storage = self.make_storage()
        storage.now = lambda: seconds(100)
        storage.acknowledge([acknowledged(1, at=60)])
        storage.retire(ALICE)
        assert (progress(storage), absent(storage)) == ((0,), ["alice", "bob", "carol"])
        storage.acknowledge([acknowledged(2, at=200)])
        found = [(a.generation, a.retired) for a in every(storage)]
        assert found == [(1, seconds(100)), (2, None)]
        assert [a.key for a in every(storage, reader=ALICE)] == ["ack-2"]
        assert [a.key for a in every(storage, reader=ALICE, generation=1)] == ["ack-1"]
        assert progress(storage) == (1,)

    def test_an_account_is_kept_for_what_it_has_withdrawn(self):
        storage = self.make_storage()
        storage.acknowledge([attested(1)])
        storage.acknowledge([withdrawn(attested(1))])
        storage.drop_unused(seconds(1_000_000), 99)
        assert len(every(storage)) == 2

    def test_the_rule_of_levels_does_not_matter_to_it(self):
        storage = self.make_storage()
        storage.acknowledge([acknowledged(1)])
        for least in (0, 99):
            rule = EngagementRule(least_seconds=least)
            assert storage.coverage((DOC.uid,), rule).acknowledged == 1
