"""The outbox is emptied, whatever the service does: nothing is lost and nothing counted twice."""

from datetime import timedelta
from itertools import pairwise
from slc.clicktracker.forwarding.drain import Drain
from slc.clicktracker.forwarding.drain import FIRST_PAUSE
from slc.clicktracker.forwarding.matomo import MatomoSender
from slc.clicktracker.storage.outbox.model import Aside
from slc.clicktracker.storage.outbox.model import IN_DOUBT
from slc.clicktracker.storage.outbox.model import Settlement
from slc.clicktracker.testing.outbox import hit
from slc.clicktracker.testing.outbox import NOW
from tests.forwarding.services import Service
from tests.postgresql_server import free_port
from threading import Barrier
from threading import Thread

import pytest


MATOMO = "matomo"


def always():
    return True


@pytest.fixture
def drain(service, outbox):
    """Return a function that sends all that can be sent now."""

    def run(url=f"{service.base}/matomo.php", go_on=always, **options):
        given = {"token": Service.token, "batch": 3, "now": lambda: outbox.time}
        sender = MatomoSender(url, "4", **{**given, **options})
        return Drain(outbox, MATOMO, sender, now=lambda: outbox.time).run(go_on)

    return run


def titles(service):
    return [one["action_name"] for one in service.counted]


def put(outbox, *numbers):
    outbox.put_hits([hit(number, title=str(number)) for number in numbers])


def test_all_is_sent_the_oldest_first(drain, service, outbox):
    put(outbox, 8, 7, 6, 5, 4, 3, 2, 1)
    assert drain() == (8, 0, "", "")
    assert titles(service) == list("12345678")
    assert len(service.told) == 3
    put(outbox, 3, 9)
    drain()
    assert titles(service)[8:] == ["9"]


def test_it_ends_when_it_is_to_end(drain, service, outbox):
    put(outbox, *range(1, 8))
    turns = iter([True, True, False])
    drain(go_on=lambda: next(turns))
    assert titles(service) == list("123456")
    assert outbox.outbox(MATOMO).waiting == 1


def test_a_service_that_is_down_for_a_day_gets_all_of_it_once(drain, service, outbox):
    nowhere = f"http://127.0.0.1:{free_port()}/matomo.php"
    put(outbox, *range(1, 8))
    attempts = []
    while outbox.time < NOW + timedelta(days=1):
        outbox.time += timedelta(minutes=1)
        drained = drain(nowhere)
        attempts += [outbox.time] if drained.problem else []
    assert outbox.outbox(MATOMO).problem == "unreachable"
    gaps = [later - before for before, later in pairwise(attempts)]
    assert gaps[0] <= timedelta(minutes=1)
    assert gaps == sorted(gaps[:7]) + gaps[7:]
    assert max(gaps) <= timedelta(minutes=61)
    # Who asks each minute does not ask the service each minute.
    assert 20 < len(attempts) < 45
    put(outbox, 8, 9)
    outbox.time += timedelta(hours=1)
    assert drain() == (9, 0, "", "")
    assert titles(service) == list("123456789")
    assert outbox.outbox(MATOMO).problem == ""


def test_an_attempt_that_somebody_asks_for_puts_the_next_one_off_no_further(
    service, outbox
):
    put(outbox, 1)
    url = f"http://127.0.0.1:{free_port()}/matomo.php"
    nowhere = MatomoSender(url, "4", token=Service.token, now=lambda: outbox.time)

    def attempt(latest=None):
        turns = iter([True])
        drain = Drain(outbox, MATOMO, nowhere, now=lambda: outbox.time, latest=latest)
        drain.run(lambda: next(turns, False))
        return outbox.outbox(MATOMO).due

    for _ in range(8):
        outbox.time += timedelta(hours=2)
        due = attempt()
    assert due - outbox.time > timedelta(minutes=45)
    for minutes in (10, 20):
        outbox.time += timedelta(minutes=minutes)
        outbox.send_again(MATOMO, "")
        assert attempt(latest=due) == due
    # It is never tried again at once.
    outbox.time = due
    assert attempt(latest=due) == due + FIRST_PAUSE


def test_what_is_in_doubt_is_never_sent_again_by_itself(drain, service, outbox):
    put(outbox, 1, 2, 3, 4)
    service.answer = "is_cut_off"
    assert drain()[:3] == (0, 3, "no-answer")
    service.answer = "right"
    for _ in range(3):
        outbox.time += timedelta(hours=2)
        drain()
    assert titles(service) == ["4"]
    assert outbox.outbox(MATOMO).aside == (Aside(IN_DOUBT, 3, hit(1).at),)
    outbox.send_again(MATOMO, IN_DOUBT)
    drain()
    assert titles(service) == ["4", "1", "2", "3"]


