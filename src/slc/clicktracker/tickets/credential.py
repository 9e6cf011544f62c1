"""The credentials of a request: what a ticket is bound to."""

from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from plone.session.tktauth import splitTicket
from typing import Any
from ZPublisher.HTTPRequest import parse_cookie

import binascii
import json


#: Characters of a header with the cookies of a site; longer ones are not remembered.
USUAL = 2000


#: The cookie in which Volto keeps the token of plone.restapi.
FRONTENDS_COOKIE = "auth_token"

#: What a request may be logged in by besides a cookie of Plone's.
LOG_INS = ("HTTP_AUTHORIZATION", "REMOTE_USER")


@dataclass(frozen=True)
class LogInCookie:
    """The cookie that carries a log-in of a site.

    ``timeout`` is how many seconds it counts from the time that is in it; 0 where
    it holds no time and counts for good.
    """

    name: str
    timeout: int = 0


def credential(environ: dict[str, Any], cookie: LogInCookie, now: datetime) -> str:
    """Return the session cookie, or "".

    ``environ`` is a WSGI environment; cookies are read as Zope reads them. A
    cookie that has timed out is no credential. Log-ins by other means leave nothing
    in the request that is known to be theirs alone: single sign-on, a remote user,
    a password in the header, which a proxy may ask of everybody. For tokens, see
    ``tokens``.
    """
    header = environ.get("HTTP_COOKIE", "")
    read = _log_in if len(header) < USUAL else _log_in.__wrapped__
    value, began = read(header, cookie.name)
    if cookie.timeout and began + cookie.timeout <= now.timestamp():
        return ""
    return value


def tokens(environ: dict[str, Any], now: datetime) -> tuple[str, ...]:
    """Return what plone.restapi may have logged somebody in by, without tokens that are
    over: the header that a frontend sends, then the cookie that it keeps it in.

    Nobody has verified them. Servers of frontends send the header alone.
    """
    header = environ.get("HTTP_AUTHORIZATION", "")
    kind, _, sent = header.partition(" ")
    kept = _cookie(environ.get("HTTP_COOKIE", ""), FRONTENDS_COOKIE)
    found = dict.fromkeys((sent.strip() if kind.lower() == "bearer" else "", kept))
    return tuple(each for each in found if each and _ends(each) > now.timestamp())


def _cookie(header: str, name: str) -> str:
    # Most requests have none, and need not be parsed for it.
    if name not in header:
        return ""
    read = _log_in if len(header) < USUAL else _log_in.__wrapped__
    return read(header, name)[0]


def _ends(token: str) -> float:
    """Return when a JSON web token ends, long ago for what is none. Without an end it
    counts for good."""
    read = _end_in if len(token) < USUAL else _end_in.__wrapped__
    return read(token)


@lru_cache(maxsize=4096)
def _end_in(token: str) -> float:
    try:
        _head, payload, _signature = token.split(".")
        said = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return float(said.get("exp", "inf"))
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return float("-inf")


@lru_cache(maxsize=4096)
def _log_in(header: str, name: str) -> tuple[str, float]:
    """Return the value of a cookie, "" without one, and when the log-in in it
    began, long ago where it is none of plone.session's.

    A browser sends the same header with every message.
    """
    try:
        value = parse_cookie(header).get(name, "")
    except RecursionError:
        # A thousand cookies are more than Zope can read, too.
        return "", 0
    try:
        *_, began = splitTicket(binascii.a2b_base64(value))
    except ValueError:
        began = float("-inf")
    return value, began
