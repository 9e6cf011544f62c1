"""Servers and commands of Zope without the time of a start, for tests of what comes after it.

That Zope starts without all this is shown where the demo site is made (``tests.demo_site``), by
``tests.faults.test_demo_site``, by the command of ``tests.console``, and where the package is
removed; that of the benchmarks at night.
"""

from benchmarks.instances import clean_environment
from benchmarks.instances import Server
from dataclasses import dataclass
from demo.instance import prepare
from pathlib import Path
from tests.run_folder import alone
from tests.zope_nursery import NUMBER
from typing import IO

import json
import os
import pytest
import select
import signal
import socket
import subprocess
import sys
import tempfile


ROOT = Path(__file__).parents[1]


class NurseryGone(RuntimeError):
    """Nobody is there any more who tells of a process."""

    def __init__(self) -> None:
        super().__init__(
            "The process that Zope is forked from (tests/zope_nursery.py) has ended: it was "
            "killed, perhaps for want of memory. Run these tests again."
        )


class Zope:
    """A process, as ``subprocess.Popen`` has it. It leads a session of its own."""

    def __init__(self, told: int) -> None:
        self._told = told
        self.pid = self._number()
        self.returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("Zope", timeout)
            self.returncode = self._number()
            os.close(self._told)
        return self.returncode

    def poll(self) -> int | None:
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        self._send(signal.SIGKILL)

    def _send(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def _number(self) -> int:
        number = os.read(self._told, NUMBER.size)
        if not number:
            raise NurseryGone
        return NUMBER.unpack(number)[0]


class Zopes:
    """Starts them as a Python of its own would be started: ``-m MODULE`` or ``-c CODE``."""

    def __init__(self, address: Path, nursery: socket.socket) -> None:
        self.address = address
        self._nursery = nursery

    def start(
        self,
        *arguments: str | Path,
        env: dict[str, str],
        stdout: IO,
        stderr: IO,
        stdin: IO | None = None,
    ) -> Zope:
        wanted = {"arguments": list(map(str, arguments)), "environ": env}
        wanted["folder"] = str(ROOT)
        told, telling = os.pipe()
        with open(os.devnull) as nothing:
            files = [file.fileno() for file in (stdin or nothing, stdout, stderr)]
            message = json.dumps(wanted).encode()
            head = NUMBER.pack(len(message))
            try:
                socket.send_fds(self._nursery, [head], [*files, telling])
                self._nursery.sendall(message)
            except ConnectionError:
                os.close(told)
                raise NurseryGone from None
            finally:
                os.close(telling)
        return Zope(told)

    def run(
        self, *arguments: str | Path, env: dict[str, str], timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Wait for its end, and return what it has said."""
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            zope = self.start(*arguments, env=env, stdout=out, stderr=err)
            code = zope.wait(timeout)
            for file in (out, err):
                file.seek(0)
            return subprocess.CompletedProcess(arguments, code, out.read(), err.read())

    def run_script(self, conf: Path, script: Path, *words: str, **environ: str) -> str:
        """Run a script with Zope's ``app`` as a global name, as ``zconsole`` does; return
        what it prints."""
        words = ("-m", "Zope2.utilities.zconsole", "run", conf, script, *words)
        done = self.run(*words, env=clean_environment() | environ)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout


@dataclass
class ZopeServer(Server):
    """A server process of an instance, as the benchmarks have it."""

    zopes: Zopes | None = None

    def start(self) -> None:
        with (self.instance / "var" / "log" / "output").open("a") as log:
            self.process = self.zopes.start(
                *self.command[1:], env=clean_environment(), stdout=log, stderr=log
            )


def connected(address: Path) -> socket.socket | None:
    """Return a connection to the nursery, None where there is none, or not any more."""
    nursery = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        nursery.connect(str(address))
        if nursery.recv(100):
            return nursery
    except (FileNotFoundError, ConnectionError):
        pass
    nursery.close()
    return None


@pytest.fixture(scope="session")
def zopes(run_folder):
    """One nursery for all processes of the tests; the first one that needs it has it made."""
    address = run_folder / "zope.socket"
    with alone(run_folder / "zope.lock"):
        nursery = connected(address)
        if not nursery:
            address.unlink(missing_ok=True)
            prepare(run_folder / "nursery")
            conf = run_folder / "nursery" / "etc" / "zope.conf"
            command = [sys.executable, "-m", "tests.zope_nursery", conf, address]
            subprocess.run(command, cwd=ROOT, env=clean_environment(), check=True)
            nursery = connected(address)
    yield Zopes(address, nursery)
    nursery.close()
