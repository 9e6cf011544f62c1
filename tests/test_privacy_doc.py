"""``docs/privacy.md`` names all that is stored, and nothing that is not."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from slc.clicktracker.collector import spool_line

import ast
import re
import sqlite3


ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "slc" / "clicktracker"

_CODE = re.compile(r"`([^`]+)`")

#: Records of earlier releases, which upgrade steps empty.
_GONE = {"exceptions", "minor-changes"}


def rows(heading: str) -> Iterator[list[str]]:
    """Yield the cells of all tables below a heading."""
    pattern = rf"^## {heading}\n(.*?)(?=^## |\Z)"
    (section,) = re.findall(pattern, _text(), re.M | re.S)
    for line in section.splitlines():
        if line.startswith("| `"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def _text() -> str:
    return (ROOT / "docs" / "privacy.md").read_text("utf-8")


def words(cell: str) -> list[str]:
    return _CODE.findall(cell)


def in_sqlite() -> dict[str, set[str]]:
    with sqlite3.connect(":memory:") as connection:
        schema = files("slc.clicktracker.storage.sqlite").joinpath("schema.sql")
        connection.executescript(schema.read_text("utf-8"))
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' "
            "AND name LIKE 'clicktracker%'"
        ).fetchall()
        return {
            name.removeprefix("clicktracker_"): {
                row[1]
                # With generated columns, too.
                for row in connection.execute(f"PRAGMA table_xinfo({name})")
            }
            for (name,) in names
        }


def in_postgresql(server, dsn) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    with server.connection(dsn) as cursor:
        # Not of the partitions.
        cursor.execute(
            "SELECT c.relname, a.attname FROM pg_class c "
            "JOIN pg_attribute a ON a.attrelid = c.oid "
            "WHERE c.relname LIKE 'clicktracker%' AND c.relkind IN ('r', 'p') "
            "AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped"
        )
        rows = cursor.fetchall()
    for table, column in rows:
        found.setdefault(table.removeprefix("clicktracker_"), set()).add(column)
    return found


def documented() -> dict[str, list[str]]:
    return {
        words(name)[0]: words(columns) for name, columns, *_ in rows("In the database")
    }


def test_every_column_of_sqlite_is_described_and_no_other():
    found = {name: set(columns) for name, columns in documented().items()}
    found.pop("schema")
    assert found == in_sqlite()


def test_every_column_of_postgresql_is_described_and_no_other(
    postgresql_server, postgresql_dsn
):
    found = {name: set(columns) for name, columns in documented().items()}
    assert found == in_postgresql(postgresql_server, postgresql_dsn)


def test_all_is_said_of_each_of_them():
    for heading, size in (
        ("In the database", 5),
        ("In the site", 4),
        ("In files of the server", 4),
    ):
        described = [row for row in rows(heading) if not row[0].startswith("`Plain")]
        assert described
        for row in described:
            assert len(row) == size
            assert all(row), row


def calls(name: str) -> Iterator[ast.Call]:
    """Yield all calls of a function in the package."""
    for path in PACKAGE.rglob("*.py"):
        if "testing" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield node


def test_every_record_of_the_site_is_described_and_no_other():
    records = {call.args[0].value for call in calls("SiteRecord")} - _GONE
    assert {words(name)[0] for name, *_ in rows("In the site")} == records


def test_every_file_is_described_and_no_other():
    texts = (path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    used = {name for text in texts for name in re.findall(r'"(\w+\.sqlite)"', text)}
    described = {words(row[0])[0] for row in rows("In files of the server")}
    # The spools have names of their own.
    assert "spool: one `.sqlite` for each process" in _text()
    assert {name for name in described if name.endswith(".sqlite")} == used


def test_every_value_of_the_spool_is_described_and_no_other():
    kinds = spool_line.PlainRecord.__args__
    described = {
        words(row[0])[0]: tuple(words(row[1]))
        for row in rows("In files of the server")
        if row[0].startswith("`Plain")
    }
    assert described == {kind.__name__: kind._fields for kind in kinds}
