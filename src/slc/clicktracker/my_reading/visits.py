"""When a member was on the site, and which pages they looked at."""

from collections.abc import Callable
from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.my_reading.part import Data
from slc.clicktracker.my_reading.part import kept_for
from slc.clicktracker.my_reading.part import OwnPart
from slc.clicktracker.my_reading.part import Page
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.sites.visitor_rules import visitor_setting
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import CURRENT
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.agent import named
from slc.clicktracker.storage.visits.model import Agent
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import PageViewPage
from slc.clicktracker.storage.visits.model import Visit
from slc.clicktracker.storage.visits.model import VisitPage
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import duration
from zope.i18nmessageid import Message


#: Rows that are asked for at a time where all are.
_AT_ONCE = 500


def was_in_place(reader: Reader, place: str) -> bool:
    """Is a visit known in which somebody saw a site-relative address, or a page below it?
    False where the storage can't tell."""
    try:
        storage = storage_with(IVisits)
        query = VisitQuery(readers=(reader,), generation=CURRENT, place=place, size=0)
        return storage is not None and storage.visits(query).total > 0
    except StorageError:
        return False


class _OfVisits(OwnPart):
    @property
    def is_kept(self) -> bool:
        return storage_with(IVisits) is not None

    def _query(self, start: int, size: int) -> VisitQuery:
        return VisitQuery(
            readers=(self.reader,), generation=CURRENT, start=start, size=size
        )

    def _all(
        self, ask: Callable[[VisitQuery], VisitPage | PageViewPage]
    ) -> Iterator[Visit | PageView]:
        """Yield all of them. What arrives meanwhile moves the others behind, so they may
        come again, but none is missing."""
        start, known = 0, set()
        while rows := ask(self._query(start, _AT_ONCE)).rows:
            for row in rows:
                if row.key not in known:
                    known.add(row.key)
                    yield row
            start += len(rows)


class OwnVisits(_OfVisits):
    """Their visits."""

    name = "visits"
    title = _("Your visits")
    says = _(
        "When you were on the site, and from which address. A visit begins with a page "
        "and ends with a longer pause or with your log-out. Pages that you looked at "
        "before you logged in are part of the visit."
    )
    columns = (
        _("From"),
        _("Until"),
        _("Pages"),
        _("Address in the network"),
        _("Browser"),
        _("Came from"),
    )

    @property
    def kept(self) -> Message:
        mapping = {
            "days": visitor_setting("keep_visits"),
            "whole": visitor_setting("keep_addresses"),
        }
        return _(
            "This is kept for ${days} days, then removed. Of the address, only the "
            "network is kept after ${whole} days.",
            mapping=mapping,
        )

    def page(self, start: int, size: int) -> Page:
        found = storage_with(IVisits).visits(self._query(start, size))
        rows = [
            (
                each.start,
                each.last,
                localized_number(each.pages),
                each.address,
                _said(each.agent),
                each.referrer,
            )
            for each in found.rows
        ]
        return rows, found.total

    def data(self) -> Iterator[Data]:
        for each in self._all(storage_with(IVisits).visits):
            yield {
                "start": each.start,
                "last_activity": each.last,
                "pages": each.pages,
                "first_page": each.entry.url,
                "last_page": each.exit.url,
                "address": each.address,
                "browser": each.agent.browser,
                "system": each.agent.system,
                "device": each.agent.device,
                "referrer": each.referrer,
                "source": each.source,
                "logged_out": each.is_over,
            }


class OwnPageViews(_OfVisits):
    """Each page that they looked at."""

    name = "pages"
    title = _("Pages you have looked at")
    says = _("Each page of the site that you looked at, tracked or not.")
    columns = (
        _("When"),
        _("Page"),
        _("Address of the page"),
        _("Time on the page"),
        _("Address in the network"),
    )

    @property
    def kept(self) -> Message:
        return kept_for(visitor_setting("keep_page_views"))

    def page(self, start: int, size: int) -> Page:
        found = storage_with(IVisits).page_views(self._query(start, size))
        rows = [
            (
                each.at,
                each.page.title,
                each.page.url,
                duration(each.engaged) if each.engaged else "",
                each.address,
            )
            for each in found.rows
        ]
        return rows, found.total

    def data(self) -> Iterator[Data]:
        for each in self._all(storage_with(IVisits).page_views):
            agent = named(each.agent)
            yield {
                "at": each.at,
                "last_heard_of": each.seen,
                "url": each.page.url,
                "query": each.query,
                "document_uid": each.page.uid,
                "title": each.page.title,
                "engaged_seconds": each.engaged / 1000,
                "address": each.address,
                "user_agent": each.agent,
                "browser": agent.browser,
                "system": agent.system,
                "device": agent.device,
                "referrer": each.referrer,
                "method": each.method,
                "status": each.status,
                "source": each.source,
                "session": each.session,
            }


def _said(agent: Agent) -> str:
    words = (agent.browser, agent.system, agent.device)
    return " · ".join(word for word in words if word not in ("", "Other"))
