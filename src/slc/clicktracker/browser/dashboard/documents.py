"""``@@clicktracker-dashboard``: how far the audiences of tracked documents are."""

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
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
from slc.clicktracker.charts.periods import Kind
from slc.clicktracker.charts.periods import Period
from slc.clicktracker.charts.periods import period_of
from slc.clicktracker.charts.periods import PERIODS
from slc.clicktracker.doors.page_ticket import is_file
from slc.clicktracker.interfaces import IAudienceProgress
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reports.progress import activity_of
from slc.clicktracker.reports.progress import Expected
from slc.clicktracker.reports.progress import expected_readers
from slc.clicktracker.reports.progress import Progress
from slc.clicktracker.reports.progress import progress_of
from slc.clicktracker.reports.progress import ProgressOfAll
from slc.clicktracker.storage.activity import Activity
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.tracking.allowed import Permitted
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.versions.primary_file import has_files
from slc.clicktracker.words.addresses import view_url
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from typing import Any
from zope.i18nmessageid import Message


#: Documents in each of the lists of what was opened most and least.
FEW = 5

#: How far fewer people are would say of single ones what they have opened.
FEWEST_WITHOUT_NAMES = 5


@dataclass(frozen=True)
class Row:
    """A document in the list. ``progress`` is None, and ``times`` too, where the storage
    doesn't tell; a file has no ``times``: it is downloaded, not opened.

    ``is_hidden``: the viewer must not know how far the audience is, which would tell of
    single people. ``is_unknown``: nobody knows, as the version is not known yet.
    """

    document: TrackedDocument
    progress: Progress | None = None
    times: int | None = None
    is_hidden: bool = False
    is_unknown: bool = False

    @property
    def title(self) -> str:
        return self.document.item.title

    @property
    def share(self) -> float:
        """How far the audience is, from 0 to 1."""
        expected = self.progress.expected
        return self.progress.opened / expected if expected else 0

    @property
    def percent(self) -> int:
        return int(100 * self.share)

    @property
    def by_share(self) -> tuple[bool, float]:
        """Sorts by how far the audience is; last is what has no share to show."""
        is_last = self.is_hidden or self.is_unknown or not self.progress.expected
        return is_last, 0 if is_last else self.share

    @property
    def by_times(self) -> tuple[bool, int]:
        """Sorts by how often it was opened, files last."""
        return self.times is None, self.times or 0


@dataclass(frozen=True)
class DashboardFigures:
    """What the storage says of all documents, whichever of them are listed: how often
    they were opened in the period, None where it doesn't know, and how far their
    audiences are.

    ``rows`` are by title, ``progress`` is that of all which can be shown.
    """

    activity: Activity | None
    rows: tuple[Row, ...]
    progress: ProgressOfAll

    @property
    def opened(self) -> int:
        return self.progress.opened

    @property
    def expected(self) -> int:
        return self.progress.expected

    @property
    def percent_of_half(self) -> int | None:
        """As far as this are half of the documents, None without any to tell of."""
        share = self.progress.of_half
        return None if share is None else int(100 * share)

    @property
    def hidden(self) -> int:
        """How many are not in the sums: a sum of all would tell of them."""
        return sum(row.is_hidden for row in self.rows)

    @property
    def unknown(self) -> int:
        return sum(row.is_unknown for row in self.rows)

    @property
    def unable(self) -> int:
        """How many readings are expected of people who can't view the document."""
        return sum(row.progress.audience.unable for row in self.rows)

    @property
    def accesses(self) -> int:
        return sum(number for _day, number in self.activity.by_day)


@dataclass(frozen=True)
class Order:
    """What the list can be sorted by; ``needs`` the name of the ``DashboardFigures`` that
    the storage has to know for that, "" for none."""

    name: str
    title: Message
    key: Callable[[Row], Any]
    needs: str = "progress"


#: Ties are broken by title, then by path. What has no figure comes last.
ORDERS = (
    Order("changed", _("Last changed"), lambda row: -_changed(row), ""),
    Order("title", _("Title"), lambda row: 0, ""),
    Order("behind", _("Lowest share first"), lambda row: row.by_share),
    Order("far", _("Highest share first"), lambda row: _descending(row.by_share)),
    Order("most", _("Most opened"), lambda row: _descending(row.by_times), "activity"),
    Order("least", _("Least opened"), lambda row: row.by_times, "activity"),
)


