"""One request to a service, and what is known of it then."""

from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from slc.clicktracker.forwarding.connection import To
from slc.clicktracker.forwarding.connection import usable_address
from slc.clicktracker.forwarding.problems import CERTIFICATE
from slc.clicktracker.forwarding.problems import FORBIDDEN_ADDRESS
from slc.clicktracker.forwarding.problems import NO_ANSWER
from slc.clicktracker.forwarding.problems import NO_HOST
from slc.clicktracker.forwarding.problems import OTHER_ANSWER
from slc.clicktracker.forwarding.problems import UNREACHABLE
from socket import getaddrinfo
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

import socket
import ssl


#: No answer that counts something is as long.
LARGEST = 100_000


@dataclass(frozen=True)
class Answer:
    """Status and body of an answer."""

    status: int
    body: bytes


class NotSent(Exception):
    """The service has certainly not got the request: ``problem`` is a word for why."""

    def __init__(self, problem: str, detail: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.detail = detail


class InDoubt(NotSent):
    """It may have got all of it, and nobody knows what it did."""


def ask(
    url: str,
    seconds: float,
    body: bytes | None = None,
    kind: str = "",
    usable: Callable[[str], Any] = usable_address,
) -> Answer:
    """Return what a service answers, within so many seconds for all of it.

    With a ``body`` it is sent there, as what ``kind`` says. Redirections are not followed.
    ``usable`` returns the address of a host, None for one that is never connected to.
    Raises ``NotSent`` and ``InDoubt``.
    """
    parts = urlsplit(url)
    is_secure = parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    address = _resolved(parts.hostname or "", port, usable)
    connection = To(parts.hostname or "", port, address, is_secure, seconds)
    timer = Timer(seconds, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path
        _sent(connection, target or "/", body, kind)
        return _answer(connection)
    finally:
        timer.cancel()
        connection.close()


def _sent(connection: To, target: str, body: bytes | None, kind: str) -> None:
    """Send a request. Whatever is cut off before its end was not understood."""
    headers = {"Connection": "close", "User-Agent": "slc.clicktracker"}
    if kind:
        headers["Content-Type"] = kind
    try:
        connection.connect()
        connection.request("GET" if body is None else "POST", target, body, headers)
    except ssl.SSLError as error:
        raise NotSent(CERTIFICATE, _words(error)) from error
    except (OSError, HTTPException, AttributeError, ValueError) as error:
        # A connection that is cut while it is used may be gone in the middle of it.
        raise NotSent(UNREACHABLE, _words(error)) from error


def _answer(connection: To) -> Answer:
    try:
        answer = connection.getresponse()
        body = answer.read(LARGEST + 1)
    except (OSError, HTTPException, AttributeError, ValueError) as error:
        raise InDoubt(NO_ANSWER, _words(error)) from error
    if len(body) > LARGEST:
        raise InDoubt(OTHER_ANSWER, f"HTTP {answer.status}")
    if answer.length:
        # Python says nothing of it.
        raise InDoubt(NO_ANSWER, "the answer was cut off")
    return Answer(answer.status, body)


def _resolved(host: str, port: int, usable: Callable[[str], Any]) -> str:
    try:
        found = getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotSent(NO_HOST, host) from error
    address = usable(found[0][4][0])
    if address is None:
        raise NotSent(FORBIDDEN_ADDRESS, host)
    return str(address)


def _words(error: Exception) -> str:
    """Return what went wrong, for who runs the server. Nothing that was sent is in it."""
    return str(getattr(error, "strerror", None) or type(error).__name__)
