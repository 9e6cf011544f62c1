"""The ticket for a page of tracked content, in the words of Plone."""

from Acquisition import aq_base
from datetime import datetime
from datetime import timezone
from plone import api
from plone.namedfile.interfaces import IImage
from plone.namedfile.interfaces import INamedTyped
from plone.rfc822.interfaces import IPrimaryFieldInfo
from slc.clicktracker.collector.credential import credential
from slc.clicktracker.interfaces import IContentIsIgnored
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


def is_counted(content: Any, request: IBrowserRequest) -> bool:
    """Is a read of this content by the current user to be recorded?

    Not where the request is marked as ignored, and not for a file: its page
    shows an icon and a button, its own address no page.
    """
    user, _ = current_user()
    return (
        not IContentIsIgnored.providedBy(request)
        and (bool(user) or policy("track_anonymous"))
        and tracking_of(content).tracked
        and not _is_file(content)
        and is_recording()
    )


def _is_file(content: Any) -> bool:
    info = IPrimaryFieldInfo(content, None)
    value = info.value if info is not None else None
    return INamedTyped.providedBy(value) and not IImage.providedBy(value)


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


def site_relative(url: str, request: IBrowserRequest) -> str:
    """Return the address in the site that ``url`` stands for, with a leading slash.

    It is the same whatever the virtual host: the Host header, and what a
    proxy makes of the address, say nothing about the place in the site.
    """
    path = request.physicalPathFromURL(url)
    site_path = api.portal.get().getPhysicalPath()
    return "/" + "/".join(filter(None, path[len(site_path) :]))
