"""``clicktracker clean-up``: visitors are forgotten as the settings say, and no earlier."""

from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from slc.clicktracker.audience.exceptions import end_exception
from slc.clicktracker.audience.exceptions import EXCEPTION
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.collector.quarantine import Quarantine
from slc.clicktracker.collector.spool_line import packed
from slc.clicktracker.declarations import declarations
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.interfaces import IRetentionSettings
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.settings.retention import ERASE
from slc.clicktracker.sites import bans
from slc.clicktracker.sites import clean_up
from slc.clicktracker.sites.clean_up import last_clean_up
from slc.clicktracker.sites.cohorts import recorded_members
from slc.clicktracker.sites.forgetting import ask_to_forget
from slc.clicktracker.sites.forgetting import to_be_forgotten
from slc.clicktracker.sites.looks import looks_at
from slc.clicktracker.sites.retention import months_before
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.storage import spool_folder
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.goals.model import Exposure
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.plain import plain
from slc.clicktracker.testing.events import event
from slc.clicktracker.testing.visitors.made_up import page_views
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.made_up import visits
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import visit
from slc.clicktracker.visitors.bans import Caller
from tests.sites.looks import looked_at
from unittest import mock

import pytest
import re
import transaction


def days_ago(number):
    return utc_now() - timedelta(days=number)


def recorded(*days):
    """Record a page view of a visit of its own for each of these days."""
    site_storage().record_views(
        [
            view(n, days_ago(day), ALICE, session=f"{n}", address="198.51.100.7")
            for n, day in enumerate(days)
        ]
    )


@pytest.fixture
def settings(functional):
    def change(**values):
        for name, value in values.items():
            api.portal.set_registry_record(name, value, interface=IVisitorSettings)

    change(keep_page_views=10, keep_visits=20, keep_addresses=5)
    transaction.commit()
    return change


@pytest.fixture
def run(clicktracker):
    """Return what the command prints, and its exit status."""
    return clicktracker


def numbers(said):
    """Return how many addresses, page views, visits, events, variants, bans and looks were
    done."""
    return [
        int(each.replace(",", "")) for each in re.findall(r": ([\d,]+)$", said, re.M)
    ]


def test_what_is_older_than_the_settings_say_is_forgotten(settings, run):
    recorded(1, 6, 11, 21)
    said, status = run("clean-up")
    assert (numbers(said), status) == ([6, 2, 1, 0, 0, 0, 0], 0)
    assert f"page views before {days_ago(10):%Y-%m-%d}" in said
    storage = site_storage()
    assert [each.key[-1] for each in visits(storage)] == ["0", "1", "2"]
    assert [each.address for each in visits(storage)] == [
        *("198.51.100.7", "198.51.100.0"),
        "198.51.100.0",
    ]
    assert [each.key[-1] for each in page_views(storage)] == ["0", "1"]


def test_a_second_run_finds_nothing(settings, run):
    recorded(1, 30)
    run("clean-up")
    assert numbers(run("clean-up")[0]) == [0, 0, 0, 0, 0, 0, 0]
    assert len(visits(site_storage())) == 1


def test_a_dry_run_counts_the_same_and_changes_nothing(settings, run):
    recorded(1, 6, 11, 21)
    said, status = run("clean-up", "--dry-run")
    assert (numbers(said), status) == ([6, 2, 1, 0, 0, 0, 0], 0)
    assert "to be removed" in said
    assert len(page_views(site_storage())) == 4
    assert last_clean_up() is None
    assert numbers(run("clean-up")[0]) == [6, 2, 1, 0, 0, 0, 0]


def test_the_site_knows_when_it_was_done_and_how_much(settings, run):
    recorded(6, 11, 21)
    run("clean-up")
    done = last_clean_up()
    assert utc_now() - done.at < timedelta(minutes=1)
    assert (done.addresses, done.page_views, done.visits) == (6, 2, 1)


def test_what_waits_for_a_service_that_is_told_no_more_is_removed(
    settings, run, monkeypatch
):
    storage = site_storage()
    hits = [
        Hit(
            "matomo",
            f"{day:032x}",
            days_ago(day),
            "https://example.org/",
            identity="bob",
        )
        for day in (1, 31)
    ]
    now = storage.now
    monkeypatch.setattr(storage, "now", lambda: days_ago(5))
    storage.put_hits(hits)
    monkeypatch.setattr(storage, "now", now)
    run("clean-up", "--dry-run")
    assert storage.outbox("matomo").waiting == 2
    run("clean-up")
    assert [hit.key for hit in storage.waiting_hits("matomo", 9)] == [f"{1:032x}"]


def test_a_storage_without_visits_forgets_events_all_the_same(
    settings, run, monkeypatch
):
    old = days_ago(400)
    site_storage().record_events([replace(event(1), occurred=microseconds(old))])
    monkeypatch.setattr("slc.clicktracker.console.clean_up.keeps_visits", lambda: False)
    said, status = run("clean-up")
    assert (numbers(said), status) == ([1, 0, 0, 0], 0)
    assert site_storage().old_events(utc_now()) == 0


