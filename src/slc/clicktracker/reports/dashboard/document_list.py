"""Tracked documents, how far their audiences are, and what is opened when."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.charts.chart import Chart
from slc.clicktracker.charts.periods import OwnPeriod
from slc.clicktracker.charts.periods import Period
from slc.clicktracker.charts.periods import period_of
from slc.clicktracker.interfaces import IAcknowledgements
from slc.clicktracker.interfaces import IAudienceProgress
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reports.asked import Day
from slc.clicktracker.reports.asked import days_from
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.bar_parts import Part
from slc.clicktracker.reports.bar_parts import parts_of
from slc.clicktracker.reports.dashboard.columns import Column
from slc.clicktracker.reports.dashboard.columns import columns_of
from slc.clicktracker.reports.dashboard.dashboard_list import DashboardList
from slc.clicktracker.reports.dashboard.document_rows import DashboardFigures
from slc.clicktracker.reports.dashboard.document_rows import Row
from slc.clicktracker.reports.dashboard.document_rows import rows_of
from slc.clicktracker.reports.dashboard.document_rows import Told
from slc.clicktracker.reports.dashboard.document_rows import with_deadlines
from slc.clicktracker.reports.dashboard.filters import Filter
from slc.clicktracker.reports.dashboard.filters import FILTERS
from slc.clicktracker.reports.dashboard.orders import Order
from slc.clicktracker.reports.dashboard.orders import ORDERS
from slc.clicktracker.reports.dashboard.orders import sorted_by
from slc.clicktracker.reports.dashboard.orders import sorted_by_title
from slc.clicktracker.reports.dashboard.recent import Recent
from slc.clicktracker.reports.progress import activity_of
from slc.clicktracker.reports.progress import expected_readers
from slc.clicktracker.reports.progress import reached_of
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.progress import LevelNumbers
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.tracking.allowed import Permitted


#: Documents in each of the lists of what was opened most and least.
FEW = 5


class DocumentList(DashboardList):
    """Tracked documents, how far their audience is, and what is opened when.

    Nothing here names a reader.
    """

    permission = MANAGE_TRACKING
    capabilities = (IAudienceProgress,)
    incapable = _(
        "The storage of this site doesn't know the progress of audiences, nor what was "
        "opened when. The report of each document shows what it knows."
    )

    def ask(self) -> DashboardFigures:
        """Return the figures of all documents. Raises ``StorageError``."""
        # What all are expected to read is asked for whatever is listed: figures that
        # change with the page of a list are not those of the place.
        expected = expected_readers(self.documents, self.audiences)
        told = Told.of(expected)
        # A sum of all would tell what is hidden of one, by what it is more than the rest.
        shown = [each.document for each in expected if not told.hides(each)]
        period = self.period
        activity = activity_of(shown, period.since, period.until)
        before = activity_of(shown, *period.before)
        rows = rows_of(expected, told, activity, before)
        by_title = tuple(sorted_by_title(with_deadlines(rows, utc_now())))
        return DashboardFigures(activity, before, by_title, told.progress)

    @property
    def unknown(self) -> int:
        """How many documents are not counted as their version is not known yet."""
        return self.found.unknown

    @cached_property
    def days_typed(self) -> tuple[Day, Day]:
        """The first and the last day of an own period, as they were typed."""
        since, until = days_from(self.form.get("since"), self.form.get("until"))
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
        return period_of(self.form.get("period"))

    @cached_property
    def columns(self) -> list[Column]:
        return columns_of(self.found, self.has_deadlines)

    @property
    def orders(self) -> list[Order]:
        """What the list can be sorted by, the usual first."""
        return [
            each
            for each in ORDERS
            if not each.needs or getattr(self.found, each.needs, None)
        ]

    @cached_property
    def order(self) -> Order:
        name = self.form.get("order")
        return next((each for each in self.orders if each.name == name), self.orders[0])

    def order_by(self, column: str) -> Order | None:
        """Return the order by a column, the other way if the list has it already; None
        where it can't be sorted by that."""
        orders = [each for each in self.orders if each.column == column]
        if not orders or self.order not in orders:
            return orders[0] if orders else None
        return orders[(orders.index(self.order) + 1) % len(orders)]

    def direction_of(self, column: str) -> str | None:
        """Return which way the list is sorted by a column, None where it isn't."""
        return self.order.sorted if self.order.column == column else None

    @property
    def offers_search(self) -> bool:
        """Is there more than somebody sees at a look, or is something searched for?"""
        is_long = len(self.documents) >= PAGE_SIZE or bool(self.search)
        return is_long or self.has_deadlines or self.only is not None

    @property
    def chart(self) -> Chart:
        """What was opened when, where the storage knows that."""
        return self.period.chart(self.found.activity.by_day)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows that are searched for, sorted."""
        rows = self._by_title if self.found is None else self.found.rows
        part = folded(self.search)
        listed = [row for row in rows if part in folded(row.title)] if part else rows
        if self.only is not None:
            listed = self._narrowed(listed, self.only)
        return sorted_by(listed, self.order)

    def _narrowed(self, rows: Sequence[Row], only: Filter) -> list[Row]:
        if only.fits is not None:
            return [row for row in rows if only.fits(row)]
        may_see = Permitted(VIEW_READERS)
        told = [
            row for row in rows if row.has_share and may_see.on_item(row.document.item)
        ]
        reached = reached_of(row.expected for row in told) if told else []
        return [
            row
            for row, its in zip(told, reached, strict=True)
            if getattr(its, only.name)
        ]

    @property
    def _by_title(self) -> list[Row]:
        return sorted_by_title(map(Row, self.documents))

    @cached_property
    def has_deadlines(self) -> bool:
        """Has any of the documents a deadline?"""
        found = () if self.found is None else self.found.rows
        return any(row.deadline is not None for row in found)

    @cached_property
    def filters(self) -> list[Filter]:
        """What the list can be narrowed to: to deadlines where there are any, to what was
        acknowledged where the storage knows that."""
        knows = self.found is not None and storage_with(IAcknowledgements) is not None
        return [
            each
            for each in FILTERS
            if (knows if each.is_of_levels else self.has_deadlines)
        ]

    @cached_property
    def only(self) -> Filter | None:
        """What it is narrowed to, None for all of it."""
        name = text_from(self.form.get("only"))
        return next((each for each in self.filters if each.name == name), None)

    @property
    def total(self) -> int:
        return len(self.rows)

    @cached_property
    def page(self) -> Sequence[Row]:
        return self.rows[self.start : self.start + self.size]

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
        rows = [row for row in self.page if row.has_share and _may_see(row)]
        reached = reached_of(row.expected for row in rows) if rows else []
        return {id(row): its for row, its in zip(rows, reached, strict=True)}

    def reached(self, row: Row) -> LevelNumbers | None:
        """Return how far the audience of a document on the page has got, None where that
        isn't told."""
        return self._reached.get(id(row))

    def parts(self, row: Row) -> list[Part]:
        """Return how far an audience is as parts of a bar, without those of nobody."""
        reached = self.reached(row)
        if reached is not None:
            return parts_of(reached)
        opened = row.progress.opened
        return [Part(_("Read"), opened, "primary", READ)] if opened else []

    @property
    def levels(self) -> list[Part]:
        """What the parts of the page's bars are, where levels are told of any."""
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


def _may_see(row: Row) -> bool:
    return may_see_readers(row.document.content)
