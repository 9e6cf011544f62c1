"""What a storage has to do when somebody is to be forgotten, or to be nobody known."""

from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.events.model import MemberEvent
from slc.clicktracker.storage.goals.model import Exposure
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.traces import Traces
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.statistics import MEMBERS
from slc.clicktracker.testing.contract import at_once
from slc.clicktracker.testing.contract import StorageContract
from slc.clicktracker.testing.visitors.made_up import page_views
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.made_up import visits
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import coverage
from slc.clicktracker.testing.visits import DOC
from slc.clicktracker.testing.visits import download
from slc.clicktracker.testing.visits import note
from slc.clicktracker.testing.visits import read
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import visit

import pytest


NAMED = Reader("bob", name="Bob Berg")

DAYS = [Days(date(2026, 1, 1), date(2026, 1, 31))]

OTHER = Document("uid-other", "/site/other")
FIRST = Version("1")

#: What stands for somebody who was forgotten.
SOMEBODY = "forgotten-1"


class ForgettingContract(StorageContract):
    """Tests of what arrives late of those who were forgotten, and of pseudonyms."""

    @pytest.mark.parametrize("how", ["forget", "pseudonymise"])
    def test_what_was_on_its_way_is_not_recorded_any_more(self, how):
        storage = self.make_storage()
        issued = datetime.now(timezone.utc)
        first = visit(1, NAMED, issued=issued, opened=issued, seen=issued)
        storage.record([first])
        _take_away(storage, how)
        before = readings(storage)
        longer = replace(first, seen=issued + timedelta(seconds=9), engaged=9000)
        # From another process or host, on its own or with what is of others.
        storage.record([longer])
        storage.record([visit(2, NAMED), note(BOB), download(BOB), read(3, ALICE)])
        assert [row for row in readings(storage) if row.reader != ALICE] == before
        assert storage.traces(BOB) == Traces()

    def test_who_is_still_there_is_recorded_as_somebody_new(self):
        storage = self.make_storage()
        storage.record([visit(1, NAMED)])
        storage.forget(BOB)
        later = datetime.now(timezone.utc) + timedelta(seconds=1)
        storage.record([visit(2, NAMED, issued=later)])
        assert [(row.reader, row.count, row.former) for row in readings(storage)] == [
            (NAMED, 1, False)
        ]

    def test_who_is_forgotten_in_one_site_is_known_in_another(self):
        storage, other = self.make_storage(), self.make_storage("other")
        storage.forget(BOB)
        other.record([visit(1, BOB)])
        storage.record([visit(1, BOB), visit(2, Reader("bob", "/acl_users"))])
        assert len(readings(other)) == len(readings(storage)) == 1

    @pytest.mark.parametrize("how", ["forget", "pseudonymise"])
    def test_nothing_is_recorded_of_who_is_forgotten_while_much_arrives(self, how):
        storages = [self.make_storage() for _ in range(3)]
        storages[0].record([visit(0, BOB)])

        def work(number):
            storage = storages[number]
            for n in range(number * 100, number * 100 + 10):
                if number:
                    storage.record([visit(n, BOB, at=n), visit(n, ALICE, at=n)])
            if not number:
                _take_away(storage, how)

        at_once(work, range(3))
        rows = {row.reader.user: row for row in readings(storages[0])}
        assert rows.pop("alice").count == 20
        assert set(rows) <= ({SOMEBODY} if how == "pseudonymise" else set())
        assert storages[0].traces(BOB) == Traces()

    def test_a_pseudonym_keeps_the_evidence_and_tells_nobody_who_it_was(self):
        storage = self.make_storage()
        storage.record(
            [read(1, NAMED, 12_000), read(2, NAMED, 3_000, at=60), visit(3, ALICE)]
        )
        storage.record([download(NAMED)])
        before = {row.reader.user: row for row in readings(storage)}
        assert storage.pseudonymise(BOB, SOMEBODY) == 2
        after = {row.reader.user: row for row in readings(storage)}
        assert set(after) == {"alice", SOMEBODY}
        assert after[SOMEBODY] == replace(
            before["bob"], reader=Reader(SOMEBODY), former=True
        )
        assert readings(storage, search="bob") == []
        assert readings(storage, search="berg") == []
        assert storage.pseudonymise(BOB, "forgotten-2") == 0

    def test_a_pseudonym_stands_for_all_accounts_that_have_had_the_id(self):
        storage = self.make_storage()
        before = datetime.now(timezone.utc)
        storage.record([visit(1, BOB, issued=before)])
        storage.retire(BOB)
        later = datetime.now(timezone.utc)
        storage.record([visit(2, BOB, issued=later), visit(3, BOB, issued=later)])
        assert storage.pseudonymise(BOB, SOMEBODY) == 2
        found = [(r.reader.user, r.count, r.former) for r in readings(storage)]
        assert found == [(SOMEBODY, 1, True), (SOMEBODY, 2, True)]

    def test_a_pseudonym_also_stands_for_who_read_before_all_was_forgotten(self):
        storage = self.make_storage()
        storage.record([visit(1, BOB)])
        storage.pseudonymise(BOB, SOMEBODY)
        # Something else of it failed, they read on, and all of it is done again.
        later = datetime.now(timezone.utc) + timedelta(seconds=1)
        again = [visit(n, BOB, issued=later, opened=later, seen=later) for n in (2, 3)]
        storage.record(again)
        assert storage.pseudonymise(BOB, SOMEBODY) == 1
        found = sorted((r.reader.user, r.count, r.former) for r in readings(storage))
        assert found == [(SOMEBODY, 1, True), (SOMEBODY, 2, True)]
        assert storage.traces(BOB) == Traces()


