"""A server with the real filter, collector and storage, and without Plone.

``python -m tests.faults.server`` imports everything, which takes most of the time.
Then each line on its standard input, a ``Setup`` as JSON, starts a server, whose
process id is the answer. SIGTERM ends a server as it ends Zope. SIGUSR1 lets it
fork: the child serves on the second port.
"""

from dataclasses import asdict
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from slc.clicktracker.collector import collector as collector_module
from slc.clicktracker.collector import spool
from slc.clicktracker.doors.filter import CollectorFilter
from slc.clicktracker.doors.process import collector
from slc.clicktracker.doors.process import end
from slc.clicktracker.sites import storage as site_storage
from slc.clicktracker.storage.postgresql import PostgreSQLStorage
from slc.clicktracker.tickets.credential import LogInCookie
from slc.clicktracker.tickets.verdict import SiteRules
from tests.faults.faulty import Faults
from tests.faults.faulty import FaultyRecorder
from tests.faults.site import ADDRESS
from tests.faults.site import COOKIE
from tests.faults.site import KEYS
from tests.faults.site import SITE

import ctypes
import json
import logging
import os
import resource
import signal
import sys
import threading
import waitress


@dataclass(frozen=True)
class Setup:
    """What a server is to do.

    ``log`` is the file for what it says, ``faults`` is the folder of ``Faults``;
    ``clock`` a file with the seconds that the wall clock is ahead; ``events`` a file
    that is told what is written, synced and acknowledged; ``adoption`` is in seconds. ``file_limit`` is how long, in
    bytes, a file may get, ``ordinary`` that the rights of files bind it even as root.
    """

    port: int
    log: str
    dsn: str
    spool: str
    faults: str
    forked_port: int = 0
    strict: bool = False
    spool_limit: int = 200_000_000
    adoption: float = 0.5
    clock: str = ""
    events: str = ""
    file_limit: int = 0
    ordinary: bool = False

    def to_json(self) -> str:
        return json.dumps(asdict(self))


class App:
    """The filter, told the site's rules before each request as Zope tells them now
    and then, in front of an app that shows the state of the collector."""

    def __init__(self, setup: Setup) -> None:
        self._rules = rules(setup)
        self._filter = CollectorFilter(self._inside)

    def __call__(self, environ, start):
        collector().primed.tell(environ.get("HTTP_HOST", "") + ADDRESS, self._rules)
        return self._filter(environ, start)

    def _inside(self, environ, start):
        answer = {"/state": _state, "/replay": _replay}.get(environ["PATH_INFO"])
        if answer is None:
            start("404 Not Found", [])
            return []
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(answer()).encode()]


def _state():
    process = collector()
    everywhere = process.status_of_all(SITE)
    return {
        "writer": process.status().writer,
        "spooled": everywhere.total.spooled,
        "age": everywhere.oldest_age(process.status().at),
        "problem": everywhere.total.problem,
        "quarantined": [one.reason for one in process.quarantine.first(SITE, 10)],
        "pid": os.getpid(),
        "spool": str(process.spools.name),
        "threads": sorted(thread.name for thread in threading.enumerate()),
    }


def _replay():
    return collector().replay(SITE)


def rules(setup: Setup) -> SiteRules:
    return SiteRules(
        site=SITE,
        keys=KEYS,
        lifetime=timedelta(hours=24),
        cookie=LogInCookie(COOKIE),
        strict=setup.strict,
        spool_limit=setup.spool_limit,
    )


def application(setup: Setup) -> App:
    """Return the app, with all that the process needs for it."""
    os.environ["CLICKTRACKER_SPOOL"] = setup.spool
    collector_module._ADOPTION = setup.adoption
    storage = FaultyRecorder(
        PostgreSQLStorage(setup.dsn, site=SITE), Faults(Path(setup.faults))
    )
    site_storage._open[SITE] = site_storage.Address("default"), storage
    if setup.clock:
        shift_clock(Path(setup.clock))
    app = App(setup)
    return tell_events(Path(setup.events), app) if setup.events else app


def shift_clock(file: Path) -> None:
    """Let all of the add-on see the wall clock as far ahead as the file says."""

    class Moment(type):
        # What others have made is one, too.
        def __instancecheck__(cls, value):
            return isinstance(value, datetime)

    class Shifted(datetime, metaclass=Moment):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(seconds=float(file.read_text()))

    for name, module in list(sys.modules.items()):
        ours = name.startswith("slc.clicktracker")
        if ours and getattr(module, "datetime", None) is datetime:
            module.datetime = Shifted


def tell_events(file: Path, app: App):
    """Note what is written to the spool, synced, and acknowledged, in this order."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    insert, fsync = spool.Spool._insert, os.fsync

    def note(*words: str) -> None:
        os.write(descriptor, (" ".join(words) + "\n").encode())

    def noted_insert(self, group):
        insert(self, group)
        written = (record for entry in group for record in entry.records)
        note("written", *(json.loads(record)[0] for record in written))

    def noted_fsync(number):
        fsync(number)
        if os.readlink(f"/proc/self/fd/{number}").endswith("-wal"):
            note("synced")

    def noted_app(environ, start):
        def noted_start(status, headers, *more):
            if status.startswith("200") and "HTTP_X_KEY" in environ:
                note("acknowledged", environ["HTTP_X_KEY"])
            return start(status, headers, *more)

        return app(environ, noted_start)

    spool.Spool._insert, os.fsync = noted_insert, noted_fsync
    return noted_app


def restrict(setup: Setup) -> None:
    if setup.file_limit:
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (setup.file_limit, most))
    if setup.ordinary and os.geteuid() == 0:
        obey_rights_of_files()


def obey_rights_of_files() -> None:
    """Let root be stopped by the rights of a file, as others are.

    Becoming somebody else would not do: what is tested may lie where only root
    can read it. Threads that are started later have no more rights.
    """
    version_3, all_capabilities, of_files = 0x20080522, 0xFFFFFFFF, 0b1110
    header = (ctypes.c_uint32 * 2)(version_3, 0)
    allowed = all_capabilities & ~of_files
    # Effective, permitted and inheritable; twice, as there are more than 32.
    libc = ctypes.CDLL(None, use_errno=True)
    held = (ctypes.c_uint32 * 6)()
    if libc.capget(header, held):
        raise OSError(ctypes.get_errno(), "capget")
    for place in range(3):
        held[place] &= allowed
    if libc.capset(header, held):
        raise OSError(ctypes.get_errno(), "capset")


def listening(app, port: int):
    """Return a server that answers as soon as it runs."""
    return waitress.create_server(app, host="127.0.0.1", port=port, threads=4)


def run(setup: Setup) -> None:
    """Be a server. Nothing of the collector was started before."""
    log = os.open(setup.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    restrict(setup)
    app = application(setup)
    collector()
    server = listening(app, setup.port)

    def fork(*_) -> None:
        if os.fork() == 0:
            server.socket.close()
            listening(app, setup.forked_port).run()
            # Not by the way out of the parent's server, whose threads are not here.
            end()
            os._exit(0)

    signal.signal(signal.SIGUSR1, fork)
    server.run()


def main() -> None:
    # What has ended is gone at once.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while line := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            run(Setup(**json.loads(line)))
            return
        print(pid, flush=True)


if __name__ == "__main__":
    main()
