"""What Zope has told is believed for some seconds, and asked for anew before."""

from slc.clicktracker.collector import primed as primed_module
from slc.clicktracker.collector.primed import PATIENCE
from slc.clicktracker.collector.primed import Primed
from slc.clicktracker.collector.primed import RENEWED
from slc.clicktracker.collector.primed import TRUSTED

import pytest


ADDRESS = "/site/@@clicktracker-callback"


@pytest.fixture
def primed(clock):
    return Primed(clock)


def test_nothing_is_known_of_an_address_before_it_was_told(primed):
    assert primed.rules_at(ADDRESS) is None
    primed.tell(ADDRESS, "rules")
    assert primed.rules_at(ADDRESS) == "rules"
    assert primed.rules_at("/other") is None


def test_after_a_change_nothing_is_known_before_it_was_told_anew(primed):
    primed.tell(ADDRESS, "old")
    primed.forget()
    assert primed.rules_at(ADDRESS) is None
    primed.tell(ADDRESS, "new")
    assert primed.rules_at(ADDRESS) == "new"


def test_one_request_goes_to_zope_to_hear_it_anew_the_others_do_not_wait(primed, clock):
    primed.tell(ADDRESS, "old")
    clock.now += RENEWED
    assert [primed.rules_at(ADDRESS) for _ in range(3)] == [None, "old", "old"]
    primed.tell(ADDRESS, "new")
    assert [primed.rules_at(ADDRESS) for _ in range(3)] == ["new"] * 3


def test_when_zope_did_not_tell_the_next_one_asks(primed, clock):
    primed.tell(ADDRESS, "old")
    clock.now += RENEWED
    assert primed.rules_at(ADDRESS) is None
    clock.now += PATIENCE
    assert [primed.rules_at(ADDRESS) for _ in range(2)] == [None, "old"]


def test_after_less_than_ten_seconds_nothing_is_believed_any_more(primed, clock):
    primed.tell(ADDRESS, "old")
    clock.now += RENEWED
    primed.rules_at(ADDRESS)
    clock.now += TRUSTED - RENEWED
    assert [primed.rules_at(ADDRESS) for _ in range(3)] == [None] * 3
    assert TRUSTED < 10


def test_memory_is_bounded(clock, monkeypatch):
    monkeypatch.setattr(primed_module, "MOST_ADDRESSES", 10)
    primed = Primed(clock)
    for number in range(100):
        primed.tell(f"/{number}", "rules")
    assert len(primed._told) == 10
    assert primed.rules_at("/99") == "rules"


def test_addresses_that_no_script_would_use_are_not_remembered(primed):
    for address in ("/site//x", "/" + "x" * 1000):
        primed.tell(address, "rules")
        assert primed.rules_at(address) is None
