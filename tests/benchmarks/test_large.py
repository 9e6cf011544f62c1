"""The screens of a site as large as a ministry's say what they said when they were slow.

Here the site has a hundredth of that size; ``make bench ARGS=--large`` compares nothing,
but prints the same checksums at any size.
"""

from benchmarks.large import asking as large_asking
from benchmarks.large import driver_clock
from benchmarks.large.asking import Asking
from benchmarks.large.bars import bars
from benchmarks.large.made_accesses import MadeAccesses
from benchmarks.large.made_accesses import UNTIL
from benchmarks.large.made_site import make_site
from benchmarks.large.population import Population
from benchmarks.large.population import SECRETARY
from benchmarks.large.rows import shown
from benchmarks.large.screens import Screen
from benchmarks.large.screens import screens_of
from benchmarks.large.size import FULL
from benchmarks.large.size import SMALLEST
from benchmarks.large.table import markdown
from collections import Counter
from pathlib import Path
from plone import api
from slc.clicktracker.charts import periods
from slc.clicktracker.sites.storage import site_storage

import json
import os
import pytest
import re
import signal
import sqlite3


KEPT = Path(__file__).parent / "large_checksums.json"


@pytest.fixture
def large(portal, monkeypatch):
    """The smallest site of this kind, with its readings."""
    monkeypatch.setattr(periods, "utc_now", lambda: UNTIL)
    # Other tests in this process may have a server, whose address would be in rows.
    portal.REQUEST.setServerURL("http", "nohost", 80)
    population = Population(SMALLEST)
    with api.env.adopt_roles(["Manager"]):
        versions = make_site(population)
    site_storage().record(list(MadeAccesses(population, versions)))
    return population


def test_all_screens_say_what_they_said(large, portal):
    """Where a change is meant: once more with CLICKTRACKER_KEEP=1 in the environment."""
    found = {}
    whole = Screen("top folder as CSV", "intranet/@@who-read-this.csv")
    for screen in (*screens_of(large), whole):
        if screen.growth and not screen.path.endswith(".xlsx"):
            with api.env.adopt_user(username=screen.viewer):
                found[screen.name] = shown(portal, screen)
    if os.environ.get("CLICKTRACKER_KEEP"):
        KEPT.write_text(json.dumps(found, indent=1) + "\n")
    assert found == json.loads(KEPT.read_text())


SCREEN = Screen("top folder, by name", "intranet/@@who-read-this")
FILE = Screen("largest folder as CSV", "intranet/circulars/@@who-read-this.csv")


@pytest.fixture
def asking():
    """Asks an application that asks a database once."""

    def asking_of(status="200 OK", body=(b"one\n", b"two\n")):
        def app(environ, start):
            assert environ["HTTP_COOKIE"] == "the secretary's"
            start(status, [])
            with sqlite3.connect(":memory:") as database:
                cursor = database.cursor(driver_clock.SQLiteCursor)
                cursor.execute("SELECT 1").fetchall()
            return iter(body)

        return Asking(app, {SECRETARY: "the secretary's"}, most=3)

    return asking_of


def test_a_screen_is_asked_until_its_median_is_known(asking):
    found = asking().warm(SCREEN)
    assert found["times"] == 3
    assert found["statements"] == 1
    assert 0 < found["waiting"] < found["wall"]
    assert found["first"] <= found["wall"]


def test_a_new_process_is_asked_once(asking):
    assert asking().cold(SCREEN) > 0


def test_files_are_read_before_anything_is_weighed(tmp_path, monkeypatch):
    """Whoever asks first would be told less than whoever asks next."""
    monkeypatch.setattr(large_asking, "spool_folder", lambda: tmp_path)
    asked, kept = tmp_path / "asked", tmp_path / "digests.sqlite"

    def app(environ, start):
        number = len(asked.read_text()) if asked.exists() else 0
        asked.write_text("." * (number + 1))
        kept.write_text("." * min(number + 1, 3))
        start("200 OK", [])
        return iter([b"a screen"])

    Asking(app, {SECRETARY: "the secretary's"}, most=3).have_files_read([SCREEN])
    assert len(asked.read_text()) == 4


def test_the_lines_of_a_file_are_counted(asking):
    found = asking().warm(FILE)
    assert found["lines"] == 2
    assert found["checksum"] != asking(body=(b"one\n", b"2\n")).warm(FILE)["checksum"]