class ForgettingEverythingContract(StorageContract):
    """Tests of the same for all that a storage may know of a person."""

    @pytest.mark.parametrize("how", ["forget", "pseudonymise"])
    def test_nothing_else_that_was_on_its_way_is_recorded_either(self, how):
        storage = self.make_storage()
        now = datetime.now(timezone.utc)
        _take_away(storage, how)
        _do_everything(storage, now)
        assert storage.traces(BOB) == Traces()
        assert page_views(storage) == []
        _do_everything(storage, datetime.now(timezone.utc) + timedelta(seconds=1))
        found = storage.traces(BOB)
        assert (found.events, found.hits, found.exposures) == (1, 1, 1)
        assert (found.page_views, found.visits) == (1, 1)

    def test_how_much_is_known_of_somebody(self):
        storage = self.make_storage()
        _do_everything(storage, datetime.now(timezone.utc))
        storage.record([visit(1, BOB), visit(2, BOB), visit(3, ALICE)])
        assert storage.traces(BOB) == Traces(
            readings=1,
            accesses=2,
            page_views=1,
            visits=1,
            events=1,
            hits=1,
            exposures=1,
        )
        assert storage.traces(Reader("bob", "/acl_users")) == Traces()
        storage.forget(BOB)
        assert storage.traces(BOB) == Traces()
        assert storage.traces(ALICE) == Traces(readings=1, accesses=1)

    def test_visits_go_with_the_name_and_stay_in_the_sums(self):
        storage = self.make_storage()
        storage.record_views(
            [
                view(1, 0, session="s"),
                view(2, 1, BOB, session="s"),
                view(3, 2, BOB),
                view(4, 3, ALICE, session="t"),
            ]
        )
        storage.record([visit(1, BOB), visit(2, ALICE)])
        figures, numbers = storage.figures(DAYS), coverage(storage)
        storage.pseudonymise(BOB, SOMEBODY)
        assert [each.reader.user for each in visits(storage)] == ["alice"]
        assert [each.reader.user for each in page_views(storage)] == ["alice"]
        assert (storage.figures(DAYS), coverage(storage)) == (figures, numbers)
        members = storage.shares(MEMBERS, DAYS[0])
        assert [row.reader.user for row in members.rows] == ["alice"]


