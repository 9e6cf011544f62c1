"""A person is forgotten wherever something is known of them, and nobody else is."""

from collections import deque
from datetime import timedelta
from plone import api
from slc.clicktracker.audience.exceptions import exceptions_at
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.collector.pieces import Pieces
from slc.clicktracker.collector.quarantine import Quarantine
from slc.clicktracker.collector.spool_line import packed
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.interfaces import IRetentionSettings
from slc.clicktracker.mails.rhythm import DAILY
from slc.clicktracker.mails.subscriptions import subscribe
from slc.clicktracker.reminders.errands import key_of
from slc.clicktracker.reminders.errands import KINDS
from slc.clicktracker.reminders.reminded import keep_reminded
from slc.clicktracker.reminders.reminded import Reminded
from slc.clicktracker.reminders.reminded import Step
from slc.clicktracker.settings.retention import ERASE
from slc.clicktracker.settings.retention import PSEUDONYMISE
from slc.clicktracker.sites import departed_members
from slc.clicktracker.sites.bans import ban
from slc.clicktracker.sites.bans import listed_bans
from slc.clicktracker.sites.calendar_secrets import calendar_secret
from slc.clicktracker.sites.calendar_secrets import make_calendar_secret
from slc.clicktracker.sites.forgetting import ask_to_forget
from slc.clicktracker.sites.forgetting import forget_in_site
from slc.clicktracker.sites.forgetting import forget_in_storage
from slc.clicktracker.sites.forgetting import known_of
from slc.clicktracker.sites.forgetting import to_be_forgotten
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.storage import spool_folder
from slc.clicktracker.sites.storage import store_dsn
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.snapshots.people import numbered
from slc.clicktracker.snapshots.people import person
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.events.model import MemberEvent
from slc.clicktracker.storage.goals.model import Exposure
from slc.clicktracker.storage.goals.model import GoalChance
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.plain import plain
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import visit
from slc.clicktracker.visitors.bans import Caller
from tests.audience.people import expect
from tests.sites.looks import looked_at
from ZODB.serialize import referencesf

import pytest
import sqlite3
import transaction


#: What nothing may have in it afterwards.
NEEDLE = "needle7f3a"
NADJA = Reader(NEEDLE, name=f"Nadja {NEEDLE.title()}")
BOB = Reader("bob")

WAYS = pytest.mark.parametrize("way", [ERASE, PSEUDONYMISE])


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request, board):
    """The board's papers, with each kind of database."""
    if request.param == "postgresql":
        store_dsn(request.getfixturevalue("postgresql_dsn"))
        site_storage().setup()
    transaction.commit()
    return board


@pytest.fixture
def board(site):
    with api.env.adopt_roles(["Manager"]):
        api.user.create(
            username=NEEDLE,
            email=f"{NEEDLE}@example.org",
            password="correct horse",
            properties={"fullname": NADJA.name},
        )
    transaction.commit()
    return site.board


def do_everything(board):
    """Nadja does all that leaves a trace, with bob beside her."""
    agenda, now = board.agenda, utc_now()
    uid = document_uid(agenda)
    storage = site_storage()
    document = Document(uid, "/plone/board/agenda", "Agenda")
    read = [
        visit(n, who, document, issued=now, opened=now, seen=now)
        for n, who in enumerate((NADJA, BOB))
    ]
    storage.record(read)
    storage.record([visit(3, NADJA, document, issued=now, origin=DOWNLOADED)])
    storage.record_views(
        [view(1, now, NADJA, session="one"), view(2, now, BOB, session="two")]
    )
    storage.record_events(
        [
            MemberEvent(
                key="a" * 32,
                reader=NEEDLE,
                cohort="followed",
                kind="edited",
                occurred=microseconds(now),
            )
        ]
    )
    hit = Hit("matomo", "b" * 32, now, "https://example.org/", reader=NADJA)
    storage.put_hits([hit])
    storage.record_exposures([Exposure("colour", "red", NADJA, now)])
    version = read[0].version
    chance = GoalChance("goal", "opened", now, now, uid, version, NADJA)
    storage.reach_goals([chance])
    with api.env.adopt_user(username=NEEDLE), api.env.adopt_roles(["Manager"]):
        excuse(agenda, BOB, "On leave")
        ban("203.0.113.9", "", None, Caller("198.51.100.7"))
    with api.env.adopt_roles(["Manager"]):
        excuse(agenda, NADJA, "On leave")
        expect(agenda, NEEDLE, "bob")
    looked_at("bob", NEEDLE, now)
    looked_at(NEEDLE, "bob", now)
    api.portal.set_registry_record(
        "users", (NEEDLE, "bob"), interface=IMemberEventsSettings
    )
    subscribe(NEEDLE, uid, DAILY, "https://example.org")
    make_calendar_secret(NEEDLE)
    reminded = Reminded(Step(uid, (1, "a"), 1), now)
    keep_reminded(key_of(KINDS[0], NEEDLE), [reminded], now)
    numbered([(NADJA, 0), (BOB, 0)])
    quarantine = Quarantine(spool_folder())
    site = document_uid(api.portal.get())
    for each in read:
        quarantine.put(site, packed(plain(each)), "It could not be stored")
    quarantine.put(site, f"damaged {NEEDLE}".encode(), "It could not be read")
    Pieces(spool_folder()).add((NEEDLE, uid), 0, 9, 99)
    transaction.commit()
    return read