def test_long_work_says_how_far_it_is(settings, run, monkeypatch):
    monkeypatch.setattr(clean_up, "BATCH", 1)
    monkeypatch.setattr("slc.clicktracker.console.clean_up.PATIENCE", 0)
    monkeypatch.setattr(clean_up.forgotten, "__defaults__", (1,))
    recorded(11, 12, 13)
    said, _status = run("clean-up")
    assert re.findall(r"page views .* so far removed: (\d)", said) == ["1", "2", "3"]


def test_a_storage_that_is_down_is_said_and_nothing_is_noted(
    settings, run, monkeypatch
):
    recorded(30)

    def fails(*arguments):
        raise StorageUnavailable("The database is away.")

    monkeypatch.setattr(type(site_storage()), "drop_views", fails)
    said, status = run("clean-up")
    assert (
        "/plone: not done, the storage could not be used: The database is away." in said
    )
    assert status == 1
    assert last_clean_up() is None


def test_who_stops_it_is_told_that_it_can_be_started_again(settings, run, monkeypatch):
    recorded(30)

    def stopped(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(type(site_storage()), "drop_visits", stopped)
    _said, status = run("clean-up")
    assert status == "Stopped. What was done is done; start it again for the rest."


def test_where_recording_is_off_nothing_is_done(settings, run, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    said, status = run("clean-up")
    assert "not done" in said
    assert status == 1


def test_only_the_site_that_is_named_is_cleaned(settings, run):
    recorded(30)
    _said, status = run("--site", "/another", "clean-up")
    assert status == "There is no site with the add-on /another."
    assert numbers(run("--site", "/plone", "clean-up")[0]) == [2, 1, 1, 0, 0, 0, 0]


def test_who_looked_at_names_is_forgotten_with_the_visits(settings, run, functional):
    looked_at("alice", "bob", days_ago(21))
    looked_at("alice", "carol", days_ago(19))
    assert numbers(run("clean-up", "--dry-run")[0])[-1] == 1
    assert len(looks_at(Reader("bob"))) == 1
    said, _status = run("clean-up")
    assert numbers(said)[-1] == 1
    assert "looks at names before" in said
    assert looks_at(Reader("bob")) == []
    assert len(looks_at(Reader("carol"))) == 1
    assert numbers(run("clean-up")[0])[-1] == 0


def test_bans_and_shown_variants_are_forgotten_with_the_visits(settings, run, site):
    shown = [
        Exposure("colour", "red", Reader(user), days_ago(ago))
        for user, ago in (("alice", 21), ("bob", 19))
    ]
    site_storage().record_exposures(shown)
    for number, ago in enumerate((21, 19)):
        with mock.patch.object(bans, "utc_now", lambda ago=ago: days_ago(ago)):
            for network in (f"203.0.113.{number}", f"198.51.100.{number}"):
                bans.ban(network, "", None, Caller("192.0.2.7"))
            bans.lift(f"203.0.113.{number}")
    transaction.commit()
    assert numbers(run("clean-up", "--dry-run")[0])[-3:-1] == [1, 1]
    assert numbers(run("clean-up")[0])[-3:-1] == [1, 1]
    held, over = bans.listed_bans()
    assert {each.network for each in held} == {"198.51.100.0", "198.51.100.1"}
    assert [each.network for each in over] == ["203.0.113.1"]
    assert site_storage().exposures(Reader("alice")) == ()
    assert len(site_storage().exposures(Reader("bob"))) == 1
    assert numbers(run("clean-up")[0])[-3:-1] == [0, 0]


def test_what_the_site_keeps_is_forgotten_without_visits_and_events_as_well(
    settings, run, monkeypatch
):
    looked_at("alice", "bob", days_ago(21))
    with mock.patch.object(bans, "utc_now", lambda: days_ago(21)):
        bans.ban("203.0.113.1", "", None, Caller("192.0.2.7"))
        bans.lift("203.0.113.1")
    transaction.commit()
    for name in ("keeps_visits", "keeps_events"):
        where = f"slc.clicktracker.console.clean_up.{name}"
        monkeypatch.setattr(where, lambda: False)
    run("clean-up", "--dry-run")
    assert (len(bans.listed_bans()[1]), len(looks_at(Reader("bob")))) == (1, 1)
    run("clean-up")
    assert (len(bans.listed_bans()[1]), looks_at(Reader("bob"))) == (0, [])


def test_old_events_are_forgotten_and_who_is_recorded_is_found_out_anew(settings, run):
    storage = site_storage()
    days = {1: 181, 2: 179}
    storage.record_events(
        [
            replace(event(number), occurred=microseconds(days_ago(ago)))
            for number, ago in days.items()
        ]
    )
    wanted = {"enabled": True, "purpose": "To learn.", "users": ("dora",)}
    for name, value in wanted.items():
        api.portal.set_registry_record(name, value, interface=IMemberEventsSettings)
    transaction.commit()
    assert recorded_members() == {}
    with api.env.adopt_roles(["Manager"]):
        api.user.create(username="dora", email="dora@example.com")
    transaction.commit()
    assert numbers(run("clean-up", "--dry-run")[0])[-4] == 1
    assert numbers(run("clean-up")[0])[-4] == 1
    kept = storage.events(days_ago(400), days_ago(0))
    assert [int(one.key, 16) for one in kept] == [2]
    assert recorded_members() == {"dora": "followed"}


def test_many_looks_are_forgotten_in_several_transactions(settings, run, monkeypatch):
    monkeypatch.setattr("slc.clicktracker.console.clean_up.BATCH", 2)
    for number in range(5):
        looked_at("alice", f"member-{number}", days_ago(30))
    assert numbers(run("clean-up")[0])[-1] == 5


@pytest.fixture
def keep(functional):
    """Return a function that sets how many months something is kept."""

    def change(**months):
        for name, value in months.items():
            api.portal.set_registry_record(name, value, interface=IRetentionSettings)
        transaction.commit()

    return change


def read_days_ago(*days):
    site_storage().record(
        [
            replace(visit(n, Reader(f"user-{day}")), **dict.fromkeys(TIMES, moment))
            for n, day in enumerate(days)
            for moment in (days_ago(day),)
        ]
    )


TIMES = ("issued", "opened", "seen")


def test_at_first_readings_are_kept_for_good(settings, run):
    read_days_ago(3000)
    said, status = run("clean-up")
    assert (status, len(readings(site_storage()))) == (0, 1)
    assert "documents" not in said


def test_readings_are_removed_when_the_settings_say_so(settings, keep, run):
    read_days_ago(1, 40, 100)
    keep(keep_accesses=1, keep_opened=2)
    said, status = run("clean-up", "--dry-run")
    assert "single page views of documents before" in said
    assert numbers(said)[-2:] == [2, 1]
    assert len(readings(site_storage())) == 3
    said, status = run("clean-up")
    assert (numbers(said)[-2:], status) == ([2, 1], 0)
    assert {row.reader.user for row in readings(site_storage())} == {
        "user-1",
        "user-40",
    }
    done = last_clean_up()
    assert (done.accesses, done.readings, done.days, done.declarations) == (2, 1, 0, 0)
    assert numbers(run("clean-up")[0])[-2:] == [0, 0]


def test_declarations_are_removed_some_time_after_they_ended(site, keep, run):
    agenda = site.board.agenda
    with mock.patch.object(declarations, "utc_now", lambda: days_ago(100)):
        for user in ("alice", "bob"):
            excuse(agenda, Reader(user), "On leave")
        end_exception(agenda, Reader("bob"))
    transaction.commit()
    keep(keep_declarations=2)
    assert numbers(run("clean-up", "--dry-run")[0])[-1] == 1
    assert numbers(run("clean-up")[0])[-1] == 1
    transaction.begin()
    (left,) = Declarations(EXCEPTION).of(document_uid(agenda))
    assert (left.subject, left.holds) == (Reader("alice"), True)


def test_months_are_those_of_the_calendar():
    last = datetime(2026, 3, 31, 17, tzinfo=timezone.utc)
    assert months_before(last, 1) == datetime(2026, 2, 28, tzinfo=timezone.utc)
    assert months_before(last, 3) == datetime(2025, 12, 31, tzinfo=timezone.utc)
    assert months_before(last, 25) == datetime(2024, 2, 29, tzinfo=timezone.utc)


def test_who_was_to_be_forgotten_is_forgotten_by_the_clean_up(site, settings, run):
    read_days_ago(1)
    person = Reader("user-1")
    ask_to_forget(person, ERASE)
    transaction.commit()
    assert "people to be forgotten: 1" in run("clean-up", "--dry-run")[0]
    assert "people forgotten: 1" in run("clean-up")[0]
    transaction.begin()
    assert (readings(site_storage()), to_be_forgotten()) == ([], [])


def test_who_can_not_be_forgotten_yet_keeps_nothing_from_being_removed(
    site, settings, keep, run
):
    read_days_ago(1, 100)
    keep(keep_opened=2)
    ask_to_forget(Reader("user-1"), ERASE)
    transaction.commit()
    file = Quarantine(spool_folder()).path
    file.mkdir(parents=True)
    said, status = run("clean-up")
    assert status == 1
    assert "not everything of user-1 could be forgotten yet" in said
    assert "prove little before" in said
    assert readings(site_storage()) == []
    transaction.begin()
    assert [each.person.user for each in to_be_forgotten()] == ["user-1"]
    file.rmdir()
    assert "people forgotten: 1" in run("clean-up")[0]


def test_a_host_forgets_in_its_files_who_was_forgotten_on_another(site, settings, run):
    quarantine, here = Quarantine(spool_folder()), document_uid(site)
    for user in ("alice", "bob"):
        record = packed(plain(visit(1, Reader(user))))
        quarantine.put(here, record, "It could not be stored")
    site_storage().forget(ALICE)
    run("clean-up")
    (left,) = quarantine.first(here, 10)
    assert b"bob" in left.record