class DocumentsDashboard(Dashboard):
    """Tracked documents, how far their audience is, and what is opened when.

    Nothing here names a reader.
    """

    index = ViewPageTemplateFile("templates/documents.pt")
    figures_part = ViewPageTemplateFile("templates/figures.pt")
    documents_part = ViewPageTemplateFile("templates/table.pt")
    capabilities = (IAudienceProgress,)
    timezone = staticmethod(timezone_name)
    charts_url = staticmethod(charts_url)
    periods = PERIODS

    def ask(self) -> DashboardFigures:
        """Return the figures of all documents. Raises ``StorageError``."""
        period = self.period
        activity = activity_of(self.documents, period.since, period.until)
        times = None if activity is None else dict(activity.by_document)
        rows = [Row(each, times=_times(each, times)) for each in self.documents]
        # What all are expected to read is asked for whatever is listed: figures that
        # change with the page of a list are not those of the place.
        expected = expected_readers(self.documents, self.audiences)
        rows, progress = _with_progress(rows, expected)
        return DashboardFigures(activity, tuple(_sorted_by_title(rows)), progress)

    @property
    def unknown(self) -> int:
        return self.found.unknown

    @cached_property
    def period(self) -> Period:
        return period_of(self.request.form.get("period"))

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
        return next((each for each in self.orders if each.name == name), ORDERS[0])

    @cached_property
    def rows(self) -> list[Row]:
        """The rows that are searched for, sorted."""
        rows = self._by_title if self.found is None else self.found.rows
        part = folded(self.search)
        listed = [row for row in rows if part in folded(row.title)] if part else rows
        return _sorted(listed, self.order)

    @property
    def _by_title(self) -> list[Row]:
        return _sorted_by_title(map(Row, self.documents))

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

    def chart(self) -> str:
        chart = self.period.chart(self.found.activity.by_day)
        return render_chart(chart, self.request)

    def link(self, row: Row) -> str:
        """Where a title leads: to the readers, for those who may see them."""
        if may_see_readers(row.document.content):
            return f"{row.document.brain.getURL()}/@@who-read-this"
        return view_url(row.document.brain)

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

    def changed(self, row: Row) -> datetime:
        return row.document.brain.modified.asdatetime()

    localized = staticmethod(local_time)

    def period_url(self, kind: Kind) -> str:
        return self.url_with(
            period=kind.name, order=self._asked_order, search=self.search
        )

    @property
    def all_url(self) -> str:
        return self.url_with(period=self._asked_period, order=self._asked_order)

    @property
    def _asked_order(self) -> str:
        return "" if self.order is ORDERS[0] else self.order.name

    @property
    def _asked_period(self) -> str:
        return "" if self.period.name == PERIODS[0].name else self.period.name


def _with_progress(
    rows: list[Row], expected: tuple[Expected, ...]
) -> tuple[list[Row], ProgressOfAll]:
    """Return the rows with their progress, and that of all that can be shown."""
    may_see = Permitted(VIEW_READERS)
    unnamed = {each for each in expected if not may_see.on_item(each.document.item)}
    hidden = set(filter(_is_telling, unnamed))
    progress, known = _known_of(expected, hidden)
    # Of each of them it is known, where all have opened something or nobody has.
    telling = {
        each
        for each, its in known.items()
        if each in unnamed and its.expected and its.opened in (0, its.expected)
    }
    if telling:
        hidden |= telling
        progress, known = _known_of(expected, hidden)
    found = [
        replace(
            row,
            progress=known.get(each) or Progress(each.document, each.audience, 0),
            is_hidden=each in hidden and bool(each.readers),
            is_unknown=each.standing is None,
        )
        for row, each in zip(rows, expected, strict=True)
    ]
    return found, progress


def _known_of(
    expected: tuple[Expected, ...], hidden: set[Expected]
) -> tuple[ProgressOfAll, dict[Expected, Progress]]:
    """Return how far all are which are neither unknown nor hidden, and each."""
    shown = tuple(each for each in expected if each.standing and each not in hidden)
    progress = progress_of(shown)
    return progress, dict(zip(shown, progress.documents, strict=True))


def _is_telling(expected: Expected) -> bool:
    """Would any progress tell of single people? Of few people, and of those whom
    somebody has named: four who never come, and the one who is asked about."""
    few = 0 < len(expected.readers) < FEWEST_WITHOUT_NAMES
    return few or expected.audience.names_people


def _times(document: TrackedDocument, times: dict[str, int] | None) -> int | None:
    """Return how often a document was opened in the period, None for a file and where
    the storage doesn't know."""
    if times is None:
        return None
    if document.item.ask(has_files) and is_file(document.content):
        return None
    return times.get(document.uid, 0)


def _descending(key: tuple[bool, float]) -> tuple[bool, float]:
    is_last, value = key
    return is_last, -value


def _sorted_by_title(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (folded(row.title), _path(row)))


def _sorted(by_title: Iterable[Row], order: Order) -> list[Row]:
    return sorted(by_title, key=order.key)


def _changed(row: Row) -> float:
    return row.document.item.known("modified").timeTime()


def _path(row: Row) -> str:
    return row.document.item.path
