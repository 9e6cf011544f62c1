"""Screens as a Zope process answers them, with the time that it takes.

Answered by Zope's publisher in this one process, as a server's thread would do it, for a
member with a cookie. A child that is forked before anything was answered stands for
a process that has just been started.
"""

from benchmarks.large import driver_clock
from benchmarks.large.made_accesses import UNTIL
from benchmarks.large.rows import checksum_of
from benchmarks.large.screens import Screen
from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import asdict
from dataclasses import dataclass
from pathlib import Path
from plone.session import tktauth
from slc.clicktracker.charts import periods
from slc.clicktracker.doors import delivered
from slc.clicktracker.sites.storage import spool_folder
from slc.clicktracker.versions import file_digest
from statistics import median
from typing import Any
from wsgiref.util import setup_testing_defaults
from zope.component import getGlobalSiteManager
from zope.component import provideHandler
from ZPublisher.interfaces import IPubBeforeCommit

import binascii
import json
import os
import signal
import sys
import time


#: A screen is not asked for again when that has taken so many seconds.
_LONG = 6

#: Seconds that a child may take: what is found of many at once takes the longest, and is
#: asked for several times.
_PATIENCE = 900

_MEGABYTE = 1 << 20


@dataclass
class Answer:
    """Milliseconds: by the clock, ``waiting`` for the database, of a core in this process
    and in the ``server`` of the database (by hundredths of a second), ``first`` until
    something is sent. ``size`` in bytes, ``lines`` of a file."""

    wall: float
    waiting: float
    cpu: float
    server: float
    first: float
    statements: int
    size: int
    lines: int
    checksum: str


class Asking:
    """Asks the ``app`` of this process; ``cookies`` are those of its viewers."""

    def __init__(self, app: Callable, cookies: dict[str, str], most: int) -> None:
        self._app = app
        self._cookies = cookies
        self._most = most
        self._view: Any = None
        self._looked = self._looked_cpu = 0.0
        self._checksum = ""
        self._is_looking = True

    def watch(self) -> None:
        """Note what screens show, from now on in this process; that they were served is
        not noted, as what is kept would become more each time."""
        delivered._keep = lambda *_args: None
        # What the dashboard looks back on ends with the last reading, whatever day it is.
        periods.utc_now = lambda: UNTIL
        provideHandler(self._look, (IPubBeforeCommit,))

    def look_away(self) -> None:
        """Don't note any more what screens show: that takes time, of all that is asked at
        once."""
        self._is_looking = False
        getGlobalSiteManager().unregisterHandler(self._look, (IPubBeforeCommit,))

    def cold(self, screen: Screen) -> float:
        """Return the milliseconds that the first answer of a process takes, where all
        templates have been compiled before, and texts looked up that are kept on the
        disk for the next process."""
        before = _on_disk()
        wall = self._wall_in_child(screen)
        return wall if _on_disk() == before else self._wall_in_child(screen)

    def _wall_in_child(self, screen: Screen) -> float:
        return in_child(lambda: self.answer(screen).wall, f"{screen}")

    def have_files_read(self, screens: Iterable[Screen]) -> None:
        """Have other processes asked for screens until all is on the disk that they find
        out: a screen says of a file that its version is not known yet, until somebody
        has read it in the background."""
        for screen in screens:
            before = None
            while before != (before := _on_disk()):
                in_child(
                    lambda screen=screen: self._answer_and_read(screen), screen.name
                )

    def _answer_and_read(self, screen: Screen) -> bool:
        self.answer(screen)
        file_digest._unread.wait()
        return True

    def warm(self, screen: Screen) -> dict[str, Any]:
        """Return the medians of several answers, without the first one, for which more
        has to be looked up, unless it is to be the only one."""
        first = self.answer(screen)
        answers = [first] if self._most == 1 else [self.answer(screen)]
        took = sum(answer.wall for answer in answers) / 1000
        while len(answers) < self._most and took < _LONG:
            answers.append(self.answer(screen))
            took += answers[-1].wall / 1000
        checksums = {answer.checksum for answer in answers}
        if len(checksums) > 1:
            raise RuntimeError(f"Not the same each time: {screen}")
        found = [asdict(answer) for answer in answers]
        checksum = checksums.pop()
        return {
            **{name: median(one[name] for one in found) for name in _FIGURES},
            "checksum": checksum,
            "times": len(found),
        }

    def answer(self, screen: Screen) -> Answer:
        """Ask for a screen once. Raises ``RuntimeError`` unless it is there."""
        environ = {
            "PATH_INFO": f"/Plone/{screen.path}",
            "QUERY_STRING": screen.query,
            "HTTP_COOKIE": self._cookies[screen.viewer],
            "HTTP_ACCEPT": "text/html",
            # As browsers have it: a file is sent in parts.
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_SOFTWARE": "waitress",
        }
        setup_testing_defaults(environ)
        started: list[str] = []
        self._looked = self._looked_cpu = 0.0
        self._checksum = ""
        driver_clock.restart()
        server = driver_clock.server_seconds()
        began, cpu = time.perf_counter(), time.thread_time()
        first = 0.0
        body = []
        chunks = self._app(environ, lambda status, headers: started.append(status))
        for chunk in chunks:
            first = first or time.perf_counter() - began
            body.append(chunk)
        if hasattr(chunks, "close"):
            chunks.close()
        wall, cpu = time.perf_counter() - began, time.thread_time() - cpu
        waiting, statements = driver_clock.spent()
        server = driver_clock.server_seconds() - server
        text = b"".join(body)
        if not started[0].startswith("200"):
            raise RuntimeError(f"{screen} answers with {started[0]}")
        if screen.is_text and self._is_looking:
            self._checksum = checksum_of(None, text)
        return Answer(
            wall=(wall - self._looked) * 1000,
            waiting=waiting * 1000,
            cpu=(cpu - self._looked_cpu) * 1000,
            server=server * 1000,
            first=(first - self._looked) * 1000,
            statements=statements,
            size=len(text),
            lines=text.count(b"\n") if screen.is_text else 0,
            checksum=self._checksum,
        )

    def _look(self, event: Any) -> None:
        """Note what a screen shows, before its request ends; that takes time of its own."""
        view = event.request.get("PUBLISHED")
        began, cpu = time.perf_counter(), time.thread_time()
        with driver_clock.paused():
            self._checksum = checksum_of(view)
        self._looked = time.perf_counter() - began
        self._looked_cpu = time.thread_time() - cpu


