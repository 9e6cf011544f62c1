"""The one way from a beacon to what is recorded, for both doors.

The WSGI filter and the browser view call ``admit`` with the same values; only
the view can say who the user of the request is.
"""

from collections.abc import Callable
from datetime import datetime
from datetime import timezone
from slc.clicktracker.collector.beacon import Beacon
from slc.clicktracker.collector.beacon import MalformedBeacon
from slc.clicktracker.collector.beacon import parse
from slc.clicktracker.collector.limits import Limits
from slc.clicktracker.collector.spool_line import PlainRecord
from slc.clicktracker.doors.client_address import client_address
from slc.clicktracker.doors.followed import with_event
from slc.clicktracker.doors.forwarded import hits_of
from slc.clicktracker.doors.goals import event_chances
from slc.clicktracker.doors.goals import reading_chances
from slc.clicktracker.doors.page_event import page_event
from slc.clicktracker.doors.page_view import page_view
from slc.clicktracker.doors.page_view import read_view
from slc.clicktracker.doors.ticket_access import engaged_since
from slc.clicktracker.doors.ticket_access import ticket_access
from slc.clicktracker.doors.visitor import Visitor
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.outbox.plain import PlainHit
from slc.clicktracker.storage.plain import PlainAccess
from slc.clicktracker.storage.visits.plain import PlainPageView
from slc.clicktracker.tickets.credential import credential
from slc.clicktracker.tickets.credential import LOG_INS
from slc.clicktracker.tickets.credential import tokens
from slc.clicktracker.tickets.ticket import Ticket
from slc.clicktracker.tickets.verdict import judge
from slc.clicktracker.tickets.verdict import KeyUnknown
from slc.clicktracker.tickets.verdict import Outcome
from slc.clicktracker.tickets.verdict import Reason
from slc.clicktracker.tickets.verdict import Refused
from slc.clicktracker.tickets.verdict import SiteRules
from slc.clicktracker.visitors.signals import asks_not_to_be_tracked
from typing import Any
from typing import NamedTuple


#: Returns user id and user folder of a request.
User = Callable[[], tuple[str, str]]

#: What the header ``Sec-Fetch-Site`` says where a page of the site itself has sent it.
#: Browsers that don't know that header, and those on sites without TLS, don't send it.
_OWN_SITE = "same-origin"


class OnlyPloneKnows(Exception):
    """Whether the ticket is genuine, or its user is the one of the request, can't be
    told without Plone."""


class Admitted(NamedTuple):
    """What a beacon amounts to: ``records`` of a read and a page view, one of them, or
    none where nothing of it is recorded; of the event of a member; and of what services
    are told. ``set_cookie`` is a header of the answer, empty without one."""

    records: tuple[PlainRecord, ...]
    user: str
    folder: str
    set_cookie: str = ""


def admit(
    body: bytes,
    environ: dict[str, Any],
    rules: SiteRules,
    limits: Limits,
    user: User | None = None,
) -> Admitted:
    """Return what a beacon reports.

    ``environ`` is the WSGI environment of the request, ``user`` tells whose
    request it is. Raises ``Refused``; and where ``user`` is not given, so that the
    rules may be older than the keys, ``OnlyPloneKnows``.
    """
    try:
        admitted = _admitted(body, environ, rules, user)
    except Refused:
        limits.charge_address(rules, client_address(environ))
        raise
    except KeyUnknown as error:
        # Anybody can make these up, and Plone needs long to look at one.
        limits.charge_address(rules, client_address(environ))
        raise OnlyPloneKnows from error
    if admitted.user:
        limits.charge_reader(rules, admitted.user, admitted.folder)
    else:
        limits.charge_address(rules, client_address(environ))
    return admitted


def _admitted(
    body: bytes, environ: dict[str, Any], rules: SiteRules, user: User | None
) -> Admitted:
    try:
        beacon = parse(body)
    except MalformedBeacon as error:
        raise Refused(Reason.BEACON_MALFORMED) from error
    if not rules.recording:
        raise Refused(Reason.RECORDING_OFF)
    now = datetime.now(timezone.utc)
    found = credential(environ, rules.cookie, now), *tokens(environ, now)
    proof = next(filter(None, found), "")
    try:
        outcome, ticket = judge(beacon.ticket, rules, found, now)
    except KeyUnknown as error:
        if user is None:
            raise
        raise Refused(Reason.TICKET_FORGED) from error
    reader = _whose(ticket, outcome, proof, environ, rules, user)
    arrived = microseconds(now)
    if rules.signals and asks_not_to_be_tracked(environ):
        return _evidence(beacon, ticket, reader, outcome, now)
    if beacon.event is not None:
        return _event(beacon, ticket, reader, proof, environ, rules, arrived)
    records = (access_of(beacon, ticket, outcome, now),) if ticket.tracked else ()
    view, visitor = None, Visitor()
    if rules.visits is not None:
        view, visitor = page_view(
            beacon, ticket, reader, proof, environ, rules, arrived
        )
    if view is not None:
        records = (*records, view)
    records = with_event(records, rules.members, ticket.path)
    hits = _hits(view, visitor, beacon, ticket, proof, environ, rules, arrived)
    goals = reading_chances(ticket, rules.goals, arrived, hits)
    return Admitted((*records, *hits, *goals), *reader[:2], visitor.set_cookie)


