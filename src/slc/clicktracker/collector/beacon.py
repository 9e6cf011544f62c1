"""What the browser sends about one page view."""

from dataclasses import dataclass
from math import isnan
from slc.clicktracker.collector.page_event import MalformedEvent
from slc.clicktracker.collector.page_event import PageEvent
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import MARKS_BY_NAME
from slc.clicktracker.storage.marks import NO_MARKS
from slc.clicktracker.storage.marks import together
from typing import Any

import json
import re


#: No beacon of the script comes near this; a longer body is not read.
LONGEST_BODY = 12288

#: Milliseconds; a ticket does not live longer.
_LONGEST_VIEW = 72 * 3600 * 1000

_VIEW = re.compile("[A-Za-z0-9_-]{16,64}")

_read = json.JSONDecoder().decode


class MalformedBeacon(ValueError):
    """The body is not a beacon."""


@dataclass(frozen=True)
class Beacon:
    """One message: the ticket's text and the random id of the page view.

    ``engaged`` is milliseconds and ``depth`` percent, both in total so far, so
    that a message that comes twice or late changes nothing. ``marks`` are those that
    were so until now. ``referrer`` is the address that the visitor came from, where the
    script was asked for it. ``event`` is something that happened on the page: such a
    message says nothing else, and has an id of its own.
    """

    ticket: str
    view: str
    engaged: int = 0
    depth: int = 0
    marks: Marks = NO_MARKS
    referrer: str = ""
    event: PageEvent | None = None


def parse(body: bytes) -> Beacon:
    """Return the beacon in a body, a JSON object in UTF-8.

    ``{"ticket": "…", "view": "<16 to 64 URL-safe characters>"}`` and, optional,
    ``"engaged"`` (milliseconds) and ``"depth"`` (percent), numbers, the name of any mark,
    true or false, ``"referrer"``, a text, and ``"event"``, see ``PageEvent.of``; what else
    it may hold is left aside. Raises ``MalformedBeacon``.
    """
    try:
        message = _read(body.decode())
    except (ValueError, RecursionError) as error:
        raise MalformedBeacon("the body is not JSON") from error
    if not isinstance(message, dict):
        raise MalformedBeacon("the body is not a JSON object")
    ticket, view = message.get("ticket"), message.get("view")
    if not isinstance(ticket, str) or not isinstance(view, str):
        raise MalformedBeacon("ticket or view is missing")
    if not _VIEW.fullmatch(view):
        raise MalformedBeacon("the view id has another form")
    return Beacon(
        ticket,
        view,
        engaged=_number(message.get("engaged", 0), _LONGEST_VIEW),
        depth=_number(message.get("depth", 0), 100),
        marks=_marks(message),
        referrer=_text(message.get("referrer", "")),
        event=_event(message.get("event")),
    )


def _number(value: Any, largest: int) -> int:
    """Return a whole number from 0 to ``largest``; what is beyond is cut."""
    if type(value) not in (int, float) or isnan(value):
        raise MalformedBeacon("a total is not a number")
    return int(min(max(value, 0), largest))


def _marks(message: dict[str, Any]) -> Marks:
    """Return the marks that are true."""
    if MARKS_BY_NAME.keys().isdisjoint(message):
        return NO_MARKS
    told = {name: message[name] for name in MARKS_BY_NAME if name in message}
    if any(type(value) is not bool for value in told.values()):
        raise MalformedBeacon("a mark is neither true nor false")
    return together(MARKS_BY_NAME[name] for name, value in told.items() if value)


def _event(value: Any) -> PageEvent | None:
    try:
        return None if value is None else PageEvent.of(value)
    except MalformedEvent as error:
        raise MalformedBeacon(str(error)) from error


def _text(value: Any) -> str:
    if type(value) is not str:
        raise MalformedBeacon("the referrer is not a text")
    return value
