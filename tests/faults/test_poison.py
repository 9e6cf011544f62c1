"""Records that no database can keep, among many others."""

from tests.faults.faulty import Fault
from tests.faults.faulty import POISON
from tests.faults.load import Answer
from tests.faults.load import Load
from tests.faults.load import post_all
from tests.faults.servers import wait_for
from tests.faults.site import access
from tests.faults.site import message
from tests.faults.spooled import spool_of_an_ended_process
from tests.faults.stored import assert_exactly

import pytest


def test_one_poisoned_record_among_a_thousand_is_set_apart_and_blocks_nothing(
    start, folder, postgresql_dsn
):
    good = [access() for _ in range(999)]
    poison = access(engaged=2**63)
    spool_of_an_ended_process(folder / "spool", [*good[:400], poison, *good[400:]])
    server = start()
    with Load(server.port) as load:
        load.wait_for_more(100)
    server.wait_until_drained()
    (reason,) = server.state()["quarantined"]
    print(f"stored {len(good)} of 1,000 and {len(load.accepted)} more: {reason}")
    assert "out of range" in reason
    assert len(server.said("is in quarantine")) == 1
    assert_exactly(postgresql_dsn, [*(one.key for one in good), *load.accepted])


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"\xff\x00",
        b"null",
        b"[" * 100_000,
        b'["key",0,0,0,"uid","path","title","","u","","n","/",1,"page"]',
        b'["key",0,0,0,"uid","path","title","","u","","n","/","page",null,0]',
        b'["key",0,0,0,"uid","path","title","","u","","n","/","page",{},0]',
        b'["key",0,0,0,"uid","path","title","","u","","n","/","page",1e999,0]',
        b'["key",1e18,0,0,"uid","path","title","","u","","n","/","page",0,0]',
        b'["",0,0,0,"","","","","","","","","",0,99999999999]',
    ],
    ids=lambda record: record[:90].decode("latin-1"),
)
def test_a_damaged_record_is_set_apart_and_blocks_nothing(
    start, folder, postgresql_dsn, record
):
    good = [access() for _ in range(9)]
    spool_of_an_ended_process(folder / "spool", good, [record])
    server = start()
    later = [message() for _ in range(10)]
    assert set(post_all(server.port, later)) == {Answer(200)}
    server.wait_until_drained()
    assert len(server.state()["quarantined"]) == 1
    assert_exactly(postgresql_dsn, [one.key for one in (*good, *later)])


def test_what_was_set_apart_is_stored_when_it_is_tried_again_after_the_repair(
    start, faults, postgresql_dsn
):
    faults.begin(Fault.REFUSES)
    server = start()
    messages = [message() for _ in range(50)]
    messages[20] = message(title=POISON)
    keys = [one.key for one in messages]
    assert set(post_all(server.port, messages)) == {Answer(200)}
    server.wait_until_drained()
    assert server.state()["quarantined"] == ["nobody can keep this"]
    assert_exactly(postgresql_dsn, keys[:20] + keys[21:])
    assert server.replay() == 1
    wait_for(
        lambda: server.state()["quarantined"],
        "what is refused once more is nowhere",
    )
    faults.end(Fault.REFUSES)
    assert server.replay() == 1
    server.wait_until_drained()
    assert server.state()["quarantined"] == []
    assert server.replay() == 0
    assert_exactly(postgresql_dsn, keys)
