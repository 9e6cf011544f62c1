"""Databases of places: what they are asked, and what is wrong with some."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from demo.places import write_places
from slc.clicktracker.geography import reading
from slc.clicktracker.geography.errors import UnusableFile
from slc.clicktracker.geography.errors import Why
from slc.clicktracker.geography.opened import location_file
from tests.geography.databases import BERLIN
from tests.geography.databases import settle
from tests.geography.databases import write
from tests.geography.databases import write_built
from tests.geography.databases import write_of_ipv4

import errno
import os
import pytest
import struct
import sys


HOWS = ("auto", "mapped", "memory")


@pytest.fixture(params=HOWS)
def how(request):
    return request.param


@pytest.fixture
def path(tmp_path):
    return tmp_path / "places.mmdb"


def city_of(found, address):
    location = found.location(address)
    return location and dict(location.city_names)["en"]


def why(path, how="auto"):
    with pytest.raises(UnusableFile) as raised:
        location_file(str(path), how)
    return raised.value.why


@pytest.mark.parametrize(
    "address, city",
    [
        ("192.0.2.7", "Hamburg"),
        ("192.0.2.70", "Kiel"),
        ("::ffff:203.0.113.200", "Valparaíso"),
        ("2001:db8:1::7", "Cape Town"),
        ("2001:db8:1::7%eth0", "Cape Town"),
        # As they are when they have been cut to their network.
        ("198.51.100.0", "Rotterdam"),
        ("2001:db8:2::", "Gothenburg"),
        ("10.1.2.3", None),
        ("8.8.8.8", None),
        ("::1", None),
        ("", None),
        ("office", None),
        ("198.51.100.7:8080", None),
        ("9" * 10_000, None),
    ],
)
def test_where_an_address_is(path, how, address, city):
    assert city_of(location_file(str(write_places(path)), how), address) == city


def test_what_it_is(path, how):
    before = datetime.now(timezone.utc) - timedelta(seconds=1)
    found = location_file(str(write_places(path)), how)
    assert (found.kind, found.has_cities) == ("Documentation-City", True)
    assert before <= found.built <= datetime.now(timezone.utc)


def test_one_of_countries(path, how):
    found = location_file(str(write(path, {"country": {"iso_code": "DE"}})), how)
    assert not found.has_cities
    assert found.location("198.51.100.7").country == "DE"


def test_one_of_ipv4_alone(path, how):
    found = location_file(str(write_of_ipv4(path)), how)
    assert found.location("192.0.2.7").country == "DE"
    assert found.location("::ffff:192.0.2.7").country == "DE"
    assert found.location("2001:db8::1") is None


@pytest.mark.parametrize("days, outdated", [(0, False), (182, False), (184, True)])
def test_it_is_outdated_after_half_a_year(path, days, outdated):
    now = datetime.now(timezone.utc)
    write_built(path, int((now - timedelta(days=days)).timestamp()))
    assert location_file(str(path), "auto").is_outdated(now) == outdated


@pytest.mark.parametrize("epoch", [10**12, 2**63, 2**64 - 1])
def test_one_that_does_not_say_when_it_was_made(path, how, epoch):
    found = location_file(str(write_built(path, epoch)), how)
    assert found.built is None
    assert not found.is_outdated(datetime.now(timezone.utc))
    assert city_of(found, "192.0.2.7") == "Hamburg"


def test_there_is_none(path, how):
    assert why(path, how) is Why.MISSING
    assert why(path / "below", how) in (Why.MISSING, Why.UNREADABLE)


def test_it_comes_later(path, how):
    assert why(path, how) is Why.MISSING
    assert city_of(location_file(str(write_places(path)), how), "192.0.2.7")


def test_what_is_no_file(tmp_path, how):
    assert why(tmp_path, how) is Why.UNREADABLE
    os.mkfifo(tmp_path / "pipe")
    assert why(tmp_path / "pipe", how) is Why.UNREADABLE
    assert why("/dev/zero", how) is Why.UNREADABLE
    assert why("/tmp/\0", how) is Why.UNREADABLE
    assert why("/" + "x" * 5000, how) is Why.UNREADABLE


def test_one_that_may_not_be_read(path, how, monkeypatch):
    write_places(path)

    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(reading.os, "open", refuse)
    assert why(path, how) is Why.UNREADABLE


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"\x1f\x8b" + bytes(5000), bytes(300_000)],
    ids=["empty", "short", "packed", "long"],
)
def test_another_format(path, how, content):
    path.write_bytes(content)
    assert why(path, how) is Why.NOT_THIS_FORMAT


def test_a_file_that_is_too_large_is_not_read(path, how, monkeypatch):
    write_places(path)
    monkeypatch.setattr(reading, "LARGEST", 100)
    assert why(path, how) is Why.TOO_LARGE


def test_another_kind(path, how):
    write(path, {"autonomous_system_number": 64496}, kind="Documentation-ASN")
    assert why(path, how) is Why.NO_PLACES


def test_one_without_anything(path, how):
    found = location_file(str(write_places(path, {})), how)
    assert found.location("192.0.2.7") is None


def parts_of(path):
    """Return a database as the tree and what it leads to, and the metadata."""
    whole = path.read_bytes()
    start = whole.rfind(b"\xab\xcd\xefMaxMind.com")
    return whole[:start], whole[start:]


def test_one_that_was_cut(path, how):
    data, metadata = parts_of(write_places(path))
    path.write_bytes(data[:50] + metadata)
    assert why(path, how) is Why.BROKEN


def test_one_whose_metadata_are_cut(path, how):
    data, metadata = parts_of(write_places(path))
    path.write_bytes(data + metadata[:30])
    assert why(path, how) is Why.BROKEN


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_in_it_breaks_nothing(path, how, seed):
    """Some bytes are others: it is refused, or says where addresses are, or doesn't."""
    data, metadata = parts_of(write_places(path))
    noise = struct.pack("<Q", seed * 0x9E3779B97F4A7C15 & 2**64 - 1)
    damaged = bytearray(data)
    for number in range(40):
        place = (seed * 7919 + number * 104729) % len(damaged)
        damaged[place] = noise[number % 8]
    path.write_bytes(bytes(damaged) + metadata)
    try:
        found = location_file(str(path), how)
    except UnusableFile as error:
        assert error.why in (Why.BROKEN, Why.NO_PLACES)
        return
    for last in range(0, 256, 16):
        for address in (f"192.0.2.{last}", f"203.0.113.{last}", f"2001:db8:{last:x}::"):
            found.location(address)