def test_no_more_than_one_at_a_time_gets_in_doubt_after_the_first(
    drain, service, outbox
):
    put(outbox, *range(1, 9))
    service.answer = "is_cut_off"
    for _ in range(4):
        drain()
        outbox.time += timedelta(hours=2)
    assert outbox.outbox(MATOMO).aside[0].number == 3 + 3
    assert outbox.outbox(MATOMO).waiting == 2


def test_one_that_is_wrong_does_not_keep_back_the_others(drain, service, outbox):
    outbox.put_hits([hit(1, title="bad")])
    put(outbox, 2, 3, 4)
    service.counts_all_or_none = lambda path, text: (
        service.right(path, text) if "bad" not in text else service.counts_none("", "")
    )
    service.answer = "counts_all_or_none"
    for _ in range(4):
        drain()
        outbox.time += timedelta(hours=2)
    assert titles(service) == ["2", "3", "4"]
    assert [one.reason for one in outbox.outbox(MATOMO).aside] == ["rejected"]


def test_nobody_stops_others_by_what_a_firewall_does_not_like(drain, service, outbox):
    outbox.put_hits([hit(n, agent="sqlmap") for n in (5, 9)])
    put(outbox, *range(1, 5), *range(6, 9), 10)
    forbidden = getattr(service, service.status_of(403))
    service.firewall = lambda path, text: (
        forbidden if "sqlmap" in text else service.right
    )(path, text)
    service.answer = "firewall"
    for _ in range(4):
        drain()
        outbox.time += timedelta(minutes=20)
    assert titles(service) == ["1", "2", "3", "4", "6", "7", "8", "10"]
    assert [(each.reason, each.number) for each in outbox.outbox(MATOMO).aside] == [
        ("rejected", 2)
    ]


def test_a_wrong_token_sets_few_aside(drain, service, outbox):
    put(outbox, *range(50))
    service.answer = service.status_of(401)
    while outbox.time < NOW + timedelta(days=1):
        outbox.time += timedelta(minutes=1)
        drain()
    state = outbox.outbox(MATOMO)
    assert state.problem == "secret"
    assert state.waiting >= 20
    assert len(service.told) < 70


def test_one_that_is_refused_where_no_other_waits_is_kept(drain, service, outbox):
    put(outbox, 1)
    service.answer = service.status_of(403)
    for _ in range(3):
        drain()
        outbox.time += timedelta(hours=2)
    assert outbox.outbox(MATOMO).waiting == 1


def test_two_who_drain_at_the_same_time_send_each_once(service, outbox):
    put(outbox, *range(100))
    together = Barrier(2)

    def run():
        sender = MatomoSender(
            f"{service.base}/matomo.php", "4", Service.token, lambda: outbox.time, 2
        )
        together.wait()
        for _ in range(100):
            Drain(outbox, MATOMO, sender, now=lambda: outbox.time).run(always)

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(int, titles(service))) == list(range(100))


def test_a_process_that_ends_in_the_middle_leaves_it_in_doubt(drain, service, outbox):
    class Ended(BaseException):
        """As ``kill -9``: nothing is settled."""

    class Ends:
        batch, seconds = 2, 1

        def send(self, hits):
            raise Ended

    put(outbox, 1, 2, 3)
    with pytest.raises(Ended):
        Drain(outbox, MATOMO, Ends()).run(always)
    assert drain() == (0, 0, "", "")
    outbox.time += timedelta(minutes=3)
    drain()
    assert titles(service) == ["3"]
    assert outbox.outbox(MATOMO).aside == (Aside(IN_DOUBT, 2, hit(1).at),)


def test_what_somebody_has_to_mend_is_tried_less_often(drain, service, outbox):
    put(outbox, 1, 2)
    service.answer = service.status_of(403)
    drain()
    pause = outbox.outbox(MATOMO).due - outbox.time
    assert timedelta(minutes=12) <= pause <= timedelta(minutes=15)


def test_what_is_old_is_removed(outbox):
    class Sends:
        batch, seconds = 5, 1

        def send(self, hits):
            return Settlement(counted=tuple(one.key for one in hits))

    put(outbox, 1, 2)
    outbox.time += timedelta(days=31)
    drain = Drain(outbox, MATOMO, Sends())
    drain.tidy(always)
    assert drain.run(always).counted == 0
    assert outbox.tables.hits == {}
