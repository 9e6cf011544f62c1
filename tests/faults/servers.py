"""The processes of ``tests.faults.server``, as a test sees them."""

from collections.abc import Callable
from pathlib import Path
from tests.faults.server import Setup
from typing import Any
from urllib.request import Request
from urllib.request import urlopen

import json
import os
import signal
import subprocess
import sys
import time


ROOT = Path(__file__).parents[2]
PATIENCE = 30


def wait_for(condition: Callable[[], Any], what: Callable[[], Any] | str) -> Any:
    """Return what the condition gives as soon as that is true; ``what`` says what
    is wrong otherwise."""
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(what() if callable(what) else what)
        time.sleep(0.02)
    return found


class Nursery:
    """The process that all servers come from."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            text=True,
        )

    def start(self, setup: Setup) -> "Server":
        """Return a server that answers."""
        self._process.stdin.write(setup.to_json() + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        return Server(setup.port, Path(setup.log), pid).once_it_answers()

    def end(self) -> None:
        self._process.communicate(timeout=PATIENCE)


class Server:
    """One server."""

    def __init__(self, port: int, log: Path, pid: int) -> None:
        self.port = port
        self.log = log
        self.pid = pid

    def once_it_answers(self) -> "Server":
        def answers() -> bool:
            assert self.is_there(), self.said()
            try:
                return bool(self.state())
            except OSError:
                return False

        wait_for(answers, f"no server at {self.port}")
        return self

    def is_there(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def state(self) -> dict[str, Any]:
        """What its collector says about itself."""
        return self._get("/state")

    def replay(self) -> int:
        """Give what is in quarantine another chance; returns how many there were."""
        return self._get("/replay")

    def said(self, text: str = "") -> list[str]:
        """The lines of its log with this text."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if text in line]

    def kill(self) -> None:
        """As nobody can prepare for."""
        self._end(signal.SIGKILL)

    def end(self) -> None:
        """As an administrator does it."""
        self._end(signal.SIGTERM)

    def _end(self, number: int) -> None:
        if self.is_there():
            os.kill(self.pid, number)
            wait_for(lambda: not self.is_there(), f"{self.pid} does not end")

    def forked(self, port: int) -> "Server":
        """Let it fork; return the child, which serves at that port."""
        os.kill(self.pid, signal.SIGUSR1)

        def pid() -> int:
            try:
                return Server(port, self.log, 0).state()["pid"]
            except OSError:
                return 0

        return Server(port, self.log, wait_for(pid, f"no child at {port}"))

    def wait_until_drained(self) -> None:
        """Return when no spool in its folder holds anything."""
        wait_for(
            lambda: self.state()["spooled"] == 0,
            lambda: f"still spooled: {self.state()} {self.said('ERROR')[-5:]}",
        )

    def _get(self, path: str) -> Any:
        request = Request(f"http://127.0.0.1:{self.port}{path}")
        with urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)
