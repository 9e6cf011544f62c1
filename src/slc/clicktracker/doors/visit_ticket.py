"""The ticket for a page that is not tracked, where the site records visits."""

from datetime import datetime
from datetime import timezone
from http import HTTPStatus
from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker.doors.page_ticket import full_name
from slc.clicktracker.doors.page_ticket import path_in_site
from slc.clicktracker.doors.page_ticket import site_relative
from slc.clicktracker.doors.shown import published
from slc.clicktracker.doors.shown import shown_content
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.sites.visitor_rules import roles_and_groups
from slc.clicktracker.sites.visits import visit_rules
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.tickets.ticket import Ticket
from slc.clicktracker.tickets.visit_rules import VisitRules
from typing import Any
from zope.component import getUtility
from zope.publisher.interfaces.browser import IBrowserRequest


def is_visit(request: IBrowserRequest, path: str = "") -> bool:
    """Is a page view to be recorded of the page that a request makes?

    ``path`` is its address in the site, where that is another one than the request's.

    Only of a page that was asked for and found: the script is no witness of how a form
    was sent, or of what went wrong. Who looks at it is judged with the beacon, as pages
    for guests are shared by caches; but the roles and groups of members are known here.
    """
    rules = visit_rules()
    # First, as every page asks, and most sites record no visits.
    if (
        rules is None
        or IContentIsIgnored.providedBy(request)
        or request.method != "GET"
        or request.response.getStatus() != HTTPStatus.OK
    ):
        return False
    return _are_recorded(rules, path or site_relative(request.URL, request))


def is_visitor() -> bool:
    """Does the site record what the current user does, as far as roles and groups say?"""
    rules = visit_rules()
    return rules is not None and _are_recorded(rules, "/")


def _are_recorded(rules: VisitRules, path: str) -> bool:
    roles, groups = roles_and_groups()
    return rules.whose.decide("", None, path, HTTPStatus.OK, roles, groups).tracked


def visit_ticket(request: IBrowserRequest, content: Any | None = None) -> Ticket:
    """Return a ticket for the page that a request makes, or for that of ``content``.

    That of guests is the same for all of them and all day, as caches share their pages.
    """
    now = datetime.now(timezone.utc)
    shown = content if content is not None else shown_content(request)
    user, folder = current_user()
    if user:
        own = {
            "name": storable(full_name(), LIMITS["name"]),
            "issued": now,
            "path": "" if shown is None else "/".join(shown.getPhysicalPath()),
        }
    else:
        day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        own = {"name": "", "issued": day, "nonce": "", "path": ""}
    return Ticket(
        site=document_uid(getUtility(ISiteRoot)),
        document="" if shown is None else document_uid(shown),
        version="",
        digest="",
        words=0,
        url=storable(page_address(request, shown), LIMITS["url"]),
        title="" if shown is None else storable(shown.Title(), LIMITS["title"]),
        user=user,
        folder=folder,
        tracked=False,
        **own,
    )


def page_address(request: IBrowserRequest, shown: Any | None) -> str:
    """Return the one address of a page in the site, however it was asked for."""
    if shown is not None:
        return path_in_site(shown)
    context, name = published(request.get("PUBLISHED"))
    if context is None:
        return site_relative(request.URL, request)
    place = site_relative(context.absolute_url(), request)
    return f"{place.rstrip('/')}/{name}" if name else place
