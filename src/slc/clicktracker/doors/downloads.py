"""Noting that a file was delivered to a reader, once all of it was."""

from Acquisition import aq_base
from dataclasses import dataclass
from plone.namedfile.browser import Download
from plone.namedfile.interfaces import IImage
from plone.namedfile.interfaces import INamedTyped
from slc.clicktracker.collector.collector import Collector
from slc.clicktracker.doors.asked_for import is_sent_by_other_site
from slc.clicktracker.doors.asked_for import is_to_be_read
from slc.clicktracker.doors.delivered import note_delivered
from slc.clicktracker.doors.out_of_the_way import complain
from slc.clicktracker.doors.page_ticket import site_relative
from slc.clicktracker.doors.page_ticket import ticket_for
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.sites.rules import is_logged_in
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.sites.storage import takes_batches
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import SERVED
from slc.clicktracker.tickets.ticket import Ticket
from slc.clicktracker.tracking.choice import tracking_of
from typing import Any
from z3c.form.interfaces import IDataManager
from z3c.form.interfaces import IWidget
from ZODB.POSException import ConflictError
from zope.component import getMultiAdapter
from zope.publisher.interfaces.browser import IBrowserRequest
from ZPublisher.HTTPResponse import HTTPResponse
from ZPublisher.interfaces import IPubBeforeCommit

import re


_OK, _PARTIAL = 200, 206

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


@dataclass(frozen=True)
class _Source:
    """The field, by name, that a file was delivered from, and its content."""

    content: Any
    field: str


def note_download(event: IPubBeforeCommit) -> None:
    """Have it noted that a file of tracked content was delivered to a named reader.

    A file is what Plone delivers as one, from a field of the content. The scales of an
    image are none, nor is its original size among them: pages show images that way.
    Nor is anything that the browser says it fetches as part of a page, or in advance.
    What another site's page led to, without any act of the reader, is only *served*.
    """
    request = event.request
    published = request.get("PUBLISHED")
    view = getattr(published, "__self__", published)
    if not isinstance(view, Download) or not _is_delivered(request):
        return
    try:
        source = _source_of(view)
        if source is not None and _is_counted(source.content, request):
            _note(source, request)
    except ConflictError:
        raise
    except Exception as error:
        complain(error)


def _is_delivered(request: IBrowserRequest) -> bool:
    return (
        request.method == "GET"
        and request.response.getStatus() in (_OK, _PARTIAL)
        and is_to_be_read(request.getHeader)
    )


def _source_of(view: Download) -> _Source | None:
    """None for what is made for the occasion, or comes from the site's settings."""
    if IWidget.providedBy(view.context):
        return _source_of_widget(view.context)
    content, field = view.context, view.fieldname
    # A view that delivers something else takes any text for the name of a field.
    file = getattr(aq_base(content), field or "", None)
    if not INamedTyped.providedBy(file) or view._getFile() is not file:
        return None
    return _Source(content, field)


def _source_of_widget(widget: IWidget) -> _Source | None:
    """None for an image too: the page that has the widget shows it."""
    form = widget.form
    content = widget.context if form is None else form.getContent()
    file = getMultiAdapter((content, widget.field), IDataManager).query()
    if not INamedTyped.providedBy(file) or IImage.providedBy(file):
        return None
    return _Source(content, widget.field.getName())


def _is_counted(content: Any, request: IBrowserRequest) -> bool:
    return (
        IClickTrackerLayer.providedBy(request)
        and not IContentIsIgnored.providedBy(request)
        and is_logged_in()
        and bool(document_uid(content))
        and tracking_of(content).tracked
        and is_recording()
        and takes_batches()
    )


def _note(source: _Source, request: IBrowserRequest) -> None:
    # What the reader asked for may have any name in the place of the file's.
    url = site_relative(source.content.absolute_url(), request)
    ticket = ticket_for(source.content, url)
    response = request.response

    def is_whole(process: Collector) -> bool:
        return _completes(response, ticket, source.field, process)

    note_delivered(
        ticket, SERVED if is_sent_by_other_site(request) else DOWNLOADED, is_whole
    )


def _completes(
    response: HTTPResponse, ticket: Ticket, field: str, process: Collector
) -> bool:
    """Was all of the file delivered with this answer, which nothing changes any more?"""
    if response.getStatus() != _PARTIAL:
        return response.getStatus() == _OK
    piece = _RANGE.fullmatch(response.getHeader("Content-Range") or "")
    if piece is None:
        return False
    start, last, size = map(int, piece.groups())
    reader = ticket.site, ticket.folder, ticket.user
    shown = ticket.document, field, ticket.digest or ticket.version, size
    return process.pieces.add((*reader, *shown), start, last + 1, size)
