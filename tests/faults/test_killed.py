"""The server is killed under load."""

from tests.faults.load import Load
from tests.faults.load import post_all
from tests.faults.stored import assert_exactly

import pytest


@pytest.mark.parametrize(
    "strict, times", [(False, 10), (True, 3)], ids=["default", "strict"]
)
def test_killed_again_and_again_under_load_every_acknowledged_read_is_stored_once(
    start, postgresql_dsn, strict, times
):
    server = start(strict=strict)
    with Load(server.port) as load:
        for _ in range(times):
            load.wait_for_more(200)
            server.kill()
            server = start(port=server.port, strict=strict)
        load.wait_for_more(200)
    server.wait_until_drained()
    assert not load.refused
    print(f"killed {times} times, {len(load.doubtful)} answers were lost")
    in_doubt = {one.key for one in load.doubtful}
    assert_exactly(postgresql_dsn, load.accepted, in_doubt)
    answers = post_all(server.port, load.doubtful)
    assert all(answer.status == 200 for answer in answers), answers
    server.wait_until_drained()
    assert_exactly(postgresql_dsn, {*load.accepted, *in_doubt})
