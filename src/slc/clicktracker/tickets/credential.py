"""The credential of a request: what a ticket is bound to."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from plone.session.tktauth import splitTicket
from typing import Any
from ZPublisher.HTTPRequest import parse_cookie

import binascii


#: Characters of a header with the cookies of a site; longer ones are not remembered.
USUAL = 2000


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
    an Authorization header, which a proxy may ask of everybody.
    """
    header = environ.get("HTTP_COOKIE", "")
    read = _log_in if len(header) < USUAL else _log_in.__wrapped__
    value, began = read(header, cookie.name)
    if cookie.timeout and began + cookie.timeout <= now.timestamp():
        return ""
    return value


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
