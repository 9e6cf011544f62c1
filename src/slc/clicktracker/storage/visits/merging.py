"""One page view that is sent several times, and may be told differently each time."""

from collections.abc import Iterable
from dataclasses import replace
from slc.clicktracker.storage.visits.model import PageView
from typing import Any


def merged(one: PageView, other: PageView) -> PageView:
    """Return what two messages say of a page view, whichever came first.

    Title and name are not looked at: they are those of the page and the reader.
    """
    first = min(one, other, key=_rank)
    seen = max(one.seen, other.seen)
    engaged = max(one.engaged, other.engaged)
    session = min(filter(None, (one.session, other.session)), default="")
    if (seen, engaged, session) == (first.seen, first.engaged, first.session):
        return first
    return replace(first, seen=seen, engaged=engaged, session=session)


def by_key(views: Iterable[PageView]) -> dict[str, PageView]:
    """Return page views by their keys, each once."""
    found: dict[str, PageView] = {}
    for view in views:
        known = found.get(view.key)
        found[view.key] = view if known is None else merged(known, view)
    return found


def _rank(view: PageView) -> tuple[Any, ...]:
    """The earliest comes first; where several are, it does not matter which, but it is
    the same whatever the order in which they arrive."""
    return (
        view.at,
        *(view.page.url, view.page.uid, view.reader.user, view.reader.folder),
        *(
            view.address,
            view.agent,
            view.referrer,
            view.query,
            view.method,
            view.status,
        ),
        *(view.source, view.gap, view.ahead, view.is_exit),
    )
