"""Nothing would store what is accepted, so nothing is."""

from pathlib import Path
from tests.faults.faulty import Fault
from tests.faults.load import Answer
from tests.faults.load import Load
from tests.faults.load import post_all
from tests.faults.servers import Server
from tests.faults.site import message
from tests.faults.stored import assert_exactly

import os
import pytest
import signal
import subprocess
import sys


ROOT = Path(__file__).parents[2]
NO_WRITER = Answer(503, "no-writer", "10")


def test_when_the_writer_is_dead_no_read_is_accepted_and_none_is_lost(
    start, faults, postgresql_dsn
):
    server = start()
    with Load(server.port) as load:
        load.wait_for_more(100)
        faults.begin(Fault.DIES)
        load.wait_for_refusal("no-writer")
    assert set(load.refused) == {NO_WRITER}
    assert server.state()["writer"] == "dead"
    assert len(server.said("the thread that stores is gone")) == 1
    server.end()
    faults.end(Fault.DIES)
    start().wait_until_drained()
    assert_exactly(postgresql_dsn, load.accepted)


@pytest.fixture
def uwsgi(setup):
    """Return a function that serves the same app with uWSGI and these options."""
    processes = []

    def serve(*options):
        of = setup()
        command = [Path(sys.executable).with_name("pyuwsgi"), "--die-on-term"]
        command += ["--http-socket", f"127.0.0.1:{of.port}", "--need-app", "--master"]
        command += ["--processes", "2", "--module", "tests.faults.wsgi", *options]
        with open(of.log, "wb") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(sys.path),
                    "CLICKTRACKER_FAULTS": of.to_json(),
                },
                stdout=log,
                stderr=log,
            )
        processes.append(process)
        return Server(of.port, Path(of.log), process.pid).once_it_answers()

    yield serve
    for process in processes:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def test_uwsgi_without_threads_accepts_nothing_and_says_what_to_add(uwsgi):
    server = uwsgi()
    answers = post_all(server.port, [message() for _ in range(20)], keeps=False)
    assert answers == {NO_WRITER: 20}
    assert server.said("add enable-threads = true")


@pytest.mark.parametrize(
    "options", [["--enable-threads"], ["--threads", "2"]], ids=" ".join
)
def test_uwsgi_with_threads_stores_all(uwsgi, postgresql_dsn, options):
    server = uwsgi(*options)
    with Load(server.port, keeps=False) as load:
        load.wait_for_more(200)
    server.wait_until_drained()
    assert not load.refused
    assert_exactly(postgresql_dsn, load.accepted)
