"""``@@clicktracker-dashboard``: how far the audiences of tracked documents are."""

from dataclasses import replace
from datetime import datetime
from functools import cached_property
from plone import api
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.chart import charts_url
from slc.clicktracker.browser.chart import render_chart
from slc.clicktracker.browser.dashboard.dashboard import BATCH_SIZE
from slc.clicktracker.browser.dashboard.dashboard import Dashboard
from slc.clicktracker.browser.dashboard.document_rows import DashboardFigures
from slc.clicktracker.browser.dashboard.document_rows import Row
from slc.clicktracker.browser.dashboard.document_rows import rows_of
from slc.clicktracker.browser.dashboard.document_rows import with_deadlines
from slc.clicktracker.browser.dashboard.document_rows import with_times
from slc.clicktracker.browser.dashboard.orders import Order
from slc.clicktracker.browser.dashboard.orders import ORDERS
from slc.clicktracker.browser.dashboard.orders import sorted_by
from slc.clicktracker.browser.dashboard.orders import sorted_by_title
from slc.clicktracker.browser.dashboard.recent import Recent
from slc.clicktracker.browser.day_fields import DayField
from slc.clicktracker.browser.day_fields import render_day_fields
from slc.clicktracker.browser.level_bar import level_bar
from slc.clicktracker.charts.periods import Kind
from slc.clicktracker.charts.periods import OwnPeriod
from slc.clicktracker.charts.periods import Period
from slc.clicktracker.charts.periods import period_of
from slc.clicktracker.charts.periods import PERIODS
from slc.clicktracker.interfaces import IAudienceProgress
from slc.clicktracker.reports.answer import Part
from slc.clicktracker.reports.answer import parts_of
from slc.clicktracker.reports.asked import Day
from slc.clicktracker.reports.asked import days_from
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.progress import activity_of
from slc.clicktracker.reports.progress import expected_readers
from slc.clicktracker.reports.progress import reached_of
from slc.clicktracker.reports.tabs import MISSING
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.progress import LevelNumbers
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.words.addresses import view_url
from slc.clicktracker.words.deadlines import deadline_text
from slc.clicktracker.words.localized_times import LocalizedTimes
from slc.clicktracker.words.times import local_day
from slc.clicktracker.words.times import timezone_name
from slc.clicktracker.words.times import viewer_timezone
from urllib.parse import urlencode


#: Documents in each of the lists of what was opened most and least.
FEW = 5