def in_child(find: Callable[[], Any], what: str) -> Any:
    """Return what a process finds that begins as this one is now. Raises
    ``RuntimeError`` where it finds nothing: it has said why, or was ended as it took too
    long."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        found = None
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
        try:
            found = find()
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
        finally:
            os.write(writing, json.dumps(found).encode())
            # Nothing is cleaned up that is the parent's.
            os._exit(0)
    os.close(writing)
    with open(reading) as answer:
        found = json.loads(answer.read() or "null")
    _child, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) == -signal.SIGALRM:
        raise RuntimeError(f"Not found within {_PATIENCE:g} seconds: {what}")
    if not found:
        raise RuntimeError(f"A new process could not answer: {what}")
    return found


_FIGURES = (
    *("wall", "waiting", "cpu", "server", "first"),
    *("statements", "size", "lines"),
)


def ask(asking: Asking, screens: list[Screen], with_cold: bool) -> dict[str, Any]:
    """Return what is found of all screens, and the memory of this process."""
    found: dict[str, dict[str, Any]] = {screen.name: {} for screen in screens}
    if with_cold:
        asking.have_files_read([each for each in screens if each.is_first])
    for screen in screens if with_cold else ():
        if screen.is_first or not screen.growth:
            found[screen.name]["cold"] = asking.cold(screen)
            _say(screen, found)
    # What belongs to Plone itself is there before anything is weighed.
    asking.answer(screens[0])
    before = _memory("VmRSS")
    for screen in screens:
        found[screen.name] |= asking.warm(screen)
        _say(screen, found)
    memory = {"before": before, "after": _memory("VmRSS"), "most": _memory("VmHWM")}
    return {"screens": found, "memory": memory}


def _on_disk() -> tuple[int, bytes]:
    """Return how many templates are there in Python, and what documents are known by."""
    templates = Path(os.environ.get("CHAMELEON_CACHE", "/nowhere")).glob("*.py")
    digests = spool_folder() / "digests.sqlite"
    return len(list(templates)), digests.read_bytes() if digests.exists() else b""


def _say(screen: Screen, found: dict[str, dict[str, Any]]) -> None:
    figures = found[screen.name]
    shown = ", ".join(
        f"{name} {figures[name]:,.0f}"
        for name in ("cold", "wall", "waiting", "cpu")
        if name in figures
    )
    print(f"{screen.name}: {shown} ms", file=sys.stderr, flush=True)


def _memory(name: str) -> float:
    """Return a figure of this process, in megabytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024 / _MEGABYTE
    return 0


def cookie_of(site: Any, user: str) -> str:
    """Return the cookie that the log-in form sets."""
    plugin = site.acl_users.session
    made = tktauth.createTicket(
        secret=plugin._getSigningSecret(user),
        userid=user,
        mod_auth_tkt=plugin.getProperty("mod_auth_tkt"),
    )
    value = binascii.b2a_base64(made).rstrip().decode()
    return f'{plugin.cookie_name}="{value}"'
