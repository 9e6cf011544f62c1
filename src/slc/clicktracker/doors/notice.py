"""``notice_of``: what a page says about what is recorded when somebody opens it."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.doors.page_ticket import is_counted
from slc.clicktracker.doors.page_ticket import is_file
from slc.clicktracker.doors.visit_ticket import is_visitor
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.sites.privacy import privacy_setting
from slc.clicktracker.sites.rules import is_logged_in
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.sites.visits import visit_rules
from slc.clicktracker.tracking.choice import tracking_of
from typing import Any
from zope.i18nmessageid import Message
from zope.publisher.interfaces.browser import IBrowserRequest


def notice_of(content: Any | None, request: IBrowserRequest) -> list[Message | str]:
    """Return the sentences on a page that shows content, None for one that shows something
    else; nothing where the site says nothing.

    Nothing in it depends on the visitor but whether somebody is logged in: caches share
    the pages of guests. What the site has typed may have several lines.
    """
    return list(_said(content, request)) if privacy_setting("shows_notice") else []


def _said(content: Any | None, request: IBrowserRequest) -> Iterator[Message | str]:
    if content is not None and _is_tracked(content, request):
        yield _of_tracked()
    if IContentIsIgnored.providedBy(request) or visit_rules("") is None:
        return
    if is_logged_in():
        if is_visitor():
            yield _("The site records by name which pages you look at.")
    else:
        yield _("The site records which pages are looked at.")


def _of_tracked() -> Message | str:
    if not is_logged_in():
        return _("The site counts how often this page is opened, without names.")
    return (privacy_setting("notice") or "").strip() or _(
        "The site records by name who opens this page, when, and how far they read."
    )


def _is_tracked(content: Any, request: IBrowserRequest) -> bool:
    if is_file(content):
        # Its page is not counted, but who downloads it is noted.
        is_noted = is_logged_in() and tracking_of(content).tracked
        return is_noted and is_recording()
    return is_counted(content, request)