def do_forget(way):
    asked = ask_to_forget(NADJA, way)
    transaction.commit()
    forget_in_storage(asked)
    forget_in_site(asked)
    transaction.commit()
    return asked


def in_database():
    """Return the tables that have the needle in them, and in which column."""
    with site_storage().engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
        else:
            tables = "SELECT relname FROM pg_class WHERE relkind = 'r' "
            tables += "AND relname LIKE 'clicktracker%%'"
        names = connection.exec_driver_sql(tables).scalars().all()
        assert len(names) > 20
        return {
            (name, column)
            for name in names
            for row in connection.exec_driver_sql(f"SELECT * FROM {name}").mappings()
            for column, value in row.items()
            if NEEDLE in _text(value)
        }


def _text(value):
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode("latin-1")
    return str(value).casefold()


def in_zodb(site):
    """Return the ids of records with the needle in them that are there after a pack: all
    that can be reached."""
    storage = site._p_jar.db().storage
    waiting, seen, found = deque([site._p_jar.root()._p_oid]), set(), set()
    while waiting:
        oid = waiting.popleft()
        if oid in seen:
            continue
        seen.add(oid)
        record = storage.load(oid)[0]
        if NEEDLE.encode() in record.lower():
            found.add(oid)
        referencesf(record, waiting)
    assert len(seen) > 1000
    return found


def in_files():
    """Return the rows of all files beside the spools that have the needle in them."""
    found = []
    for path in spool_folder().glob("*.sqlite"):
        with sqlite3.connect(path) as connection:
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall()
            for (table,) in tables:
                rows = connection.execute(f"SELECT * FROM {table}").fetchall()
                found += [row for row in rows if any(NEEDLE in _text(v) for v in row)]
    return found


@WAYS
def test_nothing_is_left_of_who_has_done_everything(either, site, way):
    plones_own = in_zodb(site)
    do_everything(either)
    assert len(in_zodb(site) - plones_own) > 5
    assert {table for table, _column in in_database()} >= {
        "clicktracker_reader",
        "clicktracker_event",
        "clicktracker_hit",
        "clicktracker_exposure",
    }
    assert len(in_files()) == 2
    traces, others = known_of(NADJA)
    assert all(
        getattr(traces, name)
        for name in ("readings", "accesses", "visits", "events", "hits", "goals")
    )
    assert len(others) == 9
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username=NEEDLE)
    do_forget(way)
    assert in_database() == set()
    assert in_files() == []
    assert in_zodb(site) <= plones_own
    assert to_be_forgotten() == []
    traces, others = known_of(NADJA)
    assert (bool(traces), others) == (False, [])


@WAYS
def test_all_that_is_of_others_stays(board, way):
    read = do_everything(board)
    uid = document_uid(board.agenda)
    asked = do_forget(way)
    rows = {row.reader.user: row for row in readings(site_storage(), uid)}
    assert rows.pop("bob").count == 1
    assert set(rows) == (set() if asked.erase else {asked.pseudonym})
    (held,), _ended = listed_bans()
    assert held.by == Reader(asked.pseudonym)
    excused = {each.reader.user: each.by.user for each in exceptions_at(board.agenda)}
    assert excused.pop("bob") == asked.pseudonym
    assert set(excused) == (set() if asked.erase else {asked.pseudonym})
    assert person(1) is None
    assert person(2).reader == BOB
    quarantined = Quarantine(spool_folder()).first(document_uid(api.portal.get()), 10)
    assert [each.record for each in quarantined] == [packed(plain(read[1]))]


def test_what_still_waits_in_a_spool_does_not_bring_anybody_back(board):
    read = do_everything(board)
    do_forget(ERASE)
    # As the writer of any process does, on any host.
    site_storage().record(read)
    assert not known_of(NADJA)[0]
    assert known_of(BOB)[0].readings == 1


def test_a_storage_that_is_down_leaves_the_person_to_be_forgotten(board, monkeypatch):
    do_everything(board)
    asked = ask_to_forget(NADJA, ERASE)
    transaction.commit()

    def down(*who):
        raise StorageUnavailable("The server does not answer.")

    with monkeypatch.context() as patched:
        patched.setattr(site_storage(), "forget", down)
        with pytest.raises(StorageUnavailable):
            forget_in_storage(asked)
    assert [each.person for each in to_be_forgotten()] == [Reader(NEEDLE)]
    assert known_of(NADJA)[0]
    do_forget(ERASE)
    assert not known_of(NADJA)[0]


