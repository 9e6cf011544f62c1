"""What Zope has told about bans is believed for some seconds, at the address of a site."""

from slc.clicktracker.collector import told_bans
from slc.clicktracker.collector.primed import TRUSTED
from slc.clicktracker.collector.told_bans import ToldBans

import pytest


HOST = "example.org"
BANS = "bans of a site"


@pytest.fixture
def told(clock):
    return ToldBans(clock)


def test_nothing_is_known_of_a_site_before_it_was_told(told):
    assert not told.told
    assert told.at(HOST, "/site/page") is None
    told.tell(HOST, "/site", BANS)
    assert told.told
    assert told.at(HOST, "/site/page") == BANS


@pytest.mark.parametrize(
    "path, known",
    [
        ("/site", True),
        ("/site/", True),
        ("/site/a/page", True),
        ("/site" + "/a" * 1000, True),
        ("/sites/page", False),
        ("/other/site", False),
        ("//site", False),
        ("/", False),
        ("", False),
    ],
)
def test_a_site_is_a_place_in_a_tree(told, path, known):
    told.tell(HOST, "/site", BANS)
    assert told.at(HOST, path) == (BANS if known else None)
    assert told.at("other.example", path) is None


def test_a_host_may_be_a_site(told):
    told.tell(HOST, "", BANS)
    for path in ("", "/", "/page", "/a/page"):
        assert told.at(HOST, path) == BANS
    # Zope goes by that to another one, whatever the host.
    assert told.at(HOST, "/VirtualHostBase/http/example.org:80/other/page") is None


def test_it_is_believed_for_less_than_ten_seconds(told, clock):
    told.tell(HOST, "/site", BANS)
    clock.now += TRUSTED - 0.01
    assert told.at(HOST, "/site") == BANS
    clock.now += 0.01
    assert told.at(HOST, "/site") is None
    assert TRUSTED < 10
    told.tell(HOST, "/site", BANS)
    assert told.at(HOST, "/site") == BANS


def test_where_nobody_is_banned_any_more_nothing_is_known(told):
    told.tell(HOST, "/site", BANS)
    told.tell(HOST, "/site", "")
    assert told.at(HOST, "/site") is None
    assert not told.told


def test_memory_is_bounded(clock, monkeypatch):
    monkeypatch.setattr(told_bans, "MOST_ADDRESSES", 10)
    told = ToldBans(clock)
    for number in range(100):
        told.tell(f"host-{number}", "/site", BANS)
    told.tell(HOST, "/site" * 1000, BANS)
    assert len(told.told) == 10
    assert told.at("host-99", "/site") == BANS
