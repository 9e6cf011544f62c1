"""Where the rows of the dashboard's list lead, and what stands below their titles."""

from plone import api
from slc.clicktracker.reports.bar_parts import Part
from slc.clicktracker.reports.dashboard.document_rows import Row
from slc.clicktracker.reports.tabs import MISSING
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.words.addresses import view_url
from typing import Any
from urllib.parse import urlencode


_REPORT = "who-read-this"


def title_url(document: TrackedDocument) -> str:
    """Return where a title leads: to the readers, for those who may see them."""
    if may_see_readers(document.content):
        return f"{document.brain.getURL()}/@@{_REPORT}"
    return view_url(document.brain)


def part_url(row: Row, part: Part) -> str:
    """Return where the people are listed of a part of a row's bar."""
    return _list_url(row, tab=part.tab.name, level=part.level)


def missing_url(row: Row) -> str | None:
    """Return where those are listed of whom it isn't known that they have read it, None for
    those who may not see them."""
    if not may_see_readers(row.document.content):
        return None
    return _list_url(row, tab=MISSING)


def kind_of(row: Row) -> str:
    """Return the title of the document's type."""
    name = row.document.brain.portal_type
    info = api.portal.get_tool("portal_types").getTypeInfo(name)
    return info.Title() if info else name


def folder_of(row: Row, context: Any) -> str:
    """Return where a document is, in the folder or site of the dashboard."""
    depth = len(context.getPhysicalPath())
    return "/".join(row.document.content.getPhysicalPath()[depth:-1])


def _list_url(row: Row, **asked: str) -> str:
    url = row.document.brain.getURL()
    return f"{url}/@@{_REPORT}?{urlencode(asked)}#readers"
