"""The one decision about a ticket, for every door that takes beacons."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from enum import Enum
from slc.clicktracker.forwarding.rules import ForwardRules
from slc.clicktracker.goals.goal import GoalRules
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.tickets.credential import LogInCookie
from slc.clicktracker.tickets.origins import Origins
from slc.clicktracker.tickets.ticket import is_bound
from slc.clicktracker.tickets.ticket import Keys
from slc.clicktracker.tickets.ticket import MalformedTicket
from slc.clicktracker.tickets.ticket import Ticket
from slc.clicktracker.tickets.ticket import UnverifiedTicket
from slc.clicktracker.tickets.ticket import verify
from slc.clicktracker.tickets.visit_rules import VisitRules


#: Several servers behind one address need not agree to the second.
_CLOCK_SKEW = timedelta(minutes=5)


#: The header that names why a beacon was refused.
REASON_HEADER = "X-ClickTracker-Refused"


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
    REQUEST_MALFORMED = "request-malformed", 400
    RECORDING_OFF = "recording-off", 403
    TOO_MANY = "too-many", 429
    STORAGE_UNAVAILABLE = "storage-unavailable", 503
    SPOOL_FULL = "spool-full", 503
    SPOOL_UNAVAILABLE = "spool-unavailable", 503
    NO_WRITER = "no-writer", 503

    def __init__(self, header: str, status: int) -> None:
        self.header = header
        self.status = status


class Refused(Exception):
    """A beacon is not recorded, for a ``Reason``.

    ``retry_after`` says in how many seconds it is worth trying again.
    """

    def __init__(self, reason: Reason, retry_after: int = 10) -> None:
        super().__init__(reason.header)
        self.reason = reason
        self.retry_after = retry_after

    @property
    def headers(self) -> list[tuple[str, str]]:
        """What the answer says beside its status."""
        headers = [(REASON_HEADER, self.reason.header)]
        if self.reason.status in (429, 503):
            headers.append(("Retry-After", str(self.retry_after)))
        if self.reason is Reason.NOT_POST:
            headers.append(("Allow", "POST"))
        return headers


class KeyUnknown(Exception):
    """No key of the rules signed the ticket, and it claims to be younger than they
    are: it is forged, or the site has got another key since."""


class Outcome(Enum):
    """ACCEPT: the ticket belongs to this request's log-in. UNKNOWN: the ticket
    is genuine, but only Plone can tell whether the user is the same."""

    ACCEPT = "accept"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class SiteRules:
    """What a door knows of a site, as Plone has it.

    ``recording`` is False where it is switched off, ``takes_batches`` where the storage
    takes one access at a time and only inside a request. ``strict`` makes each
    acknowledgement wait for the disk; ``spool_limit`` is in bytes; the limits of
    a reader and of an address are messages per minute, 0 is none. ``visits`` is None
    where visits are not recorded, or not by the script. ``members`` has the group of those
    whose events are recorded, by user id, ``page_events`` says whether pages may send some. ``goals`` is None where nothing is one.
    ``signals`` says that browsers are heard that ask not to be tracked, ``origins`` which
    pages on other hosts are answered.
    ``known`` is when Plone said so.
    """

    site: str
    keys: Keys
    lifetime: timedelta
    cookie: LogInCookie
    recording: bool = True
    takes_batches: bool = True
    strict: bool = False
    spool_limit: int = 200_000_000
    reader_limit: int = 0
    address_limit: int = 0
    visits: VisitRules | None = None
    forwarding: ForwardRules | None = None
    members: Mapping[str, str] = field(default_factory=dict)
    page_events: bool = False
    goals: GoalRules | None = None
    signals: bool = False
    origins: Origins = field(default_factory=Origins)
    known: datetime = field(default_factory=utc_now)


def judge(
    text: str, rules: SiteRules, credentials: Iterable[str], now: datetime
) -> tuple[Outcome, Ticket]:
    """Return whether the ticket in ``text`` is accepted, as it is bound to one of the
    credentials, or unknown, and the ticket.

    Raises ``Refused`` and ``KeyUnknown``. A ticket that no key verifies can't be
    told from one that outlived the keys, or is of a key that came after the rules:
    its own word on when it was issued decides between these and *forged*, as none
    of them records anything.
    """
    try:
        ticket, secret = verify(text, rules.keys)
    except MalformedTicket as error:
        raise Refused(Reason.TICKET_MALFORMED) from error
    except UnverifiedTicket as error:
        if error.claims.has_expired(now, rules.lifetime):
            raise Refused(Reason.TICKET_EXPIRED) from error
        if error.claims.may_be_signed_after(rules.known - _CLOCK_SKEW):
            raise KeyUnknown from error
        raise Refused(Reason.TICKET_FORGED) from error
    if ticket.site != rules.site:
        raise Refused(Reason.OTHER_SITE)
    if ticket.has_expired(now, rules.lifetime):
        raise Refused(Reason.TICKET_EXPIRED)
    if ticket.issued - now > _CLOCK_SKEW:
        raise Refused(Reason.TICKET_FROM_FUTURE)
    if any(is_bound(ticket, secret, each) for each in credentials):
        return Outcome.ACCEPT, ticket
    return Outcome.UNKNOWN, ticket
