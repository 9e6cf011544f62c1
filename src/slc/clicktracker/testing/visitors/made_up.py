"""Made-up page views, and what a storage says of them, in few words."""

from datetime import datetime
from datetime import timedelta
from slc.clicktracker.storage.capabilities import IVisits
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import Visit
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.testing.visits import NOBODY
from slc.clicktracker.testing.visits import START


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

#: Of each of them the names are known.
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)

#: The smallest step of time that is kept.
A_MOMENT = timedelta(microseconds=1)


def minutes(number: float) -> datetime:
    """Return the moment so many minutes after the start."""
    return START + timedelta(minutes=number)


def view(
    number: int,
    at: float | datetime = 0,
    reader: Reader = NOBODY,
    stay: float = 0,
    session: str = "browser",
    **more: object,
) -> PageView:
    """Return the view with the key ``number`` of a page of its own, ``at`` a time or so
    many minutes after the start, that somebody was engaged with for the ``stay`` minutes
    that followed."""
    moment = at if isinstance(at, datetime) else minutes(at)
    values = {
        "key": f"{number:032x}",
        "at": moment,
        "seen": moment + timedelta(minutes=stay),
        "page": Page(f"/{number}"),
        "reader": reader,
        "session": session,
        "engaged": int(stay * 60_000),
    }
    return PageView(**{**values, **more})


def log_out(
    number: int, at: float, reader: Reader = NOBODY, **more: object
) -> PageView:
    """Return a log-out ``at`` minutes after the start."""
    return view(number, at, reader, is_exit=True, **more)


def visits(storage: IVisits, **query: object) -> list[Visit]:
    """Return all visits, the latest first."""
    page = storage.visits(VisitQuery(**{"size": None, **query}))
    assert page.total == len(page.rows)
    return list(page.rows)


def page_views(storage: IVisits, **query: object) -> list[PageView]:
    """Return all page views, the latest first."""
    page = storage.page_views(VisitQuery(**{"size": None, **query}))
    assert page.total == len(page.rows)
    return list(page.rows)


def urls(storage: IVisits, **query: object) -> str:
    """Return the pages that were viewed, in order."""
    return " ".join(each.page.url for each in page_views(storage, **query)[::-1])


def stories(storage: IVisits, **query: object) -> list[tuple[str, str]]:
    """Return (user, pages) of visits, in the order in which they began.

    What the visit says of its pages is what the list of its page views says.
    """
    found = sorted(visits(storage, **query), key=lambda visit: (visit.start, visit.key))
    told = []
    for visit in found:
        pages = page_views(storage, visit=visit.key)[::-1]
        assert (visit.key, visit.start, visit.entry, visit.exit, visit.pages) == (
            *(pages[0].key, pages[0].at),
            *(pages[0].page, pages[-1].page, len(pages)),
        )
        assert {each.session for each in pages} == {visit.session}
        told.append((visit.reader.user, " ".join(each.page.url for each in pages)))
    return told
