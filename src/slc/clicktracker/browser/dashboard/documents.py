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
from slc.clicktracker.reports.bar_parts import Part
from slc.clicktracker.reports.dashboard.document_list import DocumentList
from slc.clicktracker.reports.dashboard.document_rows import Row
from slc.clicktracker.reports.dashboard.row_links import folder_of
from slc.clicktracker.reports.dashboard.row_links import kind_of
from slc.clicktracker.reports.dashboard.row_links import missing_url
from slc.clicktracker.reports.dashboard.row_links import part_url
from slc.clicktracker.reports.dashboard.row_links import title_url
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.words.deadlines import deadline_text
from slc.clicktracker.words.localized_times import LocalizedDays
from slc.clicktracker.words.localized_times import LocalizedTimes
from slc.clicktracker.words.times import timezone_name
from slc.clicktracker.words.times import viewer_timezone
from typing import Any


#: The classes of the titles of columns, by their names. Where there is no room for a column,
#: what it says stands below the title of the document.
_CLASSES = {
    "changed": "d-none d-md-table-cell",
    "deadline": "d-none d-md-table-cell",
    "times": "d-none d-md-table-cell text-end",
    "times_before": "d-none d-lg-table-cell text-end",
}


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
    classes = _CLASSES

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
        order = self.listed.order_by(column)
        if order is None:
            return None
        name = "" if order is self.listed.orders[0] else order.name
        asked = {**self.period_asked, "order": name, **self.filters}
        return f"{self.url_with(**asked)}#clicktracker-documents"

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
        return row.evidence

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
        return None if self.listed.reached(row) is None else part_url(row, part)

    missing_url = staticmethod(missing_url)

    @property
    def recent_url(self) -> str:
        """Where all are, the last changed first."""
        asked = {"order": "changed", **self.filters}
        return f"{self.url_with(**self.period_asked, **asked)}#clicktracker-documents"

    def chart(self) -> str:
        return render_chart(self.listed.chart, self.request)

    link = staticmethod(title_url)
    kind = staticmethod(kind_of)

    def folder(self, row: Row) -> str:
        """Return where a document is, in the folder or site of the dashboard."""
        return folder_of(row, self.context)

    def changed(self, document: TrackedDocument) -> datetime:
        return document.brain.modified.asdatetime()

    def localized(self, moment: datetime) -> str:
        return self._times.text(moment)

    @cached_property
    def _times(self) -> LocalizedTimes:
        return LocalizedTimes()

    @cached_property
    def _days(self) -> LocalizedDays:
        return LocalizedDays()

    @cached_property
    def _zone(self) -> Any:
        return viewer_timezone()

    def changed_on(self, document: TrackedDocument) -> str:
        """Return the day on which a document has changed, by the viewer's clock."""
        return self._days.text(self.changed(document).astimezone(self._zone).date())

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