def test_a_tree_that_leads_back_to_itself(path, how):
    """Whoever walked through all of it would walk for ever."""
    data, metadata = parts_of(write_places(path))
    path.write_bytes(bytes(len(data)) + metadata)
    assert why(path, how) is Why.BROKEN


def nested(depth):
    record = "Berlin"
    for _ in range(depth):
        record = {"names": record}
    return record


@pytest.fixture(scope="module")
def too_deep(tmp_path_factory):
    """A database with what is nested deeper than any reader goes."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        return write(tmp_path_factory.mktemp("deep") / "x.mmdb", {"city": nested(550)})
    finally:
        sys.setrecursionlimit(limit)


def test_what_is_nested_beyond_measure(too_deep, how):
    assert why(too_deep, how) is Why.BROKEN


def test_what_is_nested_and_no_place(path, how):
    write(path, {**BERLIN, "city": nested(200)})
    assert location_file(str(path), how).location("198.51.100.7").city_names == ()


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\u202eB"]
)
def test_a_name_is_a_text(path, how, name):
    write(path, {"city": {"names": {"en": name}}})
    found = location_file(str(path), how).location("198.51.100.7")
    assert found.city_names == (("en", name),)


def test_where_no_copy_can_be_made(path, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    write_places(path)
    monkeypatch.setattr(reading, "NamedTemporaryFile", full)
    assert why(path, "mapped") is Why.NO_COPY
    for how in ("auto", "memory"):
        found = location_file(str(path), how)
        assert city_of(found, "192.0.2.7") == "Hamburg"


def test_no_copy_is_left_behind(path, tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    location_file(str(settle(write_places(path))), "mapped")
    (tmp_path / "wrong").write_bytes(b"x\xab\xcd\xefMaxMind.com")
    assert why(tmp_path / "wrong", "mapped") is Why.BROKEN
    assert list(folder.iterdir()) == []