class DocumentsDashboard(Dashboard):
    """Tracked documents, how far their audience is, and what is opened when.

    Nothing here names a reader.
    """

    index = ViewPageTemplateFile("templates/documents.pt")
    figures_part = ViewPageTemplateFile("templates/figures.pt")
    activity_part = ViewPageTemplateFile("templates/activity.pt")
    documents_part = ViewPageTemplateFile("templates/table.pt")
    capabilities = (IAudienceProgress,)
    timezone = staticmethod(timezone_name)
    charts_url = staticmethod(charts_url)
    periods = PERIODS

    def ask(self) -> DashboardFigures:
        """Return the figures of all documents. Raises ``StorageError``."""
        # What all are expected to read is asked for whatever is listed: figures that
        # change with the page of a list are not those of the place.
        expected = expected_readers(self.documents, self.audiences)
        rows, progress = rows_of(expected)
        # A sum of all would tell what is hidden of one, by what it is more than the rest.
        told = [row.document for row in rows if not row.is_hidden]
        period = self.period
        activity = activity_of(told, period.since, period.until)
        before = activity_of(told, *period.before)
        timed = with_times(rows, activity, before)
        by_title = tuple(sorted_by_title(with_deadlines(timed, utc_now())))
        return DashboardFigures(activity, before, by_title, progress)

    @property
    def unknown(self) -> int:
        return self.found.unknown

    @cached_property
    def days_typed(self) -> tuple[Day, Day]:
        """The first and the last day of an own period, as they were typed."""
        form = self.request.form
        since, until = days_from(form.get("since"), form.get("until"))
        today = utc_now().date()
        if since.value and since.value > today:
            problem = _("This day is in the future.")
            since = replace(since, value=None, problem=problem)
        if since.value and not until.text:
            until = Day(today.isoformat(), today)
        return since, until

    @cached_property
    def period(self) -> Period | OwnPeriod:
        since, until = self.days_typed
        if since.value and until.value:
            return OwnPeriod(since.value, min(until.value, utc_now().date()))
        return period_of(self.request.form.get("period"))

    def day_fields(self) -> str:
        since, until = self.days_typed
        fields = (
            DayField("since", _("First day"), since),
            DayField("until", _("Last day"), until),
        )
        return render_day_fields(fields, self.request)

    @property
    def opens_own_period(self) -> bool | None:
        """Was an own period asked for, whether it can be used or not?"""
        return True if any(day.text for day in self.days_typed) else None

    @property
    def orders(self) -> list[Order]:
        return [
            each
            for each in ORDERS
            if not each.needs or getattr(self.found, each.needs, None)
        ]

    @cached_property
    def order(self) -> Order:
        name = self.request.form.get("order")
        return next((each for each in self.orders if each.name == name), self.orders[0])

    def order_url(self, column: str) -> str | None:
        """Return where the list is sorted by a column, the other way if it is already;
        None where it can't be."""
        orders = [each for each in self.orders if each.column == column]
        if not orders:
            return None
        order = orders[0]
        if self.order in orders:
            order = orders[(orders.index(self.order) + 1) % len(orders)]
        name = "" if order is self.orders[0] else order.name
        return self.url_with(**self.period_asked, order=name, **self.filters)

    def sorted_by(self, column: str) -> str | None:
        """Return which way the list is sorted by a column, None where it isn't."""
        return self.order.sorted if self.order.column == column else None

    @property
    def offers_search(self) -> bool:
        """Is there more than somebody sees at a look, or is something searched for?"""
        is_long = len(self.documents) >= PAGE_SIZE or bool(self.search)
        return is_long or self.has_deadlines

    @cached_property
    def rows(self) -> list[Row]:
        """The rows that are searched for, sorted."""
        rows = self._by_title if self.found is None else self.found.rows
        part = folded(self.search)
        listed = [row for row in rows if part in folded(row.title)] if part else rows
        if self.is_overdue_asked:
            listed = [row for row in listed if row.is_overdue]
        return sorted_by(listed, self.order)

    @cached_property
    def has_deadlines(self) -> bool:
        """Has any of the documents a deadline?"""
        found = () if self.found is None else self.found.rows
        return any(row.deadline is not None for row in found)

    @property
    def is_overdue_asked(self) -> bool:
        """Is only what is overdue to be listed?"""
        return bool(self.has_deadlines and self.request.form.get("overdue"))

    @property
    def filters(self) -> dict[str, str]:
        """The parameters for the same documents."""
        return {"search": self.search, "overdue": "1" if self.is_overdue_asked else ""}

    def deadline_text(self, row: Row) -> str:
        return deadline_text(row.deadline)

    @property
    def _by_title(self) -> list[Row]:
        return sorted_by_title(map(Row, self.documents))

    @cached_property
    def batch(self) -> Batch:
        self.stay_within(len(self.rows))
        page = self.rows[self.start : self.start + BATCH_SIZE]
        return self.batch_of(page, len(self.rows))

    @cached_property
    def most(self) -> list[Row]:
        """What was opened most in the period."""
        opened = [row for row in self.found.rows if row.times]
        return sorted(opened, key=lambda row: -row.times)[:FEW]

    @cached_property
    def least(self) -> list[Row]:
        """What was opened least, of all that can be opened and is not among the most."""
        pages = [row for row in self.found.rows if row.times is not None]
        most = set(map(id, self.most))
        others = [row for row in pages if id(row) not in most]
        return sorted(others, key=lambda row: row.times)[:FEW]

    @cached_property
    def _reached(self) -> dict[int, LevelNumbers]:
        """How far the audiences of documents on the page have got, by ``id`` of the row,
        of those whose readers the viewer may see: levels would tell of single people."""
        rows = [row for row in self.batch if row.has_share and self._may_see(row)]
        reached = reached_of(row.expected for row in rows) if rows else []
        return {id(row): its for row, its in zip(rows, reached, strict=True)}

    def _may_see(self, row: Row) -> bool:
        return may_see_readers(row.document.content)

    def parts(self, row: Row) -> list[Part]:
        """Return how far an audience is as parts of a bar, without those of nobody."""
        reached = self._reached.get(id(row))
        if reached is not None:
            return parts_of(reached)
        opened = row.progress.opened
        return [Part(_("Read"), opened, "primary", READ)] if opened else []

    def bar(self, row: Row) -> str:
        return level_bar(
            self.parts(row),
            row.progress.expected,
            api.portal.translate,
            lambda part: self._list_url(row, part),
        )

    def _list_url(self, row: Row, part: Part) -> str | None:
        if id(row) not in self._reached:
            return None
        query = urlencode({"tab": part.tab.name, "level": part.level})
        return f"{row.document.brain.getURL()}/@@who-read-this?{query}#readers"

    def missing_url(self, row: Row) -> str | None:
        """Where those are listed of whom it isn't known that they have read it, for those
        who may see them."""
        if not self._may_see(row):
            return None
        query = urlencode({"tab": MISSING})
        return f"{row.document.brain.getURL()}/@@who-read-this?{query}#readers"

    @property
    def levels(self) -> list[Part]:
        """What the colours of the bars are, where there are any."""
        if not self._reached:
            return []
        attested = sum(each.attested for each in self._reached.values())
        acknowledged = sum(each.acknowledged for each in self._reached.values())
        return parts_of(LevelNumbers(1, 1, 1, 1, attested, acknowledged))

    @cached_property
    def recent(self) -> Recent:
        """What has changed since Monday, by the clock of the site."""
        zone = site_timezone()
        return Recent.of(self.documents, utc_now().astimezone(zone).date(), zone)

    @property
    def recent_url(self) -> str:
        """Where all are, the last changed first."""
        asked = {"order": "changed", **self.filters}
        return f"{self.url_with(**self.period_asked, **asked)}#clicktracker-documents"

    day = staticmethod(local_day)

    def chart(self) -> str:
        chart = self.period.chart(self.found.activity.by_day)
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
        period = self.period
        if isinstance(period, OwnPeriod):
            days = {"since": period.since, "until": period.until}
            return {name: day.isoformat() for name, day in days.items()}
        return {} if period.name == PERIODS[0].name else {"period": period.name}

    @property
    def all_url(self) -> str:
        return self.url_with(**self.period_asked, order=self._asked_order)

    @property
    def _asked_order(self) -> str:
        return "" if self.order is self.orders[0] else self.order.name
