"""The address of a client is what a trusted proxy says, or unknown."""

from slc.clicktracker.doors.client_address import caller_of
from slc.clicktracker.doors.client_address import client_address
from slc.clicktracker.doors.client_address import full_address
from ZPublisher import HTTPRequest

import pytest


@pytest.mark.parametrize(
    "trusted, peer, forwarded, expected",
    [
        ([], "203.0.113.9", "", ""),
        ([], "93.184.216.34", "", "93.184.216.34"),
        ([], "93.184.216.34", "8.8.8.8", "93.184.216.34"),
        ([], "127.0.0.1", "8.8.8.8", ""),
        ([], "10.1.2.3", "", ""),
        ([], "", "", ""),
        ([], "no address", "", ""),
        (["127.0.0.1"], "127.0.0.1", "8.8.8.8", "8.8.8.8"),
        (["127.0.0.1"], "127.0.0.1", "6.6.6.6, 8.8.8.8", "8.8.8.8"),
        (["127.0.0.1", "10.0.0.1"], "127.0.0.1", "8.8.8.8, 10.0.0.1", "8.8.8.8"),
        (["127.0.0.1"], "127.0.0.1", "10.1.2.3", "10.1.2.3"),
        (["127.0.0.1"], "127.0.0.1", "", ""),
        (["127.0.0.1"], "127.0.0.1", "<script>", ""),
        (["127.0.0.1"], "10.1.2.3", "8.8.8.8", "10.1.2.3"),
        (["127.0.0.1"], "127.0.0.1", "2001:db8::1", "2001:db8::/64"),
        (["127.0.0.1"], "127.0.0.1", "2001:db8::1%eth0", "2001:db8::/64"),
        ([], "::ffff:93.184.216.34", "", "93.184.216.34"),
        ([], "::ffff:127.0.0.1", "8.8.8.8", ""),
        (["127.0.0.1"], "::ffff:127.0.0.1", "::ffff:8.8.8.8", "8.8.8.8"),
        (["::ffff:127.0.0.1"], "127.0.0.1", "8.8.8.8", "8.8.8.8"),
        (["2001:DB8:0::1"], "2001:db8::1", "8.8.8.8", "8.8.8.8"),
        (["127.0.0.1"], "127.0.0.1", "8.8.8.8:4711", "8.8.8.8"),
        (["127.0.0.1"], "127.0.0.1", "[2001:db8::1]:443", "2001:db8::/64"),
        (["127.0.0.1"], "127.0.0.1", "8.8.8.8, unknown", ""),
        (["127.0.0.1"], "127.0.0.1", "8.8.8.8, , ,", "8.8.8.8"),
        (
            ["127.0.0.1"],
            "127.0.0.1",
            ", ".join(["6.6.6.6"] * 39 + ["8.8.8.8"]),
            "8.8.8.8",
        ),
        (["127.0.0.1"], "127.0.0.1", "8.8.8.8" + ", 127.0.0.1" * 39, "8.8.8.8"),
        (["127.0.0.1"], "127.0.0.1", "8.8.8.8" + ", 127.0.0.1" * 99, ""),
        (["127.0.0.1"], "127.0.0.1", "1" * 1_000_000, ""),
    ],
)
def test_client_address(monkeypatch, trusted, peer, forwarded, expected):
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", trusted)
    environ = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(environ) == expected


def test_the_full_address_is_that_of_one_client(monkeypatch):
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ["127.0.0.1", "no address"])
    environ = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "2001:DB8:0::7"}
    assert full_address(environ) == "2001:db8::7"
    assert caller_of(environ).proxies == ("127.0.0.1", "no address")
