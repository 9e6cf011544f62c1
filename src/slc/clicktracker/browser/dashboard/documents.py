"""``@@clicktracker-dashboard``: how far the audiences of tracked documents are."""

from datetime import datetime
from functools import cached_property
from plone import api
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.chart import charts_url
from slc.clicktracker.browser.chart import render_chart
from slc.clicktracker.browser.dashboard.dashboard import Dashboard
from slc.clicktracker.browser.day_fields import DayField
from slc.clicktracker.browser.day_fields import render_day_fields
from slc.clicktracker.browser.level_bar import level_bar
from slc.clicktracker.charts.periods import Kind
from slc.clicktracker.charts.periods import OwnPeriod
from slc.clicktracker.charts.periods import PERIODS
from slc.clicktracker.deadlines.deadline import LEAST
from slc.clicktracker.reports.answer import Part
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.dashboard.document_list import DocumentList
from slc.clicktracker.reports.dashboard.document_rows import Row
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.tabs import MISSING
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.words.addresses import view_url
from slc.clicktracker.words.deadlines import deadline_text
from slc.clicktracker.words.localized_times import LocalizedTimes
from slc.clicktracker.words.times import local_day
from slc.clicktracker.words.times import timezone_name
from slc.clicktracker.words.times import viewer_timezone
from urllib.parse import urlencode


class DocumentsDashboard(Dashboard):
    """Tracked documents, how far their audience is, and what is opened when.

    Nothing here names a reader.
    """

    index = ViewPageTemplateFile("templates/documents.pt")
    figures_part = ViewPageTemplateFile("templates/figures.pt")
    activity_part = ViewPageTemplateFile("templates/activity.pt")
    documents_part = ViewPageTemplateFile("templates/table.pt")
    lists = DocumentList
    timezone = staticmethod(timezone_name)
    charts_url = staticmethod(charts_url)
    periods = PERIODS

    def day_fields(self) -> str:
        since, until = self.listed.days_typed
        fields = (
            DayField("since", _("First day"), since),
            DayField("until", _("Last day"), until),
        )
        return render_day_fields(fields, self.request)

    @property
    def opens_own_period(self) -> bool | None:
        """Was an own period asked for, whether it can be used or not?"""
        return True if any(day.text for day in self.listed.days_typed) else None

    def order_url(self, column: str) -> str | None:
        """Return where the list is sorted by a column, the other way if it is already;
        None where it can't be."""
        listed = self.listed
        orders = [each for each in listed.orders if each.column == column]
        if not orders:
            return None
        order = orders[0]
        if listed.order in orders:
            order = orders[(orders.index(listed.order) + 1) % len(orders)]
        name = "" if order is listed.orders[0] else order.name
        return self.url_with(**self.period_asked, order=name, **self.filters)

    def sorted_by(self, column: str) -> str | None:
        """Return which way the list is sorted by a column, None where it isn't."""
        order = self.listed.order
        return order.sorted if order.column == column else None

    @property
    def offers_search(self) -> bool:
        """Is there more than somebody sees at a look, or is something searched for?"""
        listed = self.listed
        is_long = len(listed.documents) >= PAGE_SIZE or bool(listed.search)
        return is_long or listed.has_deadlines or listed.only is not None

    @property
    def filters(self) -> dict[str, str]:
        """The parameters for the same documents."""
        listed = self.listed
        return {
            "search": listed.search,
            "only": listed.only.name if listed.only else "",
        }

    def deadline_text(self, row: Row) -> str:
        return deadline_text(row.deadline)

    def evidence(self, row: Row) -> Level | None:
        """Return what a deadline asks for, None where it is enough to have opened it."""
        level = row.deadline.level
        return None if level == LEAST else level_of(level)

    @cached_property
    def batch(self) -> Batch:
        return self.batch_of(self.listed.page)

    def bar(self, row: Row) -> str:
        return level_bar(
            self.listed.parts(row),
            row.progress.expected,
            api.portal.translate,
            lambda part: self._list_url(row, part),
        )

    def _list_url(self, row: Row, part: Part) -> str | None:
        if self.listed.reached(row) is None:
            return None
        query = urlencode({"tab": part.tab.name, "level": part.level})
        return f"{row.document.brain.getURL()}/@@who-read-this?{query}#readers"

    def missing_url(self, row: Row) -> str | None:
        """Where those are listed of whom it isn't known that they have read it, for those
        who may see them."""
        if not may_see_readers(row.document.content):
            return None
        query = urlencode({"tab": MISSING})
        return f"{row.document.brain.getURL()}/@@who-read-this?{query}#readers"

    @property
    def recent_url(self) -> str:
        """Where all are, the last changed first."""
        asked = {"order": "changed", **self.filters}
        return f"{self.url_with(**self.period_asked, **asked)}#clicktracker-documents"

    day = staticmethod(local_day)

    def chart(self) -> str:
        chart = self.listed.period.chart(self.listed.found.activity.by_day)
        return render_chart(chart, self.request)

    def link(self, document: TrackedDocument) -> str:
        """Where a title leads: to the readers, for those who may see them."""
        if may_see_readers(document.content):
            return f"{document.brain.getURL()}/@@who-read-this"
        return view_url(document.brain)

    def kind(self, row: Row) -> str:
        """Return the title of the document's type."""
        types = api.portal.get_tool("portal_types")
        name = row.document.brain.portal_type
        info = types.getTypeInfo(name)
        return info.Title() if info else name

    def folder(self, row: Row) -> str:
        """Return where a document is, in the folder or site of the dashboard."""
        depth = len(self.context.getPhysicalPath())
        return "/".join(row.document.content.getPhysicalPath()[depth:-1])

    def changed(self, document: TrackedDocument) -> datetime:
        return document.brain.modified.asdatetime()

    def localized(self, moment: datetime) -> str:
        return self._times.text(moment)

    @cached_property
    def _times(self) -> LocalizedTimes:
        return LocalizedTimes()

    def changed_on(self, document: TrackedDocument) -> str:
        """Return the day on which a document has changed, by the viewer's clock."""
        return local_day(self.changed(document).astimezone(viewer_timezone()).date())

    def period_url(self, kind: Kind) -> str:
        return self.url_with(period=kind.name, order=self._asked_order, **self.filters)

    @property
    def period_asked(self) -> dict[str, str]:
        """The parameters for the same period, none for the usual one."""
        period = self.listed.period
        if isinstance(period, OwnPeriod):
            days = {"since": period.since, "until": period.until}
            return {name: day.isoformat() for name, day in days.items()}
        return {} if period.name == PERIODS[0].name else {"period": period.name}

    @property
    def all_url(self) -> str:
        return self.url_with(**self.period_asked, order=self._asked_order)

    @property
    def _asked_order(self) -> str:
        order = self.listed.order
        return "" if order is self.listed.orders[0] else order.name
