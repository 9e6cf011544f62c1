"""What the viewlet adds to rendering a page of tracked content.

    python -m benchmarks.rendering INSTANCE RENDERINGS COOKIE PATH

Renders the page for a member in this one process, through Zope's publisher, by
turns as it is and with a viewlet that renders nothing. In the first the viewlet, with
the note that the page is served, is timed by itself, by the clock and by what it keeps
a core busy, which other programs disturb less.
"""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from wsgiref.util import setup_testing_defaults

import json
import subprocess
import sys
import time


#: Renderings before those that count, where there are that many.
_WARM_UP = 20

#: Seconds in which Zope starts, and in which a page is rendered twice.
_PATIENCE = 180, 10


def measure(instance: Path, renderings: int, cookie: str, path: str) -> dict[str, Any]:
    """Run it in a process of its own and return the medians, in milliseconds.

    Raises ``subprocess.SubprocessError``.
    """
    return measured_by("benchmarks.rendering", instance, renderings, cookie, path)


def measured_by(
    module: str, instance: Path, renderings: int, cookie: str, path: str
) -> dict[str, Any]:
    """Return what a module prints that is run in a process of its own."""
    words = [str(instance), str(renderings), cookie, path]
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=Path(__file__).parents[1],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=_PATIENCE[0] + _PATIENCE[1] * (renderings + warm_up(renderings)),
    )
    return json.loads(done.stdout.splitlines()[-1])


def warm_up(renderings: int) -> int:
    """Return how many come before those that count."""
    return min(_WARM_UP, renderings)


class Timed:
    """A method of a class, or function of a module, that adds up how long it takes."""

    def __init__(self, owner: Any, name: str) -> None:
        self._owner = owner
        self._name = name
        self._function = getattr(owner, name)
        self.seconds = self.cpu = 0.0

    def watch(self) -> None:
        """From now on."""
        function = self._function
        self.seconds = self.cpu = 0.0

        def timed(*args: Any) -> Any:
            began, cpu = time.perf_counter(), time.thread_time()
            try:
                return function(*args)
            finally:
                self.cpu += time.thread_time() - cpu
                self.seconds += time.perf_counter() - began

        setattr(self._owner, self._name, timed)

    def silence(self) -> None:
        """Let it do nothing from now on."""
        setattr(self._owner, self._name, lambda *args: "")


def rendered(app: Callable, environ: dict[str, Any]) -> str:
    """Return the page."""
    environ = dict(environ)
    setup_testing_defaults(environ)
    started: list[str] = []
    body = b"".join(app(environ, lambda status, headers: started.append(status)))
    if not started[0].startswith("200"):
        raise RuntimeError(f"The page answers with {started[0]}")
    return body.decode()


def timed_page(
    app: Callable, environ: dict[str, Any], expect: bool
) -> tuple[float, float]:
    """Return the seconds that a page takes, with the viewlet's script or without,
    and those of a core."""
    began, cpu = time.perf_counter(), time.thread_time()
    page = rendered(app, environ)
    seconds = time.perf_counter() - began, time.thread_time() - cpu
    if ("data-ticket=" in page) is not expect:
        raise RuntimeError("The page has the script where it should not, or has it not")
    return seconds


def main(instance: str, renderings: str, cookie: str, path: str) -> None:
    """Print the medians as JSON."""
    from slc.clicktracker.browser.tracker import TrackerViewlet
    from slc.clicktracker.doors import delivered
    from slc.clicktracker.doors import served
    from Zope2.Startup.run import make_wsgi_app

    app = make_wsgi_app({}, str(Path(instance) / "etc" / "zope.conf"))
    environ = {"PATH_INFO": path, "HTTP_COOKIE": cookie, "HTTP_ACCEPT": "text/html"}
    methods = [Timed(TrackerViewlet, name) for name in ("update", "render")]
    # What is looked at before the request commits, and left to do once it has.
    methods.append(Timed(served, "shown_content"))
    methods.append(Timed(served, "note_shown"))
    methods.append(Timed(delivered, "_keep"))
    viewlet: list[tuple[float, float]] = []
    pages: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    first = warm_up(int(renderings))
    for number in range(int(renderings) + first):
        if number == first:
            for figures in (viewlet, *pages.values()):
                figures.clear()
        # Each goes first every other time.
        for expect in (True, False) if number % 2 else (False, True):
            for method in methods:
                method.watch() if expect else method.silence()
            pages[expect].append(timed_page(app, environ, expect))
            if expect:
                cpu = sum(method.cpu for method in methods)
                viewlet.append((sum(method.seconds for method in methods), cpu))
    found = {}
    for kind, name in enumerate(("ms", "cpu_ms")):
        one, other = median_of_kind(viewlet, kind), median_of_kind(pages[False], kind)
        found[f"viewlet_{name}"] = one
        found[f"page_without_{name}"] = other
        found[f"page_with_{name}"] = median_of_kind(pages[True], kind)
        found[f"percent_{name}"] = one / other * 100
    print(json.dumps(found))


def median_of_kind(figures: list[tuple[float, float]], kind: int) -> float:
    """Return the median, in milliseconds, of seconds (0) or those of a core (1)."""
    return median(figure[kind] for figure in figures) * 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
