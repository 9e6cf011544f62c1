"""The ticket for a page of tracked content, in the words of Plone."""

from AccessControl import getSecurityManager
from collections.abc import Sequence
from datetime import datetime
from datetime import timezone
from plone import api
from plone.namedfile.interfaces import IImage
from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker.doors.answer_rules import rules_of_answers
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.rules import is_logged_in
from slc.clicktracker.sites.rules import policy
from slc.clicktracker.sites.rules import site_keys
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.sites.tokens import user_of_token
from slc.clicktracker.sites.tokens import whole_environ
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.tickets.credential import credential
from slc.clicktracker.tickets.credential import tokens
from slc.clicktracker.tickets.ticket import issue
from slc.clicktracker.tickets.ticket import Ticket
from slc.clicktracker.tracking.choice import tracking_of
from slc.clicktracker.versions.primary_file import primary_file
from slc.clicktracker.versions.visible import visible_version
from typing import Any
from zope.component import getUtility
from zope.publisher.interfaces.browser import IBrowserRequest


def is_counted(content: Any, request: IBrowserRequest) -> bool:
    """Is a read of this content by the current user to be recorded?

    Not where the request is marked as ignored, not for what has no UID to keep its
    readings under, and not for a file: its page shows an icon and a button, its own
    address no page.
    """
    return (
        not IContentIsIgnored.providedBy(request)
        and bool(document_uid(content))
        and (is_logged_in() or policy("track_anonymous"))
        and tracking_of(content).tracked
        and not is_file(content)
        and is_recording()
    )


def is_file(content: Any) -> bool:
    """Is this content a file, which is downloaded and not shown on a page?"""
    value = primary_file(content)
    # Its class tells, as for the field: a dashboard asks this of each document.
    return value is not None and not IImage.implementedBy(type(value))


def ticket_for(
    content: Any, url: str, fetched: bool = False, visit: bool = False
) -> Ticket:
    """Return a ticket for ``content``, as it is now, and the current user.

    ``url`` is relative to the site, ``visit`` says whether it is of a page view as well.
    """
    user, folder = current_user()
    version = visible_version(content)
    return Ticket(
        site=document_uid(getUtility(ISiteRoot)),
        document=document_uid(content),
        version=version.label,
        digest=version.digest,
        words=version.words,
        url=storable(url, LIMITS["url"]),
        path=storable("/".join(content.getPhysicalPath()), LIMITS["path"]),
        title=storable(content.Title(), LIMITS["title"]),
        user=user,
        folder=folder,
        name=storable(full_name() if user else "", LIMITS["name"]),
        issued=datetime.now(timezone.utc),
        fetched=fetched,
        visit=visit,
    )


def signed(ticket: Ticket, request: IBrowserRequest) -> str:
    """Return the text of a ticket, tied to the log-in of ``request``.

    Raises ``LookupError`` when the site's keyring is empty.
    """
    return issue(ticket, site_keys(), _log_in(ticket, request) if ticket.user else "")


def _log_in(ticket: Ticket, request: IBrowserRequest) -> str:
    """Return what the user of a ticket is logged in by, "" where it is not known."""
    cookie = credential(request.environ, rules_of_answers().cookie, ticket.issued)
    if cookie:
        return cookie
    # Servers of frontends have no cookies, but the token. Anybody can make one up.
    who = ticket.user, ticket.folder
    found = tokens(whole_environ(request), ticket.issued)
    return next((each for each in found if user_of_token(each) == who), "")


def full_name() -> str:
    """Return the full name of the current user, who is logged in.

    Members of the site have it in a property sheet. To make a member of the user
    takes long, and is left to those who have it elsewhere or not at all.
    """
    user = getSecurityManager().getUser()
    for sheet in getattr(user, "getOrderedPropertySheets", tuple)():
        if sheet.hasProperty("fullname"):
            return sheet.getProperty("fullname")
    return api.user.get_current().getProperty("fullname", "")


def site_relative(url: str, request: IBrowserRequest) -> str:
    """Return the address in the site that ``url`` stands for, with a leading slash.

    It is the same whatever the virtual host: the Host header, and what a
    proxy makes of the address, say nothing about the place in the site.
    """
    return _below_site(request.physicalPathFromURL(url))


def path_in_site(content: Any) -> str:
    """Return the same for the address of content; it takes a small part of the time."""
    return _below_site(content.getPhysicalPath())


def _below_site(path: Sequence[str]) -> str:
    site_path = getUtility(ISiteRoot).getPhysicalPath()
    return "/" + "/".join(filter(None, path[len(site_path) :]))
