"""The one decision about a ticket, for every door that takes beacons."""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from enum import Enum
from slc.clicktracker.ticket import is_bound
from slc.clicktracker.ticket import Keys
from slc.clicktracker.ticket import LONGEST_LIFETIME
from slc.clicktracker.ticket import MalformedTicket
from slc.clicktracker.ticket import Ticket
from slc.clicktracker.ticket import UnverifiedTicket
from slc.clicktracker.ticket import verify


#: Several servers behind one address need not agree to the second.
_CLOCK_SKEW = timedelta(minutes=5)


class Reason(Enum):
    """Why a beacon was refused: the name in the header and the HTTP status."""

    BODY_TOO_LARGE = "body-too-large", 413
    BEACON_MALFORMED = "beacon-malformed", 400
    TICKET_MALFORMED = "ticket-malformed", 400
    TICKET_FORGED = "ticket-forged", 403
    TICKET_FROM_FUTURE = "ticket-from-future", 403
    TICKET_EXPIRED = "ticket-expired", 410
    OTHER_SITE = "other-site", 403
    OTHER_USER = "other-user", 403
    NOT_POST = "not-post", 405
    RECORDING_OFF = "recording-off", 403
    STORAGE_UNAVAILABLE = "storage-unavailable", 503

    def __init__(self, header: str, status: int) -> None:
        self.header = header
        self.status = status


class Refused(Exception):
    """A beacon is not recorded, for a ``Reason``."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.header)
        self.reason = reason


class Outcome(Enum):
    """ACCEPT: the ticket belongs to this request's log-in. UNKNOWN: the ticket
    is genuine, but only Plone can tell whether the user is the same."""

    ACCEPT = "accept"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class SiteRules:
    """What a door knows of a site: its UID, its keys, how long tickets live."""

    site: str
    keys: Keys
    lifetime: timedelta


def judge(
    text: str, rules: SiteRules, credential: str, now: datetime
) -> tuple[Outcome, Ticket]:
    """Return whether the ticket in ``text`` is accepted, or unknown, and the ticket.

    Raises ``Refused``. A ticket that no key verifies can't be told from one
    that outlived the keys: its own word on when it was issued decides between
    *expired* and *forged*, as neither records anything.
    """
    lifetime = min(rules.lifetime, LONGEST_LIFETIME)
    try:
        ticket, secret = verify(text, rules.keys)
    except MalformedTicket as error:
        raise Refused(Reason.TICKET_MALFORMED) from error
    except UnverifiedTicket as error:
        expired = now - error.claimed > lifetime
        raise Refused(
            Reason.TICKET_EXPIRED if expired else Reason.TICKET_FORGED
        ) from error
    if ticket.site != rules.site:
        raise Refused(Reason.OTHER_SITE)
    if now - ticket.issued > lifetime:
        raise Refused(Reason.TICKET_EXPIRED)
    if ticket.issued - now > _CLOCK_SKEW:
        raise Refused(Reason.TICKET_FROM_FUTURE)
    if is_bound(ticket, secret, credential):
        return Outcome.ACCEPT, ticket
    return Outcome.UNKNOWN, ticket
