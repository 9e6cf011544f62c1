"""Whether an address answers as a service does, asked by the server.

Only who may change the settings asks, and only for the address in them. As that can be any
host that the server reaches, little is told of the answer, and least of hosts that nobody
but this server reaches.
"""

from dataclasses import dataclass
from http.client import HTTPException
from ipaddress import ip_address
from slc.clicktracker import _
from slc.clicktracker.forwarding.connection import To
from slc.clicktracker.forwarding.connection import usable_address
from socket import getaddrinfo
from threading import Timer
from urllib.parse import urlsplit
from zope.i18nmessageid import Message

import socket
import ssl


#: For the whole of an answer, however slowly it comes.
SECONDS = 5
_LARGEST = 500_000


@dataclass(frozen=True)
class Finding:
    """What was found out: a message, and its level as for status messages."""

    text: Message
    level: str = "info"


class NoAnswer(Exception):
    """The address can't be asked, or answers otherwise than with a file."""

    def __init__(self, text: Message, is_public: bool = True) -> None:
        super().__init__(text)
        self.text = text
        self.is_public = is_public


_NOT_THERE = _("${place} does not answer like ${service}.")


def find_service(service: str, marks: dict[str, str]) -> Finding:
    """Ask for addresses, each of which has to have a text in its answer.

    The first text that is missing, or the first address without an answer, is what is said.
    """
    for url, mark in marks.items():
        mapping = {"place": urlsplit(url).netloc, "service": service}
        try:
            is_there = mark.lower() in _fetched(url).lower()
        except NoAnswer as error:
            found = error.text if error.is_public else _NOT_THERE
            return Finding(Message(found, mapping=mapping), "warning")
        if not is_there:
            return Finding(Message(_NOT_THERE, mapping=mapping), "warning")
    return Finding(_("${place} answers like ${service}.", mapping=mapping), "info")


def _fetched(url: str) -> str:
    """Return what is at an address, or raise ``NoAnswer``. Nowhere else is anything
    asked: redirections are not followed."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _resolved(parts.hostname, port)
    is_public = _is_public(address)
    connection = To(parts.hostname, port, address, parts.scheme == "https", SECONDS)
    timer = Timer(SECONDS, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        connection.request("GET", parts.path or "/", headers={"Connection": "close"})
        answer = connection.getresponse()
        if 300 <= answer.status < 400:
            raise NoAnswer(
                _("${place} redirects to another address. Enter that address."),
                is_public,
            )
        if answer.status != 200:
            raise NoAnswer(_NOT_THERE, is_public)
        return answer.read(_LARGEST).decode("utf-8", "replace")
    except ssl.SSLError as error:
        raise NoAnswer(
            _("This server doesn't trust the certificate of ${place}."), is_public
        ) from error
    except (OSError, HTTPException, AttributeError) as error:
        # A connection that is cut while it is used may be gone in the middle of it.
        raise NoAnswer(_("${place} does not answer."), is_public) from error
    finally:
        timer.cancel()
        connection.close()


def _is_public(address: str) -> bool:
    """Could anybody ask this address, so that what it answers is no secret?"""
    return ip_address(address).is_global


def _resolved(host: str, port: int) -> str:
    """Return the one address to which it is connected then: no second answer of the name
    server can lead elsewhere."""
    try:
        found = getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAnswer(_("There is no host ${place}.")) from error
    address = usable_address(found[0][4][0])
    if address is None:
        raise NoAnswer(_NOT_THERE, False)
    return str(address)
