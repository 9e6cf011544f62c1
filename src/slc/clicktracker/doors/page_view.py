"""The page view that a beacon reports."""

from collections.abc import Collection
from hashlib import sha256
from slc.clicktracker.collector.beacon import Beacon
from slc.clicktracker.doors.client_address import full_address
from slc.clicktracker.doors.ticket_access import engaged_since
from slc.clicktracker.doors.visitor import keyed
from slc.clicktracker.doors.visitor import Visitor
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.visits.plain import PlainPageView
from slc.clicktracker.tickets.ticket import access_key
from slc.clicktracker.tickets.ticket import Ticket
from slc.clicktracker.tickets.verdict import SiteRules
from typing import Any
from urllib.parse import urlsplit


#: The roles of whom nothing more is known: a page that was kept by a cache may be older
#: than the rules about them.
_MEMBER = ("Authenticated",)
_GUEST = ("Anonymous",)


def page_view(
    beacon: Beacon,
    ticket: Ticket,
    reader: tuple[str, str, str],
    log_in: str,
    environ: dict[str, Any],
    rules: SiteRules,
    arrived: int,
) -> tuple[PlainPageView | None, Visitor]:
    """Return what a beacon says about a visit in a site that records visits, None where
    this one isn't, and the visitor, with the ``Set-Cookie`` header of the answer.

    The page is that of the ticket. ``reader`` is user id, user folder and name of who
    sends it, ``log_in`` what their log-in is known by, ``arrived`` microseconds since 1970.
    """
    visits = rules.visits
    if not ticket.visit:
        return None, Visitor()
    address = full_address(environ)
    agent = agent_of(environ)
    user, folder, name = reader
    roles = _MEMBER if user else _GUEST
    if not visits.whose.decide(address, agent, ticket.url, roles=roles).tracked:
        return None, Visitor()
    visitor = Visitor.of(environ, visits, rules.site, is_guest=not user)
    view = PlainPageView(
        key=view_key(ticket, beacon.view),
        at=arrived,
        seen=arrived,
        url=ticket.url,
        uid=ticket.document,
        title=ticket.title,
        user=user,
        folder=folder,
        name=name,
        session=visitor.session(rules.site, user, folder, log_in),
        address=address,
        agent=agent,
        gap=round(visits.gap.total_seconds()),
        referrer=beacon.referrer and elsewhere(beacon.referrer, hosts_of(environ)),
        query=_query(environ) if visits.queries else "",
        engaged=engaged_since(ticket, beacon.engaged, arrived),
        ahead=visits.ahead(arrived),
    )
    return view, visitor


def read_view(
    beacon: Beacon,
    ticket: Ticket,
    log_in: str,
    environ: dict[str, Any],
    site: str,
    arrived: int,
) -> PlainPageView | None:
    """Return a read of tracked content as a page view, which no visit is made of; None
    for a ticket of another page.

    Only a log-in joins it with others, as such a site sets no cookie for guests.
    """
    if not ticket.tracked:
        return None
    return PlainPageView(
        key=view_key(ticket, beacon.view),
        at=arrived,
        seen=arrived,
        url=ticket.url,
        uid=ticket.document,
        title=ticket.title,
        user=ticket.user,
        folder=ticket.folder,
        name=ticket.name,
        session=keyed(site, "log-in", log_in) if log_in else "",
        address="",
        agent=agent_of(environ),
        gap=0,
        referrer=elsewhere(beacon.referrer, hosts_of(environ)),
    )


def agent_of(environ: dict[str, Any]) -> str:
    """Return what the browser calls itself; WSGI has bytes in the form of Latin-1."""
    sent = environ.get("HTTP_USER_AGENT", "")[: LIMITS["agent"]]
    if sent.isascii():
        return sent
    return sent.encode("latin-1", "replace").decode("utf-8", "replace")


def view_key(ticket: Ticket, view: str) -> str:
    """Return the key of one page view. The tickets of pages that caches share are all
    the same, so it is the browser's random id that tells views apart."""
    return sha256(f"view\n{access_key(ticket, view)}".encode()).hexdigest()[:32]


def elsewhere(referrer: str, hosts: Collection[str]) -> str:
    """Return the address on another site that the visitor came from, without its query,
    which may tell what somebody looked for or who they are. ``hosts`` are the site's own."""
    try:
        parts = urlsplit(referrer)
        name = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not name:
        return ""
    host = f"[{name}]{port}" if ":" in name else f"{name}{port}"
    if host in hosts:
        return ""
    return f"{parts.scheme}://{host}{parts.path}"[: LIMITS["referrer"]]


def hosts_of(environ: dict[str, Any], address: str = "") -> set[str]:
    """Return what the host of a request is called, without the usual port.

    Besides by the server, which a proxy may ask by another name, by the browser where it
    says so, or in an ``address`` of the site.
    """
    origin = environ.get("HTTP_ORIGIN", "")
    found = (environ.get("HTTP_HOST", ""), *map(_host_in, (origin, address)))
    return {each.lower().removesuffix(":80").removesuffix(":443") for each in found}


def _host_in(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def _query(environ: dict[str, Any]) -> str:
    """Return the query of the page that the script runs in, as the browser names it."""
    try:
        return urlsplit(environ.get("HTTP_REFERER", "")).query[: LIMITS["query"]]
    except ValueError:
        return ""
