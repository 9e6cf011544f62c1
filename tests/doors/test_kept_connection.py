"""A browser that has sent a beacon can send the next one over the same connection."""

from http.client import HTTPConnection
from tests.doors.beacons import beacon
from tests.doors.beacons import ticket_on
from urllib.parse import urlsplit

import pytest


@pytest.mark.parametrize("is_known", [True, False], ids=["kept", "refused"])
def test_the_connection_stays_open_after_a_beacon(tracked, visitor, is_known):
    bob = visitor("bob")
    address = urlsplit(bob.url_of("/@@clicktracker-callback"))
    message = beacon(ticket_on(bob) if is_known else "no ticket")
    cookie = {"Cookie": f"__ac={bob.session.cookies['__ac']}"}
    connection = HTTPConnection(address.hostname, address.port)
    sockets = set()
    for _ in range(3):
        connection.request("POST", address.path, message, cookie)
        answer = connection.getresponse()
        assert (answer.status == 200) is is_known
        assert (answer.headers["Content-Length"], answer.read()) == ("0", b"")
        sockets.add(connection.sock)
    assert None not in sockets and len(sockets) == 1
    connection.close()
