"""What was changed between two states of a database is known, whoever has changed it."""

from collections.abc import Iterator
from contextlib import contextmanager
from persistent.mapping import PersistentMapping
from slc.clicktracker.tracking import changes
from slc.clicktracker.tracking.changes import changed_between
from slc.clicktracker.tracking.changes import listen_to_changes
from threading import Thread
from transaction import TransactionManager
from ZODB import DB
from ZODB.FileStorage import FileStorage

import pytest
import time
import ZEO


class Site:
    """Two objects, in a database."""

    def __init__(self, database):
        self.database = database
        listen_to_changes(database)

    def change(self, *names):
        with self.opened() as (root, manager):
            for name in names:
                if name not in root:
                    root[name] = PersistentMapping()
                root[name]["number"] = root[name].get("number", 0) + 1
            manager.commit()

    @contextmanager
    def opened(self) -> Iterator:
        manager = TransactionManager()
        connection = self.database.open(manager)
        try:
            yield connection.root(), manager
        finally:
            manager.abort()
            connection.close()

    @property
    def state(self):
        with self.opened() as (root, _manager):
            return root._p_jar._storage._start

    def ids(self, *names):
        with self.opened() as (root, _manager):
            return {root[name]._p_oid for name in names}

    def changed(self, since, until=None):
        found = changed_between(self.database, since, until or self.state)
        return None if found is None else {*found}


@pytest.fixture
def site(tmp_path):
    database = DB(FileStorage(str(tmp_path / "Data.fs")))
    site = Site(database)
    site.change("agenda", "budget")
    site.changed(site.state)
    yield site
    database.close()


def test_between_a_state_and_itself_nothing_is(site):
    assert site.changed(site.state) == set()


def test_all_commits_since_count_however_often_it_was_asked(site):
    first = site.state
    site.change("agenda")
    second = site.state
    assert site.changed(first, second) == site.ids("agenda")
    site.change("budget")
    assert site.changed(second) == site.ids("budget")
    assert site.changed(first) == site.ids("agenda", "budget")


def test_who_is_behind_is_told_no_less(site):
    """Somebody else has asked already about what came later."""
    first = site.state
    site.change("agenda")
    second = site.state
    site.change("budget")
    third = site.state
    site.changed(second, third)
    assert site.ids("agenda") <= site.changed(first, second)
    assert site.ids("budget") <= site.changed(second, third)


def test_threads_that_commit_at_once_are_all_heard(site):
    site.change(*map(str, range(8)))
    first, found = site.state, set()
    threads = [Thread(target=site.change, args=(str(n),)) for n in range(8)]
    state = first
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads) or state != site.state:
        now = site.state
        found |= site.changed(state, now)
        state = now
    assert found >= site.ids(*map(str, range(8)))


def test_another_process_is_heard(tmp_path):
    """Two clients of a ZEO server."""
    address, stop = ZEO.server(str(tmp_path / "Data.fs"))
    here, there = Site(ZEO.DB(address)), Site(ZEO.DB(address))
    try:
        here.change("agenda", "budget")
        before = here.state
        here.changed(before)
        while there.state != before:
            pass
        there.change("budget")
        while here.state == before:
            pass
        assert here.changed(before) == here.ids("budget")
    finally:
        here.database.close()
        there.database.close()
        stop()


def test_what_is_undone_is_changed(site):
    site.change("agenda")
    first = site.state
    manager = TransactionManager()
    (last,) = site.database.undoInfo(0, 1)
    site.database.undo(last["id"], manager.begin())
    manager.commit()
    assert site.changed(first) == site.ids("agenda")


def test_packing_changes_nothing(site):
    site.change("agenda")
    first = site.state
    site.database.pack(time.time() + 1)
    assert site.changed(first) == set()
    site.change("budget")
    assert site.changed(first) == site.ids("budget")


def test_what_is_long_ago_is_not_known(site):
    first = site.state
    for _time in range(101):
        site.change("agenda")
        site.changed(site.state)
        before = site.state
        site.change("budget")
        site.changed(before)
    assert site.changed(first) is None


def test_what_very_much_was_changed_in_is_not_kept(site, monkeypatch):
    """As by an upgrade step that goes through all content."""
    monkeypatch.setattr(changes, "_MOST_OBJECTS", 1)
    first = site.state
    site.change("agenda", "budget")
    second = site.state
    assert site.changed(first) is None
    site.change("budget")
    assert site.changed(second) == site.ids("budget")


def test_what_very_much_was_changed_in_bit_by_bit_is_not_kept(site, monkeypatch):
    monkeypatch.setattr(changes, "_MOST_OBJECTS", 2)
    first = site.state
    for _time in range(3):
        second = site.state
        site.change("agenda")
        site.changed(second)
    assert site.changed(first) is None
    assert site.changed(second) == site.ids("agenda")


def test_before_somebody_listened_nothing_is_known(tmp_path):
    database = DB(FileStorage(str(tmp_path / "Data.fs")))
    manager = TransactionManager()
    connection = database.open(manager)
    first = connection._storage._start
    connection.root()["agenda"] = PersistentMapping()
    manager.commit()
    connection.close()
    assert Site(database).changed(first) is None
    database.close()
