"""Statements are put together from blocks in files, without what is for their readers."""

from importlib.resources import files
from slc.clicktracker.storage.relational.queries import Queries
from slc.clicktracker.storage.relational.queries import without_comments
from slc.clicktracker.storage.relational.visits.transaction import visits_parts
from slc.clicktracker.storage.sqlite import SQLiteStorage

import pytest
import re


@pytest.mark.parametrize(
    ("sql", "sent"),
    [
        ("-- Why.\nSELECT 1", "SELECT 1"),
        ("SELECT 1 -- it doesn't matter\nFROM a", "SELECT 1\nFROM a"),
        ("SELECT a,\n    -- One.\n    -- Two.\n    b", "SELECT a,\n    b"),
        ("SELECT 1 --", "SELECT 1"),
        ("SELECT '-- no', 'it''s -- one' -- '", "SELECT '-- no', 'it''s -- one'"),
        ("SELECT '\n-- no\n' AS \"a -- b\"", "SELECT '\n-- no\n' AS \"a -- b\""),
        ("SELECT a - -1", "SELECT a - -1"),
    ],
)
def test_comments_are_left_out_and_texts_are_not(sql, sent):
    assert without_comments(sql) == sent


def test_no_database_is_sent_comments(tmp_path):
    storage = SQLiteStorage(tmp_path / "readings.sqlite")
    sent = storage.queries.sql("forget_days")
    assert sent.startswith("UPDATE clicktracker_day")
    assert "--" not in sent


def test_words_are_filled_in_with_blocks_and_parts(tmp_path):
    storage = SQLiteStorage(tmp_path / "readings.sqlite")
    with pytest.raises(KeyError):
        storage.queries.sql("log", covered="", order="{nothing}", direction="")
    sent = storage.queries.sql("log", covered="", order="u.url", direction="DESC")
    assert "WHERE d.site = (SELECT id FROM clicktracker_site WHERE uid = :site)" in sent
    assert sent.endswith("ORDER BY u.url DESC, r.member, u.url")


def test_a_statement_is_made_once_for_all_sites_but_not_for_another_database(tmp_path):
    file = tmp_path / "readings.sqlite"
    one, another = (SQLiteStorage(file, site=site) for site in ("one", "another"))
    assert one.queries.get("status") is another.queries.get("status")
    package = "slc.clicktracker.storage.relational"
    parts = {"covered": "", "order": "u.url", "direction": "ASC"}
    for number in ("1", "2"):
        log = Queries(package, "log.sql", parts={"here": number} | parts).get("log")
        assert f"d.site = {number}" in log.text


def test_only_the_files_that_are_named_are_read():
    package = "slc.clicktracker.storage.relational"
    with pytest.raises(KeyError):
        Queries(package, "log.sql").sql("status")
    with pytest.raises(FileNotFoundError):
        Queries(package, "gone.sql")


def test_no_two_blocks_have_the_same_name():
    folder = files("slc.clicktracker.storage.relational")
    names = [
        name
        for file in folder.iterdir()
        if file.name.endswith(".sql")
        for name in re.findall(r"^-- name: (\w+)", file.read_text("utf-8"), re.M)
    ]
    assert len(names) > 50
    assert len(names) == len(set(names))


def test_no_word_stands_for_two_things():
    dialect, visits = SQLiteStorage.dialect, visits_parts(SQLiteStorage.dialect)
    folder = files("slc.clicktracker.storage.relational")
    blocks = {
        name
        for file in folder.iterdir()
        if file.name.endswith(".sql")
        for name in re.findall(r"^-- name: (\w+)", file.read_text("utf-8"), re.M)
    }
    assert not dialect.parts.keys() & visits.keys()
    assert not blocks & {*dialect.parts, *visits}
