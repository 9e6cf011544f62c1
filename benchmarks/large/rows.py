"""What a screen says, as values: to be sure that it says the same when it is faster."""

from benchmarks.large.screens import Screen
from collections.abc import Callable
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from slc.clicktracker.browser.controlpanel.controlpanel import ClickTrackerSettings
from slc.clicktracker.browser.dashboard.deleted_documents import DeletedDocuments
from slc.clicktracker.browser.dashboard.documents import DocumentsDashboard
from slc.clicktracker.browser.dashboard.members import MembersDashboard
from slc.clicktracker.browser.report.reader_history import ReaderHistoryView
from slc.clicktracker.browser.report.report import WhoReadThis
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.reports.columns import columns_of
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.model import Reader
from typing import Any
from urllib.parse import parse_qsl
from zope.component import getMultiAdapter
from zope.globalrequest import getRequest
from zope.globalrequest import setRequest
from zope.i18nmessageid import Message
from zope.interface import alsoProvides

import json


def checksum_of(view: Any, answer: bytes = b"") -> str:
    """Return the checksum of what a view shows that has been asked; that of the lines
    of its ``answer`` for a file, without the first one; "" for any other page."""
    if answer:
        return _digest(answer.decode().splitlines()[1:])
    kinds = (each for each in _ROWS if isinstance(view, each))
    kind = next(kinds, None)
    return "" if kind is None else _digest(list(_ROWS[kind](view)))


def shown(site: Any, screen: Screen) -> str:
    """Return the checksum of a screen that the current user asks for, outside a server;
    no page is made of it."""
    request = site.REQUEST.clone()
    request.form.update(parse_qsl(screen.query))
    alsoProvides(request, IClickTrackerLayer)
    place, _at, name = screen.path.rpartition("@@")
    before = getRequest()
    setRequest(request)
    try:
        context = site.unrestrictedTraverse(place.strip("/"))
        view = getMultiAdapter((context, request), name=name)
        if screen.is_text:
            return checksum_of(view, b"".join(view()))
        if isinstance(view, ClickTrackerSettings):
            # Its form has nothing to do with it.
            return checksum_of(view)
        view.index = lambda: checksum_of(view)
        return view()
    finally:
        setRequest(before)


def _digest(rows: list[Any]) -> str:
    return sha256(json.dumps(rows, default=_plain).encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case Reader():
            return [value.folder, value.user, value.name]
    return getattr(value, "name", None) or str(value)


def _of_report(view: WhoReadThis) -> Iterator[Any]:
    columns = columns_of(view.readers.tab, view.report.knows_evidence)
    for row in view.rows:
        yield [_cell(column.value(row)) for column in columns]
    yield view.readers.total, view.readers.people
    figures = view.readers.figures
    yield [(tab.name, total) for tab, total in (figures.totals or {}).items()]
    yield str(figures.coverage)


def _cell(value: Any) -> Any:
    """Messages are told apart by what stands in them, too."""
    if isinstance(value, Message):
        return [str(value), sorted((value.mapping or {}).items())]
    return value


def _of_dashboard(view: DocumentsDashboard) -> Iterator[Any]:
    listed = view.listed
    for row in listed.rows:
        known = row.is_hidden, row.is_unknown, row.times
        far = row.progress.opened, row.progress.expected
        yield row.document.uid, *known, *far
    found = listed.found
    yield found.opened, found.expected, found.percent_of_half, found.accesses
    yield [row.document.uid for row in (*listed.most, *listed.least)]


def _of_members(view: MembersDashboard) -> Iterator[Any]:
    listed = view.listed
    if listed.asked:
        yield [each.uid for each in listed.found.documents]
        yield listed.member, listed.found.expected
        return
    for row in listed.page:
        yield row.reader, row.expected, row.opened
    yield listed.total


def _of_reader(view: ReaderHistoryView) -> Iterator[Any]:
    told = view.told
    for row in told.rows_of(told.history.versions):
        yield row.document, str(row.standing), row.level.name, str(row.read)
    for row in told.accesses:
        yield row.document, str(row.origin), str(row.access)
    yield told.history.total, told.is_expected


def _of_deleted(view: DeletedDocuments) -> Iterator[Any]:
    return map(str, view.listed.rows)


def _of_settings(view: ClickTrackerSettings) -> Iterator[Any]:
    status = site_storage().status()
    yield status.documents, status.readers, status.readings, status.accesses


_ROWS: dict[type, Callable[[Any], Iterator[Any]]] = {
    WhoReadThis: _of_report,
    DocumentsDashboard: _of_dashboard,
    MembersDashboard: _of_members,
    ReaderHistoryView: _of_reader,
    DeletedDocuments: _of_deleted,
    ClickTrackerSettings: _of_settings,
}