class LateForgettingContract(StorageContract):
    """Tests of somebody who is forgotten only once another one has got the id."""

    @pytest.mark.parametrize("how", ["forget", "pseudonymise"])
    @pytest.mark.parametrize("is_told_again", [True, False])
    def test_what_is_of_who_has_got_the_id_since_stays(self, how, is_told_again):
        storage = self.make_storage()
        before = datetime.now(timezone.utc)
        until, later = before + timedelta(minutes=1), before + timedelta(hours=1)
        _do_everything(storage, before)
        _acknowledge(storage, before, DOC)
        storage.record([download(BOB, document=OTHER, issued=before, opened=before)])
        if is_told_again:
            _take_away(storage, how, until)
        _do_everything(storage, later)
        new = {"issued": later, "opened": later, "seen": later, "version": FIRST}
        read = [visit(n, NAMED, Document(f"new-{n}", f"/{n}"), **new) for n in (1, 2)]
        storage.record(read)
        _acknowledge(storage, later, read[0].document)
        _take_away(storage, how, until)
        (first,) = readings(storage, "new-1")
        assert (first.reader, first.count, first.former) == (NAMED, 1, False)
        assert first.acknowledged == later
        assert storage.traces(BOB) == Traces(
            readings=2,
            accesses=2,
            page_views=1,
            visits=1,
            events=1,
            hits=1,
            acknowledgements=1,
            # Whoever has got the id was shown the same, so that is known since before.
            exposures=int(is_told_again),
        )
        (seen,) = page_views(storage)
        assert seen.at == later
        users = {row.reader.user for row in readings(storage)}
        assert users == ({SOMEBODY} if how == "pseudonymise" else set())
        # To do it once more is harmless, and late messages count for the new account.
        _take_away(storage, how, until)
        storage.record([replace(read[0], engaged=1000, seen=later + timedelta(1))])
        assert readings(storage, "new-1")[0].engaged == 1000
        storage.record([visit(9, NAMED, issued=before)])
        assert storage.traces(BOB).readings == 2

    def test_a_reading_that_both_have_is_of_who_had_it_first(self):
        storage = self.make_storage()
        before = datetime.now(timezone.utc)
        until, later = before + timedelta(minutes=1), before + timedelta(hours=1)
        storage.record([visit(1, BOB, issued=before), visit(2, BOB, issued=later)])
        assert storage.forget(BOB, until) == 1
        assert storage.traces(BOB) == Traces()
        storage.record([visit(3, BOB, issued=later)])
        assert [(row.count, row.former) for row in readings(storage)] == [(1, False)]

    @pytest.mark.parametrize("how", ["forget", "pseudonymise"])
    def test_who_has_only_been_on_the_site_since_keeps_the_name(self, how):
        storage = self.make_storage()
        before = datetime.now(timezone.utc)
        until, later = before + timedelta(minutes=1), before + timedelta(hours=1)
        storage.record([visit(1, BOB, issued=before)])
        storage.record_views([view(1, later, NAMED, session="s")])
        _take_away(storage, how, until)
        (seen,) = visits(storage)
        assert (seen.reader, seen.former) == (NAMED, False)

    def test_accounts_that_were_closed_since_stay_as_they_are(self):
        storage = self.make_storage()
        before = datetime.now(timezone.utc) - timedelta(hours=2)
        until, later = before + timedelta(minutes=1), before + timedelta(hours=1)
        storage.record([visit(1, BOB, issued=before)])
        storage.record([visit(2, NAMED, OTHER, issued=later)])
        storage.retire(BOB)
        now = datetime.now(timezone.utc) + timedelta(seconds=1)
        storage.record([visit(3, NAMED, OTHER, issued=now)])
        storage.forget(BOB, until)
        assert readings(storage) == []
        found = [(row.former, row.reader) for row in readings(storage, OTHER.uid)]
        assert sorted(found) == [(False, NAMED), (True, NAMED)]


def _take_away(storage, how, until=None):
    if how == "forget":
        storage.forget(BOB, until)
    else:
        storage.pseudonymise(BOB, SOMEBODY, until)


def _acknowledge(storage, moment, document):
    """Let Bob acknowledge a document that he has read."""
    storage.acknowledge(
        [
            Acknowledgement(
                key=f"{microseconds(moment):032x}",
                kind=ACKNOWLEDGED,
                at=moment,
                document=document,
                version=FIRST,
                reader=NAMED,
                by=NAMED,
            )
        ]
    )


def _do_everything(storage, moment):
    """Let Bob do what is not about a document."""
    number = microseconds(moment)
    key = f"{number:032x}"
    event = MemberEvent(
        key=key, reader="bob", cohort="followed", kind="edited", occurred=number
    )
    storage.record_views([view(number, moment, NAMED, session=key)])
    storage.record_events([event])
    storage.put_hits([Hit("matomo", key, moment, "https://example.org/", reader=BOB)])
    storage.record_exposures([Exposure("colour", "red", BOB, moment)])
