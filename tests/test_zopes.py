"""When the nursery of Zope, or a process of the tests, is killed: ``tests.zopes``."""

from tests.zope_nursery import bear
from tests.zope_nursery import NUMBER
from tests.zope_nursery import received
from tests.zopes import NurseryGone
from tests.zopes import Zopes
from threading import Thread

import os
import pytest
import socket
import time


@pytest.fixture
def ends():
    """The ends of a connection: that of a test, and that of the nursery."""
    test, nursery = socket.socketpair()
    with test, nursery:
        yield test, nursery


def start(test, folder):
    with open(os.devnull, "w") as nothing:
        zopes = Zopes(folder / "zope.socket", test)
        return zopes.start("-c", "pass", env={}, stdout=nothing, stderr=nothing)


def test_a_test_that_comes_after_the_end_of_the_nursery_says_so(ends, tmp_path):
    ends[1].close()
    with pytest.raises(NurseryGone, match="Run these tests again"):
        start(ends[0], tmp_path)


def test_a_test_does_not_wait_for_a_nursery_that_is_killed(ends, tmp_path, answering):
    answering(NUMBER.pack(1234))
    zope = start(ends[0], tmp_path)
    assert zope.pid == 1234
    with pytest.raises(NurseryGone):
        zope.wait()


@pytest.fixture
def answering(ends):
    """Return a function: the nursery tells this of a process, and is killed."""

    def answer(told):
        def nursery():
            _wanted, files = received(ends[1])
            os.write(files[-1], told)
            for file in files:
                os.close(file)

        thread = Thread(target=nursery)
        thread.start()
        threads.append(thread)

    threads = []
    yield answer
    for thread in threads:
        thread.join()


def test_the_nursery_outlives_a_test_that_is_killed_while_it_asks(ends):
    test, nursery = ends
    before = len(os.listdir("/dev/fd"))
    with open(os.devnull) as nothing:
        socket.send_fds(test, [NUMBER.pack(1000)], [nothing.fileno()])
    test.sendall(b'{"arguments": ')
    test.close()
    assert received(nursery) is None
    assert len(os.listdir("/dev/fd")) == before - 1


def test_a_server_does_not_outlive_tests_that_are_killed(tmp_path):
    told, telling = os.pipe()
    asked = {"folder": str(tmp_path), "environ": {}}
    asked["arguments"] = ["-c", "import time; time.sleep(60)"]
    parent = os.fork()
    if not parent:
        os.close(told)
        nothing = [os.open(os.devnull, os.O_RDWR) for _ in range(3)]
        bear(asked, [*nothing, telling])
    os.close(telling)
    (server,) = NUMBER.unpack(os.read(told, NUMBER.size))
    os.kill(server, 0)
    os.close(told)
    began = time.monotonic()
    os.waitpid(parent, 0)
    assert time.monotonic() - began < 30
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
