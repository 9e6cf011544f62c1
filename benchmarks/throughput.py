"""Requests a second through a filter, a view or two processes; and is all stored?

A run is one look at one subject: wrk asks for some seconds, then the spools have
to become empty and the storage has to hold what was acknowledged.
"""

from base64 import b64encode
from benchmarks import wrk
from benchmarks.beacons import Beacons
from benchmarks.instances import Server
from dataclasses import asdict
from dataclasses import dataclass
from datetime import datetime
from datetime import timezone
from demo.instance import ADMIN
from http.client import HTTPResponse
from pathlib import Path
from slc.clicktracker.interfaces import ICollectorSettings
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.storage.relational.storage import RelationalStorage
from slc.clicktracker.storage.sqlite import SQLiteStorage
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request
from urllib.request import urlopen
from uuid import uuid4

import json
import os
import time


#: What is asked, of the filter and past it, of an empty filter, and of an empty view.
CALLBACK = "@@clicktracker-callback"
CALLBACK_VIEW = "@@benchmark-beacon"
NOTHING = "@@benchmark-nothing"
EMPTY_VIEW = "@@benchmark-empty"

#: Settings that are switched on for a subject.
STRICT = f"{ICollectorSettings.__identifier__}.strict"
VISITS = f"{IVisitorSettings.__identifier__}.enabled"

#: Tickets that are issued for a second of a run. One that comes faster uses them
#: again, for views of their own: ten times at most.
TICKETS = 3000

#: Requests to each server before a run, so that it knows its site.
_FIRST = 8

_PATIENCE = 120

#: What is counted in the storage, and what it has to add up to.
_ACCESSES = (
    "count(*) FROM clicktracker_access",
    "sum(count) FROM clicktracker_reading",
)
_VIEWS = ("count(*) FROM clicktracker_view", "sum(pages) FROM clicktracker_visit")


class NotStored(AssertionError):
    """What was acknowledged is not in the storage, or something else is."""


@dataclass(frozen=True)
class Subject:
    """What is measured: an address on one or two servers of one instance.

    ``switched`` is a setting that is on meanwhile, by its record: "Wait for the disk", or
    "Record visits", with which each beacon is of a page that is not tracked.
    """

    name: str
    servers: tuple[Server, ...]
    view: str = CALLBACK
    switched: str = ""

    @property
    def stores(self) -> bool:
        """Does what it acknowledges have to be in the storage?"""
        return self.view in (CALLBACK, CALLBACK_VIEW)

    @property
    def is_of_visits(self) -> bool:
        """Is what it takes page views, and not readings?"""
        return self.switched == VISITS

    @property
    def takes_beacons(self) -> bool:
        return self.view != EMPTY_VIEW

    @property
    def addresses(self) -> list[str]:
        return [f"{server.site}/{self.view}" for server in self.servers]


@dataclass(frozen=True)
class State:
    """What the processes of an instance have done, and what its storage holds."""

    accepted: int
    stored: int
    spooled: int
    rows: int = 0


def measure(
    subject: Subject, beacons: Beacons, load: wrk.Load, folder: Path
) -> dict[str, Any]:
    """Return the figures of one run. Raises ``NotStored``."""
    if subject.switched:
        _switch(subject, True)
    try:
        _warm_up(subject, beacons)
        return _measured(subject, beacons, load, folder)
    finally:
        if subject.switched:
            _switch(subject, False)


def _measured(
    subject: Subject, beacons: Beacons, load: wrk.Load, folder: Path
) -> dict[str, Any]:
    before = _settled(subject, beacons.site) if subject.stores else None
    run = f"{uuid4().hex[:12]}" if subject.takes_beacons else ""
    commands = []
    for number, address in enumerate(subject.addresses):
        path = folder / f"lines-{number}"
        count = load.seconds * TICKETS if run else 1000
        beacons.write(path, count, not subject.is_of_visits)
        commands.append(
            wrk.command(address, load, path, f"{run}-{number}" if run else "")
        )
    machine, busy = os.getloadavg()[0], _cpu_seconds(subject)
    counted = wrk.run_all(commands, load.seconds + _PATIENCE)
    busy = _cpu_seconds(subject) - busy
    figures = {
        "subject": subject.name,
        "requests_per_second": sum(one.rate for one in counted),
        "p50_ms": max(one.p50 for one in counted) / 1000,
        "p99_ms": max(one.p99 for one in counted) / 1000,
        "cpu_us": busy / sum(one.answers for one in counted) * 1e6,
        "load_before": machine,
        "wrk": [asdict(one) for one in counted],
        "command": " & ".join(" ".join(words) for words in commands).replace(
            f"{folder}/", ""
        ),
    }
    if sum(one.refused for one in counted):
        raise NotStored(f"{subject.name}: requests were refused: {counted}")
    if before is not None:
        figures |= _check(subject, beacons.site, before, counted, load)
    return figures


