"""What can be banned, and whether an address is banned now."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.visitors.bans import AddressesUnknown
from slc.clicktracker.visitors.bans import Ban
from slc.clicktracker.visitors.bans import bannable
from slc.clicktracker.visitors.bans import BansInForce
from slc.clicktracker.visitors.bans import Caller
from slc.clicktracker.visitors.bans import CannotBan
from slc.clicktracker.visitors.bans import HoldsCaller
from slc.clicktracker.visitors.bans import HoldsEverybody
from slc.clicktracker.visitors.bans import HoldsProxy
from slc.clicktracker.visitors.networks import HostBitsSet
from slc.clicktracker.visitors.networks import InvalidNetwork
from tests.counted import steps

import pytest


NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)
MANAGER = Reader("manager")
CALLER = Caller("198.51.100.7", ("127.0.0.1", "2001:db8:5::1"))
CALLER_BY_IPV6 = Caller("2001:db8:1::7", ("127.0.0.1",))


def in_force(*networks, **values):
    bans = [Ban(network, "", MANAGER, NOW, **values) for network in networks]
    return BansInForce.of(bans, NOW)


@pytest.mark.parametrize(
    "text, network",
    [
        ("203.0.113.9", "203.0.113.9"),
        ("  203.0.113.9\t", "203.0.113.9"),
        ("203.0.113.9/32", "203.0.113.9"),
        ("203.0.113.0/24", "203.0.113.0/24"),
        ("2001:DB8:0::7", "2001:db8::7"),
        ("2001:db8::/64", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.0/120", "203.0.113.0/24"),
        ("10.0.0.0/8", "10.0.0.0/8"),
    ],
)
def test_what_can_be_banned_is_written_in_one_way(text, network):
    assert bannable(text, CALLER) == network
    (held,) = in_force(network).networks.holders(network.split("/")[0])
    assert held == network


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "everybody",
        "203.0.113",
        "203.0.113.9/33",
        "203.0.113.256",
        "203.0.113.9\0",
        "2001:db8::/129",
        "٣.٣.٣.٣",
        "1/2/3",
        "/24",
        "<script>",
        "1" * 10_000,
    ],
)
def test_what_is_no_network_is_told(text):
    with pytest.raises(InvalidNetwork):
        bannable(text, CALLER)


def test_an_address_with_a_length_is_asked_about():
    with pytest.raises(HostBitsSet) as told:
        bannable("203.0.113.9/24", CALLER)
    assert told.value.meant == "203.0.113.0/24"


@pytest.mark.parametrize("text", ["0.0.0.0/0", "::/0", "::ffff:0:0/96", "0::/0"])
def test_nobody_can_ban_everybody(text):
    with pytest.raises(HoldsEverybody):
        bannable(text, CALLER)


@pytest.mark.parametrize(
    "text", ["198.51.100.7", "198.51.100.0/24", "128.0.0.0/1", "::ffff:198.51.100.7"]
)
def test_nobody_can_ban_the_address_that_they_come_from(text):
    with pytest.raises(HoldsCaller, match=r"198\.51\.100\.7"):
        bannable(text, CALLER)


@pytest.mark.parametrize("text", ["2001:db8:1::7", "2001:db8:1::/64", "2000::/3"])
def test_nor_that_of_ipv6(text):
    with pytest.raises(HoldsCaller):
        bannable(text, CALLER_BY_IPV6)


@pytest.mark.parametrize(
    "text, proxy",
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.0/8", "127.0.0.1"),
        ("::ffff:127.0.0.1", "127.0.0.1"),
        ("2001:db8:5::/48", "2001:db8:5::1"),
    ],
)
def test_nobody_can_ban_a_trusted_proxy(text, proxy):
    with pytest.raises(HoldsProxy) as told:
        bannable(text, CALLER)
    assert told.value.args == (proxy,)


def test_while_clients_can_not_be_told_apart_nobody_can_be_banned():
    with pytest.raises(AddressesUnknown):
        bannable("203.0.113.9", Caller(""))
    assert issubclass(AddressesUnknown, CannotBan)
    # Directly from the internet, or by way of the proxy's own host.
    assert bannable("203.0.113.9", Caller("8.8.8.8"))
    assert bannable("203.0.113.9", Caller("", ("127.0.0.1",)))


def test_an_address_is_banned_until_the_ban_ends():
    bans = in_force("203.0.113.0/24", until=NOW + HOUR)
    assert bans.hold("203.0.113.9", NOW)
    assert bans.hold("::ffff:203.0.113.9", NOW + HOUR * 0.99)
    assert not bans.hold("203.0.113.9", NOW + HOUR)
    assert not bans.hold("203.0.114.9", NOW)


@pytest.mark.parametrize("address", ["", "unknown", "203.0.113", "1" * 10_000])
def test_what_is_no_address_is_not_banned(address):
    assert not in_force("203.0.113.0/24").hold(address, NOW)


@pytest.mark.parametrize("wider, narrower", [(1, 2), (2, 1), (None, 1), (1, None)])
def test_the_longest_of_several_bans_counts(wider, narrower):
    """However long they are, and whichever of them is the network within the other."""
    until = [hours and NOW + HOUR * hours for hours in (wider, narrower)]
    networks = "203.0.113.0/24", "203.0.113.9"
    bans = BansInForce.of(
        [
            Ban(network, "", MANAGER, NOW, moment)
            for network, moment in zip(networks, until, strict=True)
        ],
        NOW,
    )
    assert bans.hold("203.0.113.9", NOW + HOUR)
    assert bans.hold("203.0.113.9", NOW + 2 * HOUR) is (None in (wider, narrower))
    assert bans.hold("203.0.113.8", NOW + HOUR) is (wider in (2, None))


def test_what_is_over_or_lifted_is_not_looked_at():
    over = Ban("203.0.113.9", "", MANAGER, NOW - HOUR, until=NOW)
    lifted = Ban("203.0.113.9", "", MANAGER, NOW - HOUR, None, MANAGER, NOW)
    assert not over.holds(NOW) and not lifted.holds(NOW)
    assert not BansInForce.of([over, lifted], NOW)
    again = Ban("203.0.113.9", "", MANAGER, NOW)
    assert BansInForce.of([over, lifted, again], NOW).hold("203.0.113.9", NOW)


@pytest.mark.parametrize("address", ["10.1.1.9", "2001:db8:1::9", "198.51.100.7"])
def test_a_request_takes_no_more_work_with_hundreds_of_bans_than_with_a_few(address):
    """A list of 10,000 may cost it 50 µs; ``docs/visitors.md`` has what was measured."""
    few, many = (
        in_force(
            *(f"10.1.{each}.0/24" for each in range(number)),
            *(f"2001:db8:{each:x}::/48" for each in range(number)),
        )
        for number in (2, 250)
    )
    assert (
        many.hold(address, NOW)
        is few.hold(address, NOW)
        is ("1::9" in address or "1.9" in address)
    )
    assert steps(many.hold, address, NOW) == steps(few.hold, address, NOW)
