"""The credential of a request: what a ticket is bound to."""

from typing import Any
from ZPublisher.HTTPRequest import parse_cookie


def credential(environ: dict[str, Any], cookie_name: str) -> str:
    """Return the session cookie or the Authorization header, or "".

    ``environ`` is a WSGI environment; cookies are read as Zope reads them.
    Log-ins by other means (single sign-on, a remote user) leave nothing in the
    request that is theirs alone.
    """
    cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
    return cookies.get(cookie_name) or environ.get("HTTP_AUTHORIZATION", "")