def _check(
    subject: Subject,
    site: str,
    before: State,
    counted: list[wrk.Counted],
    load: wrk.Load,
) -> dict[str, Any]:
    """Wait until all is stored and compare. wrk may end before it sees the answer
    to its last request on each connection."""
    ended = time.monotonic()
    backlog = _state(subject, site).spooled
    after = _settled(subject, site)
    acknowledged = sum(one.answers for one in counted)
    unseen = sum(load.connections + one.broken for one in counted)
    rows, accepted = after.rows - before.rows, after.accepted - before.accepted
    figures = {
        "acknowledged": acknowledged,
        "rows": rows,
        "accepted": accepted,
        "unseen_at_most": unseen,
        "spooled_at_the_end": backlog,
        "seconds_until_stored": time.monotonic() - ended,
    }
    if rows != accepted or not acknowledged <= rows <= acknowledged + unseen:
        raise NotStored(f"{subject.name}: {figures}")
    return figures


def _cpu_seconds(subject: Subject) -> float:
    return sum(server.cpu_seconds for server in subject.servers)


def _warm_up(subject: Subject, beacons: Beacons) -> None:
    """Send some requests one after the other, as a first one tells the filter the
    rules of the site. Each has to be answered as our filter does it, and only to a log-in."""
    for address in subject.addresses:
        for cookie, ticket in beacons.pairs(_FIRST, not subject.is_of_visits):
            message = {"ticket": ticket, "view": uuid4().hex}
            body = json.dumps(message).encode() if subject.takes_beacons else None
            request = Request(address, body, {"Cookie": cookie})
            with urlopen(request, timeout=60) as answer:
                if not _is_empty(answer):
                    raise NotStored(f"{address}: {answer.status} {answer.headers}")
        if subject.view == EMPTY_VIEW:
            with urlopen(address, timeout=60) as answer:
                if _is_empty(answer):
                    raise NotStored(f"{address} does not ask for a log-in")


def _is_empty(answer: HTTPResponse) -> bool:
    return answer.status == 200 and answer.headers["Content-Length"] == "0"


def _switch(subject: Subject, on: bool) -> None:
    for server in subject.servers:
        asked = urlencode({"record": subject.switched, "on": f"{on:d}"})
        address = f"{server.site}/@@benchmark-switch?{asked}"
        log_in = b64encode(ADMIN.encode()).decode()
        request = Request(address, headers={"Authorization": f"Basic {log_in}"})
        urlopen(request, timeout=60).close()


def _settled(subject: Subject, site: str) -> State:
    """Return the state once nothing waits in the spools any more."""
    asked = datetime.now(timezone.utc)
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        state = _state(subject, site, newer_than=asked)
        if state is not None and not state.spooled:
            rows = _rows(subject, site)
            return State(state.accepted, state.stored, 0, rows)
        time.sleep(0.2)
    raise NotStored(f"{subject.name}: reads wait for more than {_PATIENCE} s")


def _state(
    subject: Subject, site: str, newer_than: datetime | None = None
) -> State | None:
    """Return the sum of what the processes published; None while it is too old, or
    one of them has not begun to."""
    accepted = stored = spooled = 0
    folder = subject.servers[0].instance / "var" / "clicktracker"
    published = list(folder.glob("spool-*.json"))
    if len(published) < len(subject.servers):
        return None
    for path in published:
        status = json.loads(path.read_text())
        if newer_than and datetime.fromisoformat(status["at"]) <= newer_than:
            return None
        state = status["sites"].get(site, {})
        accepted += state.get("accepted", 0)
        stored += state.get("stored", 0)
        spooled += state.get("spooled", 0)
    return State(accepted, stored, spooled)


def _rows(subject: Subject, site: str) -> int:
    """Return how many accesses or page views the storage holds; their sums have to
    agree."""
    summed = _VIEWS if subject.is_of_visits else _ACCESSES
    storage = _storage(subject.servers[0], site)
    try:
        with storage.engine.connect() as connection:
            rows, total = (
                int(connection.exec_driver_sql(f"SELECT {what}").scalar() or 0)
                for what in summed
            )
    finally:
        storage.close()
    if rows != total:
        raise NotStored(f"{rows} are stored, but their sum is {total}")
    return rows


def _storage(server: Server, site: str) -> RelationalStorage:
    if server.dsn:
        return PostgreSQLStorage(server.dsn, site=site)
    path = server.instance / "var" / "clicktracker" / "readings.sqlite"
    return SQLiteStorage(path, site=site)
