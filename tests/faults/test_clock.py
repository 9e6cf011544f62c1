"""The wall clock of the server jumps."""

from datetime import timedelta
from functools import partial
from tests.faults.faulty import Fault
from tests.faults.load import Answer
from tests.faults.load import Load
from tests.faults.load import post_all
from tests.faults.servers import wait_for
from tests.faults.site import message
from tests.faults.stored import assert_exactly

import psycopg2
import pytest


@pytest.fixture
def clock(folder):
    """A file with the seconds that the server's clock is ahead."""
    file = folder / "clock"
    file.write_text("0")
    return file


def jump(clock, seconds):
    fresh = clock.with_suffix(".new")
    fresh.write_text(str(seconds))
    fresh.replace(clock)


@pytest.mark.parametrize("hours", [-1, 1], ids=["back", "forward"])
def test_a_clock_that_jumps_an_hour_costs_no_read_and_stops_no_writer(
    start, clock, faults, postgresql_dsn, hours
):
    server = start(clock=str(clock))
    jumped = timedelta(hours=hours)
    with Load(server.port) as before:
        before.wait_for_more(100)
        faults.begin(Fault.DOWN)
        before.wait_for_more(100)
        wait_for(lambda: server.state()["problem"], "nothing was tried")
    assert not before.refused
    jump(clock, jumped.total_seconds())
    with Load(server.port, made=partial(message, jumped)) as after:
        after.wait_for_more(100)
        age = server.state()["age"]
        faults.end(Fault.DOWN)
        after.wait_for_more(100)
    server.wait_until_drained()
    state = server.state()
    print(f"the oldest read was {age} s old, an hour {hours:+}")
    assert age >= (3600 if hours > 0 else 0)
    assert state["age"] == 0
    assert state["writer"] == "alive"
    assert not after.refused
    assert_exactly(postgresql_dsn, before.accepted + after.accepted)
    assert oddities(postgresql_dsn) == 0


def oddities(dsn):
    """How many accesses ended before they began, or lasted less than nothing."""
    connection = psycopg2.connect(dsn)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM clicktracker_access WHERE seen < opened OR engaged < 0"
        )
        (number,) = cursor.fetchone()
    connection.close()
    return number


def test_after_the_clock_was_set_back_tickets_of_before_are_refused_by_name(
    start, clock, postgresql_dsn
):
    server = start(clock=str(clock))
    jump(clock, -3600)
    refused = Answer(403, "ticket-from-future")
    assert set(post_all(server.port, [message()])) == {refused}
    sixish = timedelta(minutes=6) - timedelta(hours=1)
    assert set(post_all(server.port, [message(sixish)])) == {refused}
    # Servers behind one address need not agree to the second.
    fourish = message(timedelta(minutes=4) - timedelta(hours=1))
    assert set(post_all(server.port, [fourish])) == {Answer(200)}
    # The clock is right again: the page that was open all the time counts.
    jump(clock, 0)
    late = message()
    assert set(post_all(server.port, [late])) == {Answer(200)}
    server.wait_until_drained()
    assert_exactly(postgresql_dsn, [fourish.key, late.key])
    assert oddities(postgresql_dsn) == 0


def test_a_read_whose_beacons_come_before_and_after_a_jump_is_one(
    start, clock, postgresql_dsn
):
    server = start(clock=str(clock))
    sent = message(timedelta(hours=-2))
    for hours in (0, -1, 1):
        jump(clock, hours * 3600)
        assert set(post_all(server.port, [sent])) == {Answer(200)}
        server.wait_until_drained()
    assert_exactly(postgresql_dsn, [sent.key])
    assert oddities(postgresql_dsn) == 0