def test_to_ask_twice_is_to_ask_once_and_to_erase_is_more(board):
    first = ask_to_forget(NADJA, PSEUDONYMISE)
    assert ask_to_forget(NADJA, PSEUDONYMISE).pseudonym == first.pseudonym
    assert ask_to_forget(NADJA, ERASE).erase
    assert ask_to_forget(NADJA, PSEUDONYMISE).erase
    for nobody, way in ((Reader(""), ERASE), (NADJA, "keep")):
        with pytest.raises(ValueError, match="who is to be forgotten"):
            ask_to_forget(nobody, way)


def test_in_the_middle_of_forgetting_it_can_be_done_again(board):
    do_everything(board)
    asked = ask_to_forget(NADJA, PSEUDONYMISE)
    transaction.commit()
    forget_in_storage(asked)
    # Killed before the site was changed: the clean-up begins anew.
    (again,) = to_be_forgotten()
    assert again == asked
    forget_in_storage(again)
    forget_in_site(again)
    users = {
        row.reader.user for row in readings(site_storage(), document_uid(board.agenda))
    }
    assert users == {"bob", asked.pseudonym}


def forget_deleted_members(way):
    api.portal.set_registry_record("deleted_members", way, interface=IRetentionSettings)
    transaction.commit()


def delete():
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username=NEEDLE)
    transaction.commit()
    # What comes after a commit has a transaction of its own.
    transaction.begin()


@WAYS
def test_an_account_that_is_deleted_is_forgotten_where_the_setting_says_so(
    board, site, way
):
    plones_own = in_zodb(site)
    do_everything(board)
    forget_deleted_members(way)
    delete()
    assert in_database() == set()
    assert in_zodb(site) <= plones_own
    assert to_be_forgotten() == []


def test_at_first_an_account_that_is_deleted_keeps_its_evidence(board):
    do_everything(board)
    delete()
    rows = readings(site_storage(), document_uid(board.agenda))
    assert {row.reader.user: row.former for row in rows} == {"bob": False, NEEDLE: True}


def create_again():
    with api.env.adopt_roles(["Manager"]):
        api.user.create(
            username=NEEDLE, email="else@example.org", password="correct horse"
        )
    make_calendar_secret(NEEDLE)
    later = utc_now() + timedelta(seconds=1)
    document = Document("another", "/plone/another", "Another")
    new = {"issued": later, "opened": later, "seen": later}
    site_storage().record([visit(9, Reader(NEEDLE), document, **new)])
    transaction.commit()


def assert_only_the_later_account_is_known():
    traces, others = known_of(NADJA)
    assert (traces.readings, traces.accesses) == (1, 1)
    assert [number for _title, number in others] == [1]
    assert calendar_secret(NEEDLE)
    assert to_be_forgotten() == []


def test_a_later_account_keeps_what_it_has_when_the_first_one_is_forgotten_at_last(
    board, monkeypatch
):
    do_everything(board)
    forget_deleted_members(ERASE)

    def down(asked):
        raise StorageUnavailable("The server does not answer.")

    with monkeypatch.context() as patched:
        patched.setattr(departed_members, "forget_in_storage", down)
        delete()
    create_again()
    (asked,) = to_be_forgotten()
    forget_in_storage(asked)
    forget_in_site(asked)
    assert_only_the_later_account_is_known()


def test_so_does_one_that_was_made_while_somebody_waited_to_be_forgotten(board):
    do_everything(board)
    ask_to_forget(NADJA, ERASE)
    transaction.commit()
    delete()
    create_again()
    assert_only_the_later_account_is_known()


def test_an_account_that_is_deleted_while_the_storage_is_down_is_forgotten_later(
    board, monkeypatch, caplog
):
    do_everything(board)
    forget_deleted_members(ERASE)

    def down(asked):
        raise StorageUnavailable("The server does not answer.")

    with monkeypatch.context() as patched:
        patched.setattr(departed_members, "forget_in_storage", down)
        delete()
    transaction.begin()
    assert "The next clicktracker clean-up tries again" in caplog.text
    assert [each.way for each in to_be_forgotten()] == [ERASE]


def test_a_deletion_that_does_not_happen_forgets_nobody(board):
    do_everything(board)
    forget_deleted_members(ERASE)
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username=NEEDLE)
    transaction.abort()
    assert known_of(NADJA)[0].readings
    assert to_be_forgotten() == []


def test_the_same_id_in_zope_is_somebody_else(board):
    do_everything(board)
    root = Reader(NEEDLE, "/acl_users")
    traces, others = known_of(root)
    assert (bool(traces), others) == (False, [])
    asked = ask_to_forget(root, ERASE)
    forget_in_storage(asked)
    forget_in_site(asked)
    assert known_of(NADJA)[0].readings


def test_what_comes_after_that_is_of_somebody_new(board):
    read = do_everything(board)
    do_forget(ERASE)
    later = utc_now() + timedelta(seconds=1)
    new = read[0].__class__(**{**vars(read[0]), "issued": later, "key": "c" * 32})
    site_storage().record([new])
    assert known_of(NADJA)[0].readings == 1
