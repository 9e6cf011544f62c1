"""The form of ClickTracker Settings: what is in sight, and what asks for attention."""

from contextlib import closing
from slc.clicktracker.interfaces import ICollectorSettings
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.interfaces import ITrackingPolicy
from slc.clicktracker.interfaces import IVisitorSettings
from tests.functional.waiting import wait_until

import gc
import psycopg2
import pytest
import re


def fold_of(group, page):
    """Return the element whose heading folds the fields of a group, and these."""
    found = re.search(
        rf"(<details[^>]*fieldset-{group}.*?>)(.*?)</details>", page, re.S
    )
    return found.groups()


@pytest.mark.parametrize(
    "group, schema",
    [("collector", ICollectorSettings), ("visitors", IVisitorSettings)],
)
def test_what_few_sites_need_is_folded(panel, group, schema):
    page = panel.get().text
    fold, fields = fold_of(group, page)
    assert " open" not in fold
    for name in schema.names():
        assert re.search(rf'"form.widgets.{name}["-:]', fields)
    for name in ("dsn", *ITrackingPolicy.names(), *IEvidenceSettings.names()):
        assert f'"form.widgets.{name}' in page
        assert f'"form.widgets.{name}' not in fields


def focused(page):
    """Return the names of the fields that ask for the focus."""
    fields = re.findall(r"<(?:input|a|textarea)[^>]*\bautofocus\b[^>]*>", page)
    return [re.search(r'name="form\.widgets\.(\w+)"', each)[1] for each in fields]


def test_the_focus_is_in_no_field_at_first(panel):
    assert focused(panel.get().text) == []


@pytest.mark.parametrize(
    "values, first",
    [
        ({"dsn": "nonsense"}, "dsn"),
        ({"ticket_lifetime": "73"}, "ticket_lifetime"),
        ({"address_limit": "many", "least_seconds": "0"}, "least_seconds"),
    ],
)
def test_the_focus_is_in_the_first_field_that_is_wrong(panel, values, first):
    assert focused(panel("save", **values).text) == [first]


def test_a_field_that_is_wrong_is_unfolded(panel):
    fold, fields = fold_of("collector", panel("save", spool_limit="0").text)
    assert " open" in fold
    assert focused(fields) == ["spool_limit"]


def sessions_of_others(connection):
    """Return how many other connections the database has."""
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return cursor.fetchone()[0]


@pytest.fixture
def no_garbage_collection():
    """Nothing is closed just because nobody knows it any more."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("button", ["test", "setup"])
def test_a_database_that_was_tried_is_let_go_of(
    panel, new_postgresql_database, no_garbage_collection, button
):
    dsn = new_postgresql_database()
    panel(button, dsn)
    with closing(psycopg2.connect(dsn)) as connection:
        wait_until(lambda: not sessions_of_others(connection))
