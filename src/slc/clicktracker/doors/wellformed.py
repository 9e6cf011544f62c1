"""Requests that Zope itself can't read, and would answer with a server error."""

from typing import Any
from ZPublisher.HTTPRequest import parse_cookie
from ZPublisher.utils import basic_auth_decode


def is_wellformed(environ: dict[str, Any]) -> bool:
    """Can Zope read the address, the cookies and the log-in of this request?"""
    try:
        address = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        address.encode("latin-1").decode("utf-8")
        parse_cookie(environ.get("HTTP_COOKIE", ""))
        basic_auth_decode(environ.get("HTTP_AUTHORIZATION", ""))
    except (ValueError, RecursionError):
        return False
    return True
