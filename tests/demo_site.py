"""The demo site in a process of its own, for tests that need all of it."""

from demo.instance import prepare
from demo.serve import has_site
from demo.serve import make_demo
from pathlib import Path
from tests.postgresql_server import free_port
from tests.run_folder import alone

import os
import pytest
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request


ROOT = Path(__file__).parents[1]
PATIENCE = 120


class DemoSite:
    """The server process of a demo site.

    Made by the server when it starts, as ``make run`` does it, or a copy of the
    instance ``made``. ``environ`` is what the server knows of ``CLICKTRACKER``. It is
    started as anybody does it, or is one of ``zopes``.
    """

    def __init__(self, folder, made=None, zopes=None, **environ):
        self.instance = folder / "instance"
        self.environ = environ
        self.port = free_port()
        self.url = f"http://localhost:{self.port}/Plone"
        self._log = folder / "log"
        self.zopes = zopes
        if made:
            shutil.copytree(made, self.instance)

    def start(self, *options):
        """Serve it, and wait until it answers."""
        command = ["-m", "demo.serve", *options]
        command += ["--instance", str(self.instance), "--port", str(self.port)]
        environ = {k: v for k, v in os.environ.items() if "CLICKTRACKER" not in k}
        environ |= self.environ
        with self._log.open("a") as log:
            files = {"stdout": log, "stderr": log}
            if self.zopes:
                self.process = self.zopes.start(*command, env=environ, **files)
            else:
                self.process = subprocess.Popen(
                    [sys.executable, *command],
                    cwd=ROOT,
                    env=environ,
                    start_new_session=True,
                    **files,
                )
        self._wait()

    def _wait(self):
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                urllib.request.urlopen(self.url).close()
                return
            except urllib.error.URLError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(self._log.read_text()) from None
                time.sleep(0.1)

    def end(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
            self.process.wait(PATIENCE)


def make(instance, *options):
    """Make an instance with the demo site in which nobody has read anything."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if "CLICKTRACKER" in name]:
            patch.delenv(name)
        prepare(instance)
        make_demo(instance, "--no-readings", *options)


@pytest.fixture(scope="session")
def made_site(run_folder):
    """An instance with the demo site in which nobody has read anything.

    To be copied: it is made once for all processes of the tests.
    """
    instance = run_folder / "demo-site"
    with alone(run_folder / "demo-site.lock"):
        if not has_site(instance):
            make(instance)
    return instance
