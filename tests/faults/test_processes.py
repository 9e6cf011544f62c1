"""Several processes share a spool folder: side by side, forked, and after an end."""

from tests.faults.faulty import Fault
from tests.faults.load import Answer
from tests.faults.load import Load
from tests.faults.load import post_all
from tests.faults.servers import wait_for
from tests.faults.site import message
from tests.faults.stored import assert_exactly
from tests.postgresql_server import free_port

import psycopg2


def files(folder, suffix):
    return sorted((folder / "spool").glob(f"spool-*{suffix}"))


def test_one_of_three_is_killed_and_exactly_one_other_stores_what_it_left(
    start, folder, faults, postgresql_dsn
):
    servers = [start() for _ in range(3)]
    killed, *others = servers
    with Load(*(one.port for one in servers), browsers=6) as load:
        load.wait_for_more(300)
        faults.begin(Fault.DOWN)
        load.wait_for_more(300)
        assert killed.state()["spooled"] > 0
        killed.kill()
        load.wait_for_more(200)
        wait_for(lambda: said(others, "Adopted"), "nobody adopts the spool")
        faults.end(Fault.DOWN)
        load.wait_for_more(200)
    others[0].wait_until_drained()
    in_doubt = [one.key for one in load.doubtful]
    assert_exactly(postgresql_dsn, load.accepted, in_doubt)
    assert not load.refused
    assert len(said(others, "Adopted")) == 1
    wait_for(
        lambda: len(files(folder, ".lock")) == 2,
        lambda: f"left behind: {files(folder, '')}",
    )
    for server in others:
        server.end()
    assert files(folder, "") == []
    assert_exactly(postgresql_dsn, load.accepted, in_doubt)


def said(servers, text):
    return [line for server in servers for line in server.said(text)]


def test_after_a_fork_parent_and_child_keep_apart_and_both_store(
    start, folder, faults, postgresql_dsn
):
    port = free_port()
    faults.begin(Fault.DOWN)
    parent = start(forked_port=port)
    with Load(parent.port) as load:
        load.wait_for_more(200)
        child = parent.forked(port)
        with Load(child.port) as second:
            second.wait_for_more(200)
            assert child.state()["pid"] != parent.state()["pid"]
            assert child.state()["spool"] != parent.state()["spool"]
            faults.end(Fault.DOWN)
            load.wait_for_more(200)
            second.wait_for_more(200)
    assert not load.refused and not second.refused
    for server in (parent, child):
        assert server.state()["writer"] == "alive"
        assert {"clicktracker-writer", "clicktracker-watch"} <= set(
            server.state()["threads"]
        )
    assert_exactly(postgresql_dsn, load.accepted + second.accepted)
    assert not parent.said("Adopted")
    child.end()
    parent.end()
    assert files(folder, "") == []
    assert_exactly(postgresql_dsn, load.accepted + second.accepted)


def test_a_child_does_not_use_the_connection_of_its_parent(start, postgresql_dsn):
    port = free_port()
    parent = start(forked_port=port)
    first, second = [message() for _ in range(10)], [message() for _ in range(10)]
    assert set(post_all(parent.port, first)) == {Answer(200)}
    parent.wait_until_drained()
    assert sessions(postgresql_dsn) == 1
    child = parent.forked(port)
    assert set(post_all(child.port, second)) == {Answer(200)}
    assert_exactly(postgresql_dsn, [one.key for one in (*first, *second)])
    found = sessions(postgresql_dsn)
    child.end()
    assert found == 2


def sessions(dsn):
    """How many connections of servers there are to the database."""
    connection = psycopg2.connect(dsn)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND application_name = 'slc.clicktracker'"
        )
        (number,) = cursor.fetchone()
    connection.close()
    return number


def test_the_child_of_a_killed_parent_stores_what_that_left(
    start, faults, postgresql_dsn
):
    port = free_port()
    parent = start(forked_port=port)
    faults.begin(Fault.DOWN)
    left = [message() for _ in range(50)]
    assert set(post_all(parent.port, left)) == {Answer(200)}
    child = parent.forked(port)
    parent.kill()
    try:
        wait_for(lambda: child.said("Adopted"), "the child does not adopt the spool")
        faults.end(Fault.DOWN)
        child.wait_until_drained()
        assert_exactly(postgresql_dsn, [one.key for one in left])
    finally:
        child.kill()


def test_a_server_that_is_told_to_end_stores_what_it_has(
    start, folder, faults, postgresql_dsn
):
    server = start()
    faults.begin(Fault.DOWN)
    with Load(server.port) as load:
        load.wait_for_more(300)
    wait_for(lambda: server.state()["problem"], "nothing was tried")
    faults.end(Fault.DOWN)
    server.end()
    assert_exactly(postgresql_dsn, load.accepted)
    assert files(folder, "") == []


def test_a_server_whose_storage_hangs_ends_all_the_same_and_the_next_one_stores(
    start, folder, faults, postgresql_dsn
):
    server = start()
    faults.begin(Fault.HANGS)
    with Load(server.port) as load:
        load.wait_for_more(300)
    server.end()
    assert len(files(folder, ".sqlite")) == 1
    faults.end(Fault.HANGS)
    after = start()
    after.wait_until_drained()
    assert after.said("Adopted")
    assert_exactly(postgresql_dsn, load.accepted)
