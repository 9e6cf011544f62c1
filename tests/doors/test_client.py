"""The address of a client is what a trusted proxy says, or unknown."""

from slc.clicktracker.doors.client_address import client_address
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
    ],
)
def test_client_address(monkeypatch, trusted, peer, forwarded, expected):
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", trusted)
    environ = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(environ) == expected
