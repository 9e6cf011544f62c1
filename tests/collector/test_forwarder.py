"""The thread that forwards: for as long as it is told how, and never in the way."""

from slc.clicktracker.collector.forwarder import Forwarder
from slc.clicktracker.collector.forwarder import TRUSTED
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.outbox.model import Settlement
from slc.clicktracker.testing.memory import MemoryStorage
from slc.clicktracker.testing.outbox import hit
from slc.clicktracker.testing.outbox import NOW
from threading import Event

import pytest


class Sends:
    """Counts what it is sent."""

    batch, seconds = 1, 5

    def __init__(self):
        self.sent = []

    def send(self, hits):
        self.sent += [int(one.key, 16) for one in hits]
        return Settlement(counted=tuple(one.key for one in hits))


@pytest.fixture
def outbox():
    return MemoryStorage("site", now=lambda: NOW)


@pytest.fixture
def stopping():
    return Event()


@pytest.fixture
def forwarder(outbox, clock, stopping):
    forwarder = Forwarder(lambda site: outbox, stopping, clock)
    # The tests do what the thread does.
    forwarder.thread.start = lambda: None
    return forwarder


def test_it_sends_what_it_is_told_to(forwarder, outbox):
    outbox.put_hits([hit(1), hit(2)])
    sender = Sends()
    forwarder.forward()
    forwarder.tell("site", {"matomo": sender})
    forwarder.forward()
    assert sender.sent == [1, 2]


def test_what_was_told_long_ago_is_not_believed(forwarder, outbox, clock):
    outbox.put_hits([hit(1)])
    sender = Sends()
    forwarder.tell("site", {"matomo": sender})
    clock.now += TRUSTED
    forwarder.forward()
    assert sender.sent == []
    forwarder.tell("site", {"matomo": sender})
    forwarder.forward()
    assert sender.sent == [1]


def test_who_switches_it_off_in_the_middle_stops_it(forwarder, outbox):
    outbox.put_hits([hit(1), hit(2)])
    sender = Sends()
    send = sender.send

    def and_is_switched_off(hits):
        forwarder.tell("site", {})
        return send(hits)

    sender.send = and_is_switched_off
    forwarder.tell("site", {"matomo": sender})
    forwarder.forward()
    assert sender.sent == [1]


def test_the_end_of_the_process_stops_it(forwarder, outbox, stopping):
    outbox.put_hits([hit(1)])
    sender = Sends()
    forwarder.tell("site", {"matomo": sender})
    stopping.set()
    forwarder.forward()
    assert sender.sent == []


@pytest.mark.parametrize("error", [StorageUnavailable("down"), ValueError("a bug")])
def test_what_fails_is_logged_and_the_others_go_on(forwarder, outbox, caplog, error):
    outbox.put_hits([hit(1), hit(1, service="clicky")])
    sender = Sends()
    claim = outbox.claim_hits

    def fails_for_one(service, *more):
        if service == "clicky":
            raise error
        return claim(service, *more)

    outbox.claim_hits = fails_for_one
    forwarder.tell("site", {"clicky": Sends(), "matomo": sender})
    forwarder.forward()
    assert sender.sent == [1]
    assert "clicky" in caplog.text


def test_a_site_without_an_outbox_forwards_nothing(clock, stopping):
    forwarder = Forwarder(lambda site: None, stopping, clock)
    forwarder.thread.start = lambda: None
    forwarder.tell("site", {"matomo": Sends()})
    forwarder.forward()
