"""The ticket for a page of tracked content, in the words of Plone."""

from Acquisition import aq_base
from datetime import datetime
from datetime import timezone
from plone import api
from slc.clicktracker.collector.credential import credential
from slc.clicktracker.site_rules import cookie_name
from slc.clicktracker.site_rules import current_user
from slc.clicktracker.site_rules import policy
from slc.clicktracker.site_rules import site_keys
from slc.clicktracker.site_storage import is_recording
from slc.clicktracker.ticket import issue
from slc.clicktracker.ticket import Ticket
from slc.clicktracker.tracking import document_uid
from slc.clicktracker.tracking import tracking_of
from typing import Any
from zope.publisher.interfaces.browser import IBrowserRequest


def is_counted(content: Any) -> bool:
    """Is a read of this content by the current user to be recorded?"""
    user, _ = current_user()
    return (
        (bool(user) or policy("track_anonymous"))
        and tracking_of(content).tracked
        and is_recording()
    )


def ticket_for(
    content: Any, request: IBrowserRequest, url: str, fetched: bool = False
) -> str:
    """Return the text of a ticket for ``content`` and the current user.

    ``url`` is relative to the site. Raises ``LookupError`` when the site's
    keyring is empty.
    """
    user, folder = current_user()
    ticket = Ticket(
        site=document_uid(api.portal.get()),
        document=document_uid(content),
        version=version_label(content),
        url=url,
        user=user,
        folder=folder,
        issued=datetime.now(timezone.utc),
        fetched=fetched,
    )
    proof = credential(request.environ, cookie_name()) if user else ""
    return issue(ticket, site_keys(), proof)


def version_label(content: Any) -> str:
    """Return the version that content is in now, "" where it has no history."""
    version = getattr(aq_base(content), "version_id", None)
    return "" if version is None else str(version)


def site_relative(url: str) -> str:
    """Return what follows the address of the site in ``url``, with a leading slash.

    The Host header, and with it the address of the site, is the client's word.
    """
    return "/" + url[len(api.portal.get().absolute_url()) :].strip("/")