def _evidence(
    beacon: Beacon,
    ticket: Ticket,
    reader: tuple[str, str, str],
    outcome: Outcome,
    now: datetime,
) -> Admitted:
    """Return what is left of a beacon of somebody who asks not to be tracked: that a member
    has read something tracked."""
    is_read = ticket.tracked and ticket.user and beacon.event is None
    records = (access_of(beacon, ticket, outcome, now),) if is_read else ()
    return Admitted(records, *reader[:2])


def _event(
    beacon: Beacon,
    ticket: Ticket,
    reader: tuple[str, str, str],
    proof: str,
    environ: dict[str, Any],
    rules: SiteRules,
    arrived: int,
) -> Admitted:
    """Return what the event of a page amounts to, which is no page view. Raises ``Refused``
    where the site wants no events from pages."""
    if not rules.page_events:
        raise Refused(Reason.RECORDING_OFF)
    records = page_event(beacon, ticket, reader, rules, arrived)
    if rules.goals is not None:
        view, visitor = None, Visitor()
        if rules.visits is not None:
            view, visitor = page_view(
                beacon, ticket, reader, proof, environ, rules, arrived
            )
        hits = _hits(view, visitor, beacon, ticket, proof, environ, rules, arrived)
        goals = event_chances(beacon.event, ticket, rules.goals, arrived, hits)
        records = (*records, *goals)
    return Admitted(records, *reader[:2])


def _hits(
    view: PlainPageView | None,
    visitor: Visitor,
    beacon: Beacon,
    ticket: Ticket,
    proof: str,
    environ: dict[str, Any],
    rules: SiteRules,
    arrived: int,
) -> tuple[PlainHit, ...]:
    """Return what services are to be told of a page view, or of a read where no page views
    are recorded."""
    if rules.forwarding is None:
        return ()
    if rules.forwarding.reads:
        view = read_view(beacon, ticket, proof, environ, rules.site, arrived)
    return hits_of(_as_told(view, visitor, rules.site), environ, rules.forwarding)


def _as_told(
    view: PlainPageView | None, visitor: Visitor, site: str
) -> PlainPageView | None:
    """Return a page view as services learn of it: once, and not again when the cookie has
    come back that the visitor is offered now."""
    if view is None or view.session:
        return view
    return view._replace(session=visitor.offered_session(site))


def _whose(
    ticket: Ticket,
    outcome: Outcome,
    proof: str,
    environ: dict[str, Any],
    rules: SiteRules,
    user: User | None,
) -> tuple[str, str, str]:
    """Return who it is that is shown the page of a ticket, as user id, user folder and
    name."""
    if ticket.tracked:
        return _reader(ticket, outcome, user)
    return _visitor(ticket, outcome, proof, environ, rules, user)


def _reader(
    ticket: Ticket, outcome: Outcome, user: User | None
) -> tuple[str, str, str]:
    """Return who has read what the ticket is of, as user id, user folder and name."""
    if outcome is Outcome.UNKNOWN:
        if user is None:
            raise OnlyPloneKnows
        if (ticket.user, ticket.folder) != user():
            raise Refused(Reason.OTHER_USER)
    return ticket.user, ticket.folder, ticket.name


def _visitor(
    ticket: Ticket,
    outcome: Outcome,
    proof: str,
    environ: dict[str, Any],
    rules: SiteRules,
    user: User | None,
) -> tuple[str, str, str]:
    """Return who is shown a page that is not tracked.

    The ticket proves the page; whose it was when the page was made says nothing where a
    cache has it. Without any sign of a log-in it is a guest, for which Plone need not be
    asked. As anybody can get such a ticket, a page of another site could have the browser
    of a member send it.
    """
    if rules.visits is None:
        raise Refused(Reason.RECORDING_OFF)
    if outcome is Outcome.ACCEPT:
        return ticket.user, ticket.folder, ticket.name
    if _is_sent_from_elsewhere(environ, rules):
        raise Refused(Reason.OTHER_USER)
    if user is not None:
        return *user(), ""
    if ticket.user or proof or any(environ.get(name) for name in LOG_INS):
        raise OnlyPloneKnows
    return "", "", ""


def _is_sent_from_elsewhere(environ: dict[str, Any], rules: SiteRules) -> bool:
    """Has a page sent it that is neither the site's nor a frontend's that it knows?"""
    return environ.get(
        "HTTP_SEC_FETCH_SITE", _OWN_SITE
    ) != _OWN_SITE and not rules.origins.names(environ.get("HTTP_ORIGIN", ""))


def access_of(
    beacon: Beacon, ticket: Ticket, outcome: Outcome, now: datetime
) -> PlainAccess:
    """Return what a beacon amounts to.

    The browser is believed about what it saw, and about time no more than
    has passed since the ticket was issued.
    """
    issued, arrived = microseconds(ticket.issued), microseconds(now)
    return ticket_access(
        ticket,
        beacon.view,
        issued,
        arrived,
        origin=_origin(ticket, outcome),
        engaged=engaged_since(ticket, beacon.engaged, arrived),
        depth=beacon.depth,
        marks=beacon.marks,
    )


def _origin(ticket: Ticket, outcome: Outcome) -> str:
    if ticket.fetched:
        return "fetched"
    stale = outcome is Outcome.UNKNOWN and ticket.binding
    return "cache" if stale else "page"
