"""The instances that are measured: copies of one demo site, served by waitress."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from demo.database import set_up
from demo.instance import prepare
from demo.instance import run_script
from demo.serve import answers
from pathlib import Path
from tests.postgresql_server import free_port

import os
import shutil
import signal
import subprocess
import sys
import time


ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent

#: waitress's own default, written down.
THREADS = 4

_PATIENCE = 180

_EMPTY_VIEW = '<include package="benchmarks" file="empty_view.zcml" />\n'
_COLLECTOR = "use = egg:slc.clicktracker#collector"
_EMPTY_FILTER = "paste.filter_factory = benchmarks.empty_filter:make_filter"


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
        words = ["-m", "Zope2.Startup.serve", "-q", ini, f"http_port={self.port}"]
        return [sys.executable, *words]

    def start(self) -> None:
        """Start it; ``wait`` returns when it answers."""
        dsn = {"CLICKTRACKER_DSN": self.dsn} if self.dsn else {}
        self.process = start(self.command, self.instance / "var" / "log", **dsn)

    def wait(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not answers(self.site):
            if self.process.poll() is not None or time.monotonic() > deadline:
                log = self.instance / "var" / "log" / "output"
                raise RuntimeError(f"The server does not start:\n{log.read_text()}")
            time.sleep(0.2)

    @property
    def cpu_seconds(self) -> float:
        """How long it has kept a core busy until now, with all its threads."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text()
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        if self.process is not None:
            stop(self.process)


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


def stop(process: subprocess.Popen) -> None:
    """End a process as Ctrl-C does it, or else by force."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def make_template(instance: Path) -> Path:
    """Make the site that all instances are copies of."""
    prepare(instance)
    run_script(instance, "create_site.py")
    run_script(instance, str(HERE / "site_setup.py"))
    return instance


def copied(
    template: Path,
    instance: Path,
    configuration: dict[str, str] | None = None,
    strict: bool = False,
) -> Path:
    """Make an instance with the site of ``template``.

    ``configuration`` is text to be replaced, by what, in its files.
    """
    shutil.copytree(template / "var", instance / "var")
    (instance / "made-by-slc.clicktracker").touch()
    prepare(instance)
    etc = instance / "etc"
    (etc / "package-includes").mkdir(exist_ok=True)
    (etc / "package-includes" / "benchmark-configure.zcml").write_text(_EMPTY_VIEW)
    port = "port = %(http_port)s\n"
    replaced = {port: f"{port}threads = {THREADS}\n", **(configuration or {})}
    for path in (etc / "zope.ini", etc / "zope.conf"):
        text = path.read_text()
        for old, new in replaced.items():
            text = text.replace(old, new)
        path.write_text(text)
    if strict:
        run_script(instance, str(HERE / "strict_site.py"))
    return instance


#: The answer of an empty filter at the place of ours.
EMPTY_FILTER = {_COLLECTOR: _EMPTY_FILTER}

#: The pipeline without any filter of ours.
NO_FILTER = {"pipeline =\n    collector\n": "pipeline =\n"}


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
        for server in servers:
            server.stop()
