"""What the browser sends about one page view."""

from dataclasses import dataclass

import json
import re


#: No beacon of the script comes near this; a longer body is not read.
LONGEST_BODY = 4096

_VIEW = re.compile("[A-Za-z0-9_-]{16,64}")


class MalformedBeacon(ValueError):
    """The body is not a beacon."""


@dataclass(frozen=True)
class Beacon:
    """One message: the ticket's text and the random id of the page view."""

    ticket: str
    view: str


def parse(body: bytes) -> Beacon:
    """Return the beacon in a body, a JSON object in UTF-8.

    ``{"ticket": "…", "view": "<16 to 64 URL-safe characters>"}``; what else it
    may hold is left aside. Raises ``MalformedBeacon``.
    """
    try:
        message = json.loads(body.decode())
    except (ValueError, RecursionError) as error:
        raise MalformedBeacon("the body is not JSON") from error
    if not isinstance(message, dict):
        raise MalformedBeacon("the body is not a JSON object")
    ticket, view = message.get("ticket"), message.get("view")
    if not isinstance(ticket, str) or not isinstance(view, str):
        raise MalformedBeacon("ticket or view is missing")
    if not _VIEW.fullmatch(view):
        raise MalformedBeacon("the view id has another form")
    return Beacon(ticket, view)
