"""What is on the disk when a read is acknowledged."""

from pathlib import Path
from tests.faults.load import Answer
from tests.faults.load import Load
from tests.faults.load import post_all
from tests.faults.servers import wait_for
from tests.faults.site import message
from tests.faults.stored import assert_exactly

import pytest


@pytest.fixture
def events(folder):
    """A file with what was written, synced and acknowledged."""
    return folder / "events"


def unsynced(lines):
    """The keys of all acknowledgements, and of those that came before a sync of
    what they acknowledge."""
    pending, synced, acknowledged, early = set(), set(), [], []
    for what, *keys in map(str.split, lines):
        if what == "written":
            pending.update(keys)
        elif what == "synced":
            synced |= pending
            pending.clear()
        else:
            acknowledged += keys
            early += [key for key in keys if key not in synced]
    return acknowledged, early


def test_in_strict_mode_no_read_is_acknowledged_before_it_is_synced(
    start, events, postgresql_dsn
):
    server = start(strict=True, events=str(events))
    with Load(server.port, browsers=8) as load:
        load.wait_for_more(500)
    found = lines(events)
    acknowledged, early = unsynced(found)
    print(f"{len(acknowledged)} acknowledged with {found.count('synced')} syncs")
    assert sorted(acknowledged) == sorted(load.accepted)
    assert early == []
    server.wait_until_drained()
    assert_exactly(postgresql_dsn, load.accepted)


def test_otherwise_what_is_new_is_synced_soon_and_an_idle_server_leaves_the_disk_alone(
    start, events
):
    server = start(events=str(events))
    for number in (1, 2, 3):
        assert set(post_all(server.port, [message()])) == {Answer(200)}
        wait_for(
            lambda: lines(events)[-1] == "synced",
            lambda: f"not synced: {lines(events)}",
        )
        assert lines(events).count("synced") == number
    for _ in range(2):
        wait_for(a_look(server), "nobody looks after the spool")
    assert [line.split()[0] for line in lines(events)] == [
        *["written", "acknowledged", "synced"] * 3
    ]


def lines(events):
    return events.read_text().splitlines()


def a_look(server):
    """Has the thread that syncs looked since now? It leaves a file each time."""
    path = Path(server.state()["spool"]).with_suffix(".json")
    before = path.read_text()
    return lambda: path.read_text() != before