def test_a_screen_that_is_not_there_ends_the_benchmark(asking, capfd):
    with pytest.raises(RuntimeError, match=r"by name.*500"):
        asking("500 Internal Server Error").warm(SCREEN)
    with pytest.raises(RuntimeError, match=r"new process could not answer.*by name"):
        asking("500 Internal Server Error").cold(SCREEN)
    assert "500 Internal Server Error" in capfd.readouterr().err


def test_what_misses_a_bar_is_named_in_the_table():
    fast = {
        **{"wall": 100.0, "waiting": 10.0, "cpu": 80.0, "server": 10.0, "first": 90.0},
        **{"cold": 900.0, "statements": 3, "lines": 0},
    }
    slow = fast | {"wall": 501.0, "waiting": 400.0, "cold": 1001.0}
    begun = fast | {"first": 501.0, "lines": 3000}
    memory = {"before": 200, "after": 210, "most": 220}
    asked = {
        "PostgreSQL, 0.1": {"screens": {SCREEN.name: fast}, "memory": memory},
        "PostgreSQL, 1": {
            "screens": {SCREEN.name: slow, FILE.name: begun},
            "memory": memory,
        },
    }
    found = {"asked": asked, "bars": bars(asked), "measured": "2026-11-01T00:00"}
    lines = [re.sub(" +", " ", line) for line in markdown(found)]
    assert (
        "| top folder, by name | 501 | 400 | 80 | 10 | 3 | 1,001 | 5.0 × | server, "
        "database, cold, growth |" in lines
    )
    assert "| top folder, by name | 100 | 10 | 80 | 10 | 3 | 900 | | |" in lines
    assert (
        "| largest folder as CSV (first byte 501 ms, 30,000 rows/s) | 100 | 10 | 80 | 10 "
        "| 3 | 900 | | first byte, rows a second |" in lines
    )


def test_what_takes_longer_beside_others_than_it_may_is_named_in_a_table_of_its_own():
    figures = {"alone": 100.0, "most": 150.0}
    together = {
        "a page, while a file is sent": figures | {"then": 149.0},
        "the slowest of 20 reports": figures | {"then": 1500.0, "most": 300.0},
    }
    memory = {"before": 200, "after": 210, "most": 220}
    asked = {"SQLite, 1": {"screens": {}, "memory": memory, "together": together}}
    found = {"asked": asked, "bars": bars(asked), "measured": "2026-11-01T00:00"}
    lines = [re.sub(" +", " ", line) for line in markdown(found)]
    assert "| a page, while a file is sent | 100 | 149 | 150 | |" in lines
    assert "| the slowest of 20 reports | 100 | 1,500 | 300 | too long |" in lines


def test_databases_that_do_not_say_the_same_are_told():
    figures = {"wall": 1.0, "waiting": 1.0, "first": 1.0, "lines": 0}
    asked = {
        f"{database}, 0.1": {"screens": {SCREEN.name: figures | {"checksum": said}}}
        for database, said in (("PostgreSQL", "a"), ("SQLite", "b"))
    }
    told = {SCREEN.name: ["not the same on all databases"]}
    assert bars(asked) == {"PostgreSQL, 0.1": told, "SQLite, 0.1": told}


def test_the_same_size_gives_the_same_site_and_the_same_readings():
    one, other = Population(SMALLEST), Population(SMALLEST)
    assert one.papers == other.papers
    assert one.group_of == other.group_of
    first, again = (list(MadeAccesses(each, {})) for each in (one, other))
    assert first == again


def test_there_is_a_bit_of_everything_in_it():
    population = Population(SMALLEST)
    made = list(MadeAccesses(population, {}))
    origins = Counter(access.origin for access in made)
    assert {"page", "cache", "served", "downloaded"} == set(origins)
    users = {access.reader.user for access in made}
    assert "" in users
    assert users & {user for user, _name in population.left}
    assert len({access.url for access in made}) > len(population.papers)
    assert all(access.seen < UNTIL for access in made)
    assert {folder.kind for folder in population.folders} == set(range(5))


def test_its_full_size_is_that_of_a_ministry():
    population = Population(FULL)
    assert len(population.papers) == 5_100
    assert len(population.folders) == 200
    assert len(population.members) == 10_000
    assert len(population.groups) == 100


def test_what_takes_too_long_is_ended_and_said(monkeypatch):
    monkeypatch.setattr(large_asking, "_PATIENCE", 0.05)
    with pytest.raises(RuntimeError, match=r"Not found within 0\.05 seconds: reports"):
        large_asking.in_child(signal.pause, "reports")
