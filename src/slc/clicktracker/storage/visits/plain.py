"""Page views as plain values, for queues and files, and back again, cheaply."""

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import timedelta
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import SCRIPT
from typing import NamedTuple


class PlainPageView(NamedTuple):
    """A page view in texts and numbers; times are microseconds since 1970, ``gap`` and
    ``ahead`` are in seconds."""

    key: str
    at: int
    seen: int
    url: str
    uid: str
    title: str
    user: str
    folder: str
    name: str
    session: str
    address: str
    agent: str
    gap: int
    referrer: str = ""
    query: str = ""
    method: str = "GET"
    status: int = 200
    source: str = SCRIPT
    engaged: int = 0
    is_exit: bool = False
    ahead: int = 0


def plain_view(view: PageView) -> PlainPageView:
    """Return the values of a page view; ``page_views`` gives an equal one back."""
    return PlainPageView(
        key=view.key,
        at=microseconds(view.at),
        seen=microseconds(view.seen),
        url=view.page.url,
        uid=view.page.uid,
        title=view.page.title,
        user=view.reader.user,
        folder=view.reader.folder,
        name=view.reader.name,
        session=view.session,
        address=view.address,
        agent=view.agent,
        gap=round(view.gap.total_seconds()),
        referrer=view.referrer,
        query=view.query,
        method=view.method,
        status=view.status,
        source=view.source,
        engaged=view.engaged,
        is_exit=view.is_exit,
        ahead=round(view.ahead.total_seconds()),
    )


def page_views(rows: Iterable[Sequence]) -> list[PageView]:
    """Return the page views that rows of values, in the order of ``PlainPageView``, are.

    They share pages and readers. Raises ``ValueError``, ``TypeError`` or
    ``OverflowError`` for a row that can't be one.
    """
    pages: dict[tuple, Page] = {}
    readers: dict[tuple, Reader] = {}
    return [_page_view(PlainPageView(*row), pages, readers) for row in rows]


def _page_view(
    row: PlainPageView, pages: dict[tuple, Page], readers: dict[tuple, Reader]
) -> PageView:
    shown = row.url, row.uid, row.title
    page = pages.get(shown)
    if page is None:
        page = pages[shown] = Page(*shown)
    who = row.user, row.folder, row.name
    reader = readers.get(who)
    if reader is None:
        reader = readers[who] = Reader(*who)
    at = from_microseconds(row.at)
    return PageView.of_values(
        {
            "key": row.key,
            "at": at,
            "seen": at if row.seen == row.at else from_microseconds(row.seen),
            "page": page,
            "reader": reader,
            "session": row.session,
            "address": row.address,
            "agent": row.agent,
            "referrer": row.referrer,
            "query": row.query,
            "method": row.method,
            "status": row.status,
            "source": row.source,
            "engaged": row.engaged,
            "gap": timedelta(0, row.gap),
            "is_exit": row.is_exit,
            "ahead": timedelta(0, row.ahead),
        }
    )
