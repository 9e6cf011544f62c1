"""The one site of these tests: its keys, its tickets, its beacons.

It exists in no ZODB: the server is told its rules, and the tests sign its tickets.
"""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from itertools import count
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.tickets.ticket import access_key
from slc.clicktracker.tickets.ticket import issue
from slc.clicktracker.tickets.ticket import Keys
from slc.clicktracker.tickets.ticket import Ticket

import json


SITE = "site-of-the-board"
KEYS = Keys(("secret of the members",), ("secret of the others",))
COOKIE = "__ac"
LOG_IN = "log-in-of-a-member"
ADDRESS = "/site/@@clicktracker-callback"

_MEMBERS = 20
_DOCUMENTS = 30

_numbers = count()


@dataclass(frozen=True)
class Message:
    """A beacon that a browser sends, and the key of the access that it reports."""

    key: str
    body: bytes


def message(ahead: timedelta = timedelta(), title: str = "Minutes") -> Message:
    """Return the beacon of another page view. ``ahead`` is how much the clock was
    ahead of ours that was on the wall when the page was served."""
    number = next(_numbers)
    ticket = _ticket(number, datetime.now(timezone.utc) + ahead, title)
    view = f"view-number-{number:08}"
    body = {"ticket": issue(ticket, KEYS, LOG_IN), "view": view, "engaged": 1500}
    return Message(access_key(ticket, view), json.dumps(body).encode())


def access(title: str = "Minutes", engaged: int = 0) -> Access:
    """Return another access, as the server makes one of a beacon."""
    number = next(_numbers)
    ticket = _ticket(number, datetime.now(timezone.utc), title)
    return Access(
        key=access_key(ticket, "view"),
        issued=ticket.issued,
        opened=ticket.issued,
        seen=ticket.issued,
        document=Document(ticket.document, ticket.path, ticket.title),
        reader=Reader(ticket.user, ticket.folder, ticket.name),
        url=ticket.url,
        version=Version(ticket.version, ticket.digest, ticket.words),
        engaged=engaged,
    )


def _ticket(number: int, issued: datetime, title: str) -> Ticket:
    member, document = number % _MEMBERS, number % _DOCUMENTS
    return Ticket(
        site=SITE,
        document=f"document-{document}",
        version="1",
        digest=f"{document:032x}",
        words=250,
        url=f"/board/document-{document}",
        path=f"/site/board/document-{document}",
        title=title,
        user=f"member-{member}",
        folder="",
        name=f"Member {member}",
        issued=issued,
    )
