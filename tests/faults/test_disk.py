"""The disk of the spool is full, or may not be written to, or holds enough."""

from contextlib import suppress
from pathlib import Path
from tests.faults.faulty import Fault
from tests.faults.load import Answer
from tests.faults.load import Load
from tests.faults.load import post_all
from tests.faults.servers import wait_for
from tests.faults.site import access
from tests.faults.site import message
from tests.faults.spooled import spool_of_an_ended_process
from tests.faults.stored import assert_exactly

import pytest
import resource
import subprocess


class Tmpfs:
    """A small disk of its own, which something else fills up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.options = {}
        options = ["-t", "tmpfs", "-o", "size=4m,mode=0777", "tmpfs"]
        subprocess.run(["mount", *options, folder], check=True)

    def fill(self, server) -> None:
        with (self.folder / "other").open("wb", buffering=0) as other:
            for size in (65536, 4096, 1):
                with suppress(OSError):
                    while True:
                        other.write(b"x" * size)

    def free(self, server) -> None:
        self.make_room()

    def make_room(self) -> None:
        """For the next server."""
        (self.folder / "other").unlink()

    def remove(self) -> None:
        subprocess.run(["umount", "-l", self.folder], check=True)


class FileLimit:
    """No file may grow beyond a limit: all that somebody who is not root can do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.options = {"file_limit": 10_000_000}

    def fill(self, server) -> None:
        self._limit(server, 300_000)

    def free(self, server) -> None:
        self._limit(server, 10_000_000)

    def _limit(self, server, size: int) -> None:
        _, most = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (size, most))

    def make_room(self) -> None:
        """The next server has a limit of its own."""

    def remove(self) -> None:
        """There is nothing to remove."""


def disks() -> list[type]:
    """What can be had here."""
    may_mount = subprocess.run(
        ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
        capture_output=True,
    )
    return [FileLimit] if may_mount.returncode else [FileLimit, Tmpfs]


@pytest.fixture(params=disks())
def disk(request, folder):
    disk = request.param(folder / "spool")
    yield disk
    disk.remove()


def test_a_full_disk_is_said_and_costs_no_read(start, disk, postgresql_dsn):
    server = start(**disk.options)
    with Load(server.port) as load:
        load.wait_for_more(100)
        disk.fill(server)
        load.wait_for_refusal("spool-unavailable")
        wait_for(lambda: server.said("Reads are not accepted"), "the log is silent")
        load.wait_for_refusal("spool-unavailable")
        disk.free(server)
        load.wait_for_more(200)
    server.wait_until_drained()
    print(f"accepted {len(load.accepted)}, refused {sum(load.refused.values())}")
    assert set(load.refused) == {Answer(503, "spool-unavailable", "10")}
    assert not load.doubtful
    assert len(server.said("Reads are not accepted")) == 1
    assert_exactly(postgresql_dsn, load.accepted)


def test_killed_on_a_full_disk_costs_no_read(start, disk, postgresql_dsn, faults):
    faults.begin(Fault.DOWN)
    server = start(**disk.options)
    with Load(server.port) as load:
        load.wait_for_more(100)
        disk.fill(server)
        load.wait_for_refusal("spool-unavailable")
        server.kill()
    disk.make_room()
    faults.end(Fault.DOWN)
    start(**disk.options).wait_until_drained()
    assert_exactly(postgresql_dsn, load.accepted, [one.key for one in load.doubtful])


@pytest.fixture
def somebody():
    """Who a server is that may not write everywhere."""
    return {"ordinary": True}


def test_a_folder_that_is_read_only_is_said_until_it_is_writable(
    start, folder, somebody, postgresql_dsn
):
    (folder / "spool").chmod(0o555)
    server = start(**somebody)
    with Load(server.port) as load:
        load.wait_for_refusal("spool-unavailable")
        assert not load.accepted
        (folder / "spool").chmod(0o777)
        load.wait_for_more(100)
    server.wait_until_drained()
    assert set(load.refused) == {Answer(503, "spool-unavailable", "10")}
    assert len(server.said("Reads are not accepted")) == 1
    assert_exactly(postgresql_dsn, load.accepted)


def test_what_somebody_else_has_left_in_the_folder_stops_nothing(
    start, folder, somebody, postgresql_dsn
):
    spool_of_an_ended_process(folder / "spool", [access()])
    for path in (folder / "spool").iterdir():
        path.chmod(0)
    (folder / "spool").chmod(0o777)
    server = start(**somebody)
    with Load(server.port) as load:
        load.wait_for_more(100)
    server.wait_until_drained()
    assert not load.refused
    assert server.state()["writer"] == "alive"
    assert_exactly(postgresql_dsn, load.accepted)


def test_a_folder_that_becomes_read_only_stops_no_storing(
    start, folder, somebody, postgresql_dsn, faults
):
    (folder / "spool").chmod(0o777)
    faults.begin(Fault.DOWN)
    first = start(**somebody)
    left = [message() for _ in range(20)]
    assert set(post_all(first.port, left)) == {Answer(200)}
    first.kill()
    second = start(**somebody)
    wait_for(lambda: second.said("Adopted"), "the spool is not adopted")
    (folder / "spool").chmod(0o555)
    faults.end(Fault.DOWN)
    with Load(second.port) as load:
        load.wait_for_more(100)
    second.wait_until_drained()
    with Load(second.port) as more:
        more.wait_for_more(100)
    second.wait_until_drained()
    assert not load.refused and not more.refused
    accepted = [*(one.key for one in left), *load.accepted, *more.accepted]
    assert_exactly(postgresql_dsn, accepted)


def test_a_spool_that_is_full_asks_browsers_to_come_back_and_drains_afterwards(
    start, faults, postgresql_dsn
):
    faults.begin(Fault.DOWN)
    server = start(spool_limit=50_000)
    with Load(server.port) as load:
        load.wait_for_refusal("spool-full")
        assert 50 < len(load.accepted) < 500
        held = len(load.accepted)
        load.wait_for_refusal("spool-full")
        faults.end(Fault.DOWN)
        load.wait_for_more(100)
    server.wait_until_drained()
    print(f"{held} reads filled 50,000 bytes, {sum(load.refused.values())} refused")
    assert set(load.refused) == {Answer(503, "spool-full", "10")}
    assert len(server.said("Reads are not accepted")) == 1
    assert_exactly(postgresql_dsn, load.accepted)
