"""An address lies in a network however both are written, and however many there are."""

from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st
from ipaddress import ip_network
from ipaddress import IPv4Address
from ipaddress import IPv6Address
from slc.clicktracker.visitors.networks import HostBitsSet
from slc.clicktracker.visitors.networks import InvalidNetwork
from slc.clicktracker.visitors.networks import network_of
from slc.clicktracker.visitors.networks import Networks
from tests.counted import steps
from tests.nightly import examples

import pytest


def network_with(address_and_length):
    return ip_network(address_and_length, strict=False)


# Few leading bits, so that addresses often lie in the networks.
V4 = st.integers(10 << 24, (13 << 24) - 1).map(IPv4Address)
V6 = st.integers(0, (1 << 66) - 1).map((0x20010DB8 << 96).__add__).map(IPv6Address)
NETWORKS = st.one_of(
    st.tuples(V4, st.integers(0, 32)).map(network_with),
    st.tuples(V6, st.integers(0, 128)).map(network_with),
)


@given(st.lists(NETWORKS, max_size=30), st.one_of(V4, V6))
@examples(100, nightly=2000)
def test_the_answer_is_that_of_python(networks, address):
    expected = [one for one in networks if address in one]
    found = Networks.of(map(str, networks))
    assert (str(address) in found) is bool(expected)
    if expected:
        longest = max(one.prefixlen for one in expected)
        assert ip_network(found.holder(str(address))).prefixlen == longest
    assert len(found) == len(set(networks))


@given(V6)
@examples(100, nightly=2000)
def test_how_an_address_of_ipv6_is_written_makes_no_difference(address):
    networks = Networks.of([str(address)])
    for text in (address.exploded, str(address).upper(), f"{address}%eth0"):
        assert text in networks
        assert str(address) in Networks.of([text])


@given(V4, st.integers(0, 32))
@examples(100, nightly=2000)
def test_ipv4_written_as_ipv6_is_ipv4(address, length):
    network = network_with((address, length))
    mapped = f"::ffff:{network.network_address}/{length + 96}"
    assert f"::ffff:{address}" in Networks.of([str(network)])
    assert str(address) in Networks.of([mapped])
    assert f"::ffff:{int(address) >> 16:x}:{int(address) & 0xFFFF:x}" in Networks.of(
        [mapped]
    )


def test_all_of_ipv6_is_nothing_of_ipv4():
    assert "1.2.3.4" not in Networks.of(["::/0"])
    assert "::ffff:1.2.3.4" not in Networks.of(["::/0"])
    assert "2001:db8::1" not in Networks.of(["0.0.0.0/0"])


def test_a_network_is_known_by_the_text_that_named_it():
    networks = Networks.of(["10.0.0.0/8", " 10.1.2.3 ", "10.0.0.0/255.0.0.0"])
    assert networks.holder("10.1.2.3") == " 10.1.2.3 "
    assert networks.holder("10.1.2.4") == "10.0.0.0/8"
    assert networks.holder("11.1.2.4") is None
    assert len(networks) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "unknown",
        "localhost",
        "10.0.0",
        "10.0.0.256",
        "010.0.0.1",
        "10.0.0.1:8080",
        "[::1]",
        "10.0.0.1, 10.0.0.2",
        "10.0.0.1%eth0",
        "fe80::1%",
        "１０.0.0.1",
        "10.0.0.1\0",
        "\ud800",
        "1" * 1_000_000,
        ":" * 1_000_000,
        "fe80::1%" + "e" * 1_000_000,
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_what_is_no_address_lies_nowhere(text):
    assert text not in Networks.of(["0.0.0.0/0", "::/0"])
    with pytest.raises(InvalidNetwork):
        Networks.of([text])


@given(st.text())
@examples(100, nightly=2000)
def test_no_text_is_too_odd(text):
    assert isinstance(text in Networks.of(["0.0.0.0/0", "::/0"]), bool)


@pytest.mark.parametrize(
    "text",
    [
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "10.0.0.0/255.0.255.0",
        "10.0.0.0/ 8",
        "2001:db8::/129",
        "2001:db8::/x",
        "::ffff:10.0.0.0/95",
        "::ffff:10.0.0.0/129",
        "::ffff:10.0.0.0/x",
        "::ffff:0.0.0.0/",
        "/8",
        "10.0.0.0/٨",
    ],
)
def test_what_is_no_network_is_told(text):
    with pytest.raises(InvalidNetwork) as info:
        network_of(text)
    assert not isinstance(info.value, HostBitsSet)
    assert info.value.args == (text,)


@pytest.mark.parametrize(
    "text, meant",
    [
        ("10.1.2.3/8", "10.0.0.0/8"),
        ("2001:db8::1/32", "2001:db8::/32"),
        ("::ffff:10.1.2.3/104", "10.0.0.0/8"),
        ("fe80::1%eth0/64", "fe80::/64"),
    ],
)
def test_of_an_address_with_a_length_it_is_told_which_network_is_meant(text, meant):
    with pytest.raises(HostBitsSet) as info:
        network_of(text)
    assert info.value.meant == meant
    assert str(network_of(meant)) == meant


@given(NETWORKS)
@examples(100, nightly=2000)
def test_a_network_is_named_by_its_text(network):
    assert network_of(str(network)) == network


@given(V4, st.integers(1, 31))
@examples(100, nightly=2000)
def test_host_bits_are_refused_as_python_does(address, length):
    network = network_with((address, length))
    assume(network.network_address != address)
    with pytest.raises(HostBitsSet):
        network_of(f"{address}/{length}")


@pytest.mark.parametrize("address", ["203.0.113.5", "ff02::1", "10.0.0.1"])
def test_many_networks_take_no_more_work_than_a_few_of_the_same_lengths(address):
    few, many = (
        Networks.of(
            f"{first}{each:x}{rest}" if ":" in first else f"{first}{each}{rest}"
            for each in range(number)
            for first, rest in (
                ("10.1.", ".0/24"),
                ("10.2.", ".7"),
                ("2001:db8:", "::/48"),
            )
        )
        for number in (2, 250)
    )
    assert len(many) == 750
    # Whether it is known how the address is written makes a difference.
    assert address not in many
    assert steps(many.holder, address) == steps(few.holder, address)
