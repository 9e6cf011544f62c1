"""Readings of 0.4 go to the content that they belong to, and to no other."""

from DateTime import DateTime
from pathlib import Path
from plone import api
from slc.clicktracker.sites.storage import site_storage
from tests.both_doors import stored
from tests.layers import add_board

import psycopg2
import pytest


OLD_TABLES = Path(__file__).parents[1] / "storage" / "clicktracker_0_4.sql"


@pytest.fixture
def old_database(new_postgresql_database, monkeypatch):
    """A database as 0.4 left it."""
    dsn = new_postgresql_database(empty=True)
    monkeypatch.setenv("CLICKTRACKER_DSN", dsn)
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(OLD_TABLES.read_text())
        for member, path, times in (
            ("bob", "/plone/board/agenda", 3),
            ("bob", "/plone/board/agenda-2", 1),
            ("carol", "/plone/board/agenda", 1),
            ("bob", "/plone/gone", 2),
            ("alice", "/plone/board/budget", 1),
        ):
            for _ in range(times):
                url = f"http://old.example.org{path}"
                cursor.execute("SELECT logclick(%s, %s, %s)", (member, path, url))
    connection.close()


@pytest.fixture
def board(portal):
    with api.env.adopt_roles(["Manager"]):
        board = add_board()
        for content, created in (
            (board.agenda, DateTime("2010/01/01")),
            (board.budget, DateTime() + 1),
        ):
            content.creation_date = created
            content.reindexObject(idxs=["created"])
        yield board


def set_up(setup_tool):
    setup_tool.runAllImportStepsFromProfile("slc.clicktracker:dbsetup")


def readings(content):
    rows = stored(content)
    return [(row.reader.user, row.count) for row in rows]


def test_content_that_is_older_than_its_last_access_gets_the_readings(
    board, old_database, setup_tool
):
    set_up(setup_tool)
    assert readings(board.agenda) == [("bob", 3), ("carol", 1)]


def test_younger_content_at_the_old_address_gets_none(board, old_database, setup_tool):
    set_up(setup_tool)
    assert readings(board.budget) == []


def test_the_others_are_kept_as_old_addresses(board, old_database, setup_tool):
    set_up(setup_tool)
    storage = site_storage()
    assert storage.status().old_addresses == 3
    log = [(row.user, row.count) for row in storage.getLog("/plone/gone")]
    assert log == [("bob", 2)]


def test_setting_up_again_changes_nothing(board, old_database, setup_tool):
    set_up(setup_tool)
    set_up(setup_tool)
    assert readings(board.agenda) == [("bob", 3), ("carol", 1)]
    assert site_storage().status().old_addresses == 3


def test_an_address_is_asked_about_once(board, old_database, setup_tool):
    set_up(setup_tool)
    with api.env.adopt_roles(["Manager"]):
        gone = api.content.create(api.portal.get(), "Document", "gone", "Gone")
        gone.creation_date = DateTime("2010/01/01")
        gone.reindexObject(idxs=["created"])
    set_up(setup_tool)
    assert readings(gone) == []


def test_what_was_adopted_counts_on(board, old_database, setup_tool):
    set_up(setup_tool)
    storage = site_storage()
    log = {(row.user, row.url): row.count for row in storage.getLog("/plone/board")}
    assert log["bob", "http://old.example.org/plone/board/agenda"] == 3
