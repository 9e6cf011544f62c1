"""Connections to the address that was found for a host, and to no other."""

from http.client import HTTPConnection
from ipaddress import IPv4Address
from ipaddress import IPv6Address
from slc.clicktracker.visitors.networks import address_of
from typing import Any

import socket
import ssl


class To(HTTPConnection):
    """A connection to an address that was found for a host: no second answer of the name
    server can lead elsewhere."""

    def __init__(
        self, host: str, port: int, address: str, is_secure: bool, seconds: float
    ) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address = address
        self._is_secure = is_secure

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End it, while another thread waits for it."""
        sock: Any = self.sock
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


def public_address(found: str) -> IPv4Address | IPv6Address | None:
    """Return an address of the Internet, None for all others: what typed text leads to is
    never a machine of the house."""
    address = usable_address(found)
    return address if address is not None and address.is_global else None


def usable_address(found: str) -> IPv4Address | IPv6Address | None:
    """Return an address that a service may have, None for others: where the machines of a
    cloud find their secrets, and what is no host. What is written as IPv6 may be an
    address of IPv4."""
    address = address_of(found)
    if (
        address is None
        or address.is_link_local
        or address.is_multicast
        or address.is_unspecified
    ):
        return None
    return address
