"""Addresses of lists as somebody may send them to others."""

from urllib.parse import parse_qsl
from urllib.parse import urlencode
from ZPublisher.HTTPRequest import HTTPRequest


#: Plone puts this into each form. It is of who has filled it in, and nobody else's.
_ADDED = "_authenticator"


def shorter_address(
    request: HTTPRequest, url: str, keeps_empty: bool = False
) -> str | None:
    """Return the address at ``url`` without a token and empty fields, which forms add.

    None where there are none of them. ``keeps_empty`` where an empty field says something.
    """
    if request.method != "GET":
        return None
    asked = parse_qsl(request.get("QUERY_STRING", ""), keep_blank_values=True)
    kept = [
        (name, value)
        for name, value in asked
        if name != _ADDED and (value or keeps_empty)
    ]
    if kept == asked:
        return None
    return f"{url}?{urlencode(kept)}" if kept else url
