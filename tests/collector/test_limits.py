"""How many messages a reader or an address may send."""

from dataclasses import replace
from datetime import timedelta
from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.collector import limits as limits_module
from slc.clicktracker.collector.limits import Limits
from slc.clicktracker.tickets.credential import LogInCookie
from slc.clicktracker.tickets.ticket import Keys
from slc.clicktracker.tickets.verdict import Reason
from slc.clicktracker.tickets.verdict import Refused
from slc.clicktracker.tickets.verdict import SiteRules
from tests.collector.clock import Clock

import pytest


RULES = SiteRules(
    "site",
    Keys((), ()),
    timedelta(hours=24),
    LogInCookie(""),
    reader_limit=60,
    address_limit=10,
)
BOB = ("bob", "")


@pytest.fixture
def limits(clock):
    return Limits(clock)


def refused(charge, *args):
    with pytest.raises(Refused) as info:
        charge(*args)
    assert info.value.reason is Reason.TOO_MANY
    return info.value.retry_after


def test_a_reader_may_send_a_minutes_worth_at_once_and_then_has_to_wait(limits, clock):
    for _ in range(60):
        limits.charge_reader(RULES, *BOB)
    assert refused(limits.charge_reader, RULES, *BOB) == 1
    clock.now += 1
    limits.charge_reader(RULES, *BOB)
    refused(limits.charge_reader, RULES, *BOB)


def test_readers_folders_and_sites_do_not_share(limits):
    others = [
        (RULES, ("carol", "")),
        (RULES, ("bob", "/acl_users")),
        (replace(RULES, site="other"), BOB),
    ]
    for _ in range(60):
        limits.charge_reader(RULES, *BOB)
    for rules, reader in others:
        limits.charge_reader(rules, *reader)


def test_an_address_has_a_limit_of_its_own_and_an_unknown_one_none(limits):
    for _ in range(10):
        limits.charge_address(RULES, "192.0.2.1")
    assert refused(limits.charge_address, RULES, "192.0.2.1") == 6
    limits.charge_address(RULES, "192.0.2.2")
    for _ in range(100):
        limits.charge_address(RULES, "")


def test_zero_is_without_limit(limits):
    rules = replace(RULES, reader_limit=0)
    for _ in range(1000):
        limits.charge_reader(rules, *BOB)


def test_memory_is_bounded(clock, monkeypatch):
    monkeypatch.setattr(limits_module, "MOST_BUCKETS", 100)
    limits = Limits(clock)
    for number in range(1000):
        limits.charge_reader(RULES, f"user-{number}", "")
    assert len(limits._readers) == 100


@given(st.lists(st.floats(0, 30), max_size=200))
def test_never_more_than_the_burst_and_the_rate(pauses):
    clock = Clock()
    limits = Limits(clock)
    allowed = 0
    for pause in pauses:
        clock.now += pause
        try:
            limits.charge_address(RULES, "192.0.2.1")
        except Refused:
            continue
        allowed += 1
    assert allowed <= 10 + sum(pauses) * 10 / 60 + 1e-6
