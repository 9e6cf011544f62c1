"""``make bench`` still runs, ends whatever happens, and is what the README says."""

from benchmarks import doors
from benchmarks import report
from benchmarks.__main__ import README
from benchmarks.__main__ import RESULTS
from benchmarks.__main__ import ROOT
from benchmarks.instances import running
from benchmarks.instances import Server
from pathlib import Path
from tests.nightly import NIGHTLY

import json
import os
import pytest
import subprocess
import sys


HERE = Path(__file__).parent


@pytest.fixture
def bench(tmp_path):
    """Runs the benchmark with something else in the place of wrk."""

    def run(
        wrk: str, *words: str, benchmarks: tuple[str | Path, ...] = ("benchmarks",)
    ) -> subprocess.CompletedProcess:
        (tmp_path / "wrk").write_text(f"#!/bin/sh\n{wrk}\n")
        (tmp_path / "wrk").chmod(0o755)
        environ = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
        return subprocess.run(
            [sys.executable, "-m", *benchmarks, "--smallest", *words],
            cwd=ROOT,
            env=environ | {"TMPDIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
        )

    return run


def processes_below(folder: Path) -> list[str]:
    """Return the processes that name a folder in their command lines, or write there."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            words = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            files = [os.readlink(file) for file in (path / "fd").iterdir()]
        except OSError:
            continue
        if any(str(folder) in each for each in (words, *files)):
            found.append(words)
    return found


def test_every_part_runs_at_its_smallest_size(bench, zopes, tmp_path):
    benchmarks = ["benchmarks"]
    if not NIGHTLY:  # Six times to start Zope takes longer than all else.
        benchmarks = ["tests.benchmarks.with_zopes", zopes.address]
    wrk = f'exec {sys.executable} {HERE / "few_requests.py"} "$@"'
    done = bench(wrk, benchmarks=benchmarks)
    assert done.returncode == 0, done.stdout
    for name in (
        report.FILTER,
        report.VISITS,
        report.TWO_PROCESSES,
        report.LOGCLICK,
        "what presence adds to a page, ms",
        "what the server mode adds to a request, ms",
        "SQLite, 1 M",
        "the slowest list of a year",
    ):
        assert f"| {name} " in done.stdout, done.stdout
    assert processes_below(tmp_path) == []


if NIGHTLY:  # A site of its own takes half a minute.

    def test_the_screens_of_the_large_site_are_asked(bench, tmp_path):
        done = bench("exit 1", "--large")
        assert done.returncode == 0, done.stdout
        for name in ("top folder, by name", "members most behind", "control panel"):
            assert f"| {name} " in done.stdout, done.stdout
        assert processes_below(tmp_path) == []


class Idle(Server):
    """Listens, and needs no Zope for it."""

    @property
    def command(self) -> list[str]:
        listen = f"s = socket.create_server(('127.0.0.1', {self.port}))"
        return [sys.executable, "-c", f"import socket, time; {listen}; time.sleep(600)"]


class Broken(Server):
    @property
    def command(self) -> list[str]:
        return [sys.executable, "-c", "raise SystemExit('no ZODB')"]


@pytest.fixture
def servers(tmp_path):
    (tmp_path / "var" / "log").mkdir(parents=True)
    return [Idle(tmp_path), Idle(tmp_path)]


def test_what_fails_ends_the_servers(servers):
    with pytest.raises(ZeroDivisionError), running(servers):
        assert [server.process.poll() for server in servers] == [None, None]
        raise ZeroDivisionError
    assert None not in [server.process.poll() for server in servers]


def test_a_server_that_does_not_start_ends_the_others_and_says_why(servers, tmp_path):
    others = [*servers, Broken(tmp_path)]
    with pytest.raises(RuntimeError, match="no ZODB"), running(others):
        pass
    assert None not in [server.process.poll() for server in others]


def test_what_is_compared_is_measured_in_each_round_and_compared_within_it():
    server = Server(Path())
    subjects = doors.subjects_of(server, server, server)
    rounds = [
        [each.name for each in doors.in_round(number, subjects)] for number in range(7)
    ]
    assert [len(names) for names in rounds] == [8, 4, 4, 8, 4, 4, 8]
    assert all(set(report.COMPARED) <= set(names) for names in rounds)
    ends = (
        (report.EMPTY_FILTER, report.TWO_PROCESSES),
        (report.EMPTY_VIEW, report.EMPTY_FILTER),
    )
    assert [(names[0], names[-1]) for names in rounds[:2]] == [*ends]

    # The machine is faster from round to round, and has something else to do in one run.
    runs = [
        {"round": number, "subject": name, "cpu_us": 1, "requests_per_second": rate}
        for number, names in enumerate(rounds)
        for name in names
        for rate in [(number + 1) * (90 if name == report.VISITS else 100)]
    ]
    (slow,) = [
        each for each in runs if (each["round"], each["subject"]) == (3, report.VISITS)
    ]
    slow["requests_per_second"] /= 2
    assert report.ratios(runs)["e / b"] == 0.9
    assert report.ratios(runs)["b / d"] == 1


def test_the_readme_says_what_was_measured():
    readme = README.read_text()
    assert report.put_into(readme, json.loads(RESULTS.read_text())) == readme
