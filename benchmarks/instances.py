"""The instances that are measured: copies of one site, served by waitress."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from demo.database import set_up
from demo.instance import MARKER
from demo.instance import prepare
from demo.instance import run_script
from pathlib import Path
from tests.postgresql_server import free_port

import os
import shutil
import socket
import subprocess
import sys
import time


ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent

#: waitress's own default, written down.
THREADS = 4

_PATIENCE = 180

#: What an instance has beside a demo's, as it is put into the files of ``etc``.
_ADDED = {
    "zope.ini": {
        "port = %(http_port)s\n": f"port = %(http_port)s\nthreads = {THREADS}\n",
        "[pipeline:main]\npipeline =\n": (
            "[filter:nothing]\n"
            "paste.filter_factory = benchmarks.empty_filter:make_filter\n\n"
            "[pipeline:main]\npipeline =\n    nothing\n"
        ),
    }
}
_VIEWS = '<include package="benchmarks" />\n'


@dataclass
class Server:
    """One server process of an instance."""

    instance: Path
    dsn: str = ""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def site(self) -> str:
        """The address of the site."""
        return f"http://127.0.0.1:{self.port}/Plone"

    @property
    def command(self) -> list[str]:
        ini = str(self.instance / "etc" / "zope.ini")
        words = ["-m", "benchmarks.serve", "-q", ini, f"http_port={self.port}"]
        return [sys.executable, *words]

    def start(self) -> None:
        """Start it; ``wait`` returns when it answers."""
        dsn = {"CLICKTRACKER_DSN": self.dsn} if self.dsn else {}
        self.process = start(self.command, self.instance / "var" / "log", **dsn)

    def wait(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not self._listens():
            if self.process.poll() is not None or time.monotonic() > deadline:
                log = self.instance / "var" / "log" / "output"
                raise RuntimeError(f"The server does not start:\n{log.read_text()}")
            time.sleep(0.2)

    def _listens(self) -> bool:
        """waitress listens once Zope is ready."""
        with socket.socket() as connection:
            return connection.connect_ex(("127.0.0.1", self.port)) == 0

    @property
    def cpu_seconds(self) -> float:
        """How long it has kept a core busy until now, with all its threads."""
        # The clock that clock_getcpuclockid() names, which Python hasn't.
        return time.clock_gettime(~self.process.pid << 3 | 2)


def clean_environment() -> dict[str, str]:
    """Return the environment without what says where readings go."""
    return {k: v for k, v in os.environ.items() if not k.startswith("CLICKTRACKER")}


def start(command: list[str], folder: Path, **environ: str) -> subprocess.Popen:
    """Start a process that writes what it says to ``output`` in ``folder``."""
    with (folder / "output").open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=clean_environment() | environ,
            stdout=output,
            stderr=output,
        )


def stop(*processes: subprocess.Popen | None) -> None:
    """End processes, by force where they don't end by themselves.

    Nothing is left to do for them, and they may have been started without ears for
    Ctrl-C, as a shell starts what is in the background.
    """
    running = [process for process in processes if process is not None]
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def make_template(instance: Path, members: int, documents: int) -> Path:
    """Make the site that all instances are copies of."""
    prepare(instance)
    script = str(HERE / "site_setup.py")
    run_script(instance, script, str(members), str(documents))
    return instance


def copied(template: Path, instance: Path) -> Path:
    """Make an instance with the site of ``template``, and with what is measured
    beside our filter: an empty one, and an empty view."""
    shutil.copytree(template / "var", instance / "var")
    (instance / MARKER).touch()
    prepare(instance)
    etc = instance / "etc"
    (etc / "package-includes").mkdir(exist_ok=True)
    (etc / "package-includes" / "benchmarks-configure.zcml").write_text(_VIEWS)
    for name, replaced in _ADDED.items():
        text = (etc / name).read_text()
        for old, new in replaced.items():
            if old not in text:
                raise RuntimeError(f"{name} is not as it was: {old!r} is missing")
            text = text.replace(old, new)
        (etc / name).write_text(text)
    return instance


@contextmanager
def shared(template: Path, instance: Path) -> Iterator[Path]:
    """An instance for several processes, with a ZEO server that runs meanwhile."""
    port = free_port()
    client = (
        f"<zeoclient>\n    server 127.0.0.1:{port}\n    shared-blob-dir on\n    "
        "blob-dir $INSTANCE/var/blobstorage\n  </zeoclient>"
    )
    copied(template, instance)
    conf = instance / "etc" / "zope.conf"
    before, _, rest = conf.read_text().partition("<filestorage>")
    conf.write_text(before + client + rest.partition("</filestorage>")[2])
    var = instance / "var"
    zeo = instance / "etc" / "zeo.conf"
    zeo.write_text(
        f"<zeo>\n  address 127.0.0.1:{port}\n</zeo>\n<filestorage 1>\n"
        f"  path {var}/Data.fs\n  blob-dir {var}/blobstorage\n</filestorage>\n"
    )
    log = var / "zeo"
    log.mkdir()
    process = start([sys.executable, "-m", "ZEO.runzeo", "-C", str(zeo)], log)
    try:
        yield instance
    finally:
        stop(process)


@contextmanager
def running(servers: list[Server]) -> Iterator[None]:
    """All servers run at the same time; those that nobody asks have little to do."""
    try:
        for server in servers:
            if server.dsn:
                set_up(server.dsn)
            server.start()
        for server in servers:
            server.wait()
        yield
    finally:
        stop(*(server.process for server in servers))
