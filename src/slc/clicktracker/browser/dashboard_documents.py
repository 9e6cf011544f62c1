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
from slc.clicktracker.allowed import may_see_readers
from slc.clicktracker.browser.addresses import view_url
from slc.clicktracker.browser.chart import charts_url
from slc.clicktracker.browser.chart import render_chart
from slc.clicktracker.browser.dashboard import BATCH_SIZE
from slc.clicktracker.browser.dashboard import Dashboard
from slc.clicktracker.browser.periods import Kind
from slc.clicktracker.browser.periods import Period
from slc.clicktracker.browser.periods import period_of
from slc.clicktracker.browser.periods import PERIODS
from slc.clicktracker.browser.times import local_time
from slc.clicktracker.browser.times import timezone_name
from slc.clicktracker.evidence.tracked import TrackedDocument
from slc.clicktracker.page_ticket import is_file
from slc.clicktracker.progress import activity_of
from slc.clicktracker.progress import Expected
from slc.clicktracker.progress import expected_readers
from slc.clicktracker.progress import Progress
from slc.clicktracker.progress import progress_of
from slc.clicktracker.progress import ProgressOfAll
from slc.clicktracker.storage.activity import Activity
from typing import Any
from zope.i18nmessageid import Message


#: Documents in each of the lists of what was opened most and least.
FEW = 5

#: How far fewer people are would say of single ones what they have opened.
FEWEST_WITHOUT_NAMES = 5


@dataclass(frozen=True)
class Row:
    """A document in the list. ``progress`` is None, and ``times`` too, where the storage
    doesn't tell, or was not asked; a file has no ``times``: it is downloaded, not opened.

    ``is_hidden``: the viewer must not know how far so few people are. ``is_unknown``:
    nobody knows, as the version is not known yet.
    """

    document: TrackedDocument
    progress: Progress | None = None
    times: int | None = None
    is_hidden: bool = False
    is_unknown: bool = False

    @property
    def title(self) -> str:
        return self.document.brain.Title or self.document.brain.getId

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
    """What the storage says: how often all documents were opened in the period, and
    how far the audiences of those on the page are.

    ``all_rows`` are by title, ``rows`` those that are searched for, sorted. Progress is
    in the rows of the ``page``, and ``progress`` is theirs. Of ``unknown`` documents the
    version is not known: of the page, or of all where they are sorted by progress.
    """

    activity: Activity
    all_rows: tuple[Row, ...]
    rows: tuple[Row, ...]
    page: tuple[Row, ...]
    progress: ProgressOfAll
    unknown: int

    @property
    def opened(self) -> int:
        return self.progress.opened

    @property
    def expected(self) -> int:
        return self.progress.expected

    @property
    def hidden(self) -> int:
        """How many of the page are not in the sums: a sum of all would tell of them."""
        return sum(row.is_hidden for row in self.page)

    @property
    def is_part(self) -> bool:
        """Are there documents that are not on the page?"""
        return len(self.page) < len(self.all_rows)

    @property
    def accesses(self) -> int:
        return sum(number for _day, number in self.activity.by_day)


@dataclass(frozen=True)
class Order:
    """What the list can be sorted by; ``needs_figures`` from the storage or not, and
    ``needs_progress`` of all documents."""

    name: str
    title: Message
    key: Callable[[Row], Any]
    needs_figures: bool = True
    needs_progress: bool = False


#: Ties are broken by title, then by path. What has no figure comes last.
ORDERS = (
    Order("changed", _("Changed last"), lambda row: -_changed(row), False),
    Order("title", _("Title"), lambda row: 0, False),
    Order(
        "behind",
        _("Least far first"),
        lambda row: row.by_share,
        needs_progress=True,
    ),
    Order(
        "far",
        _("Furthest first"),
        lambda row: _descending(row.by_share),
        needs_progress=True,
    ),
    Order("most", _("Opened most"), lambda row: _descending(row.by_times)),
    Order("least", _("Opened least"), lambda row: row.by_times),
)


_BY_TITLE = ORDERS[1]


class DocumentsDashboard(Dashboard):
    """Tracked documents, how far their audience is, and what is opened when.

    Nothing here names a reader.
    """

    index = ViewPageTemplateFile("templates/dashboard-documents.pt")
    figures_part = ViewPageTemplateFile("templates/dashboard-figures.pt")
    documents_part = ViewPageTemplateFile("templates/dashboard-table.pt")
    timezone = staticmethod(timezone_name)
    charts_url = staticmethod(charts_url)
    periods = PERIODS

    def ask(self) -> DashboardFigures:
        """Return the figures of the page that is asked for. Raises ``StorageError``."""
        period, order = self.period, self._order_among(ORDERS)
        activity = activity_of(self.documents, period.since, period.until)
        times = dict(activity.by_document)
        rows = [Row(each, times=_times(each, times)) for each in self.documents]
        listed = self._searched(rows)
        if order.needs_progress:
            expected = self._expected(listed)
            listed, _all = _with_progress(listed, expected)
        listed = _sorted(listed, order)
        self.stay_within(len(listed))
        page = self._on_page(listed)
        if not order.needs_progress:
            # Who searches or turns pages does not wait for what is not shown.
            expected = self._expected(page)
        page, progress = _with_progress(page, expected)
        compared = listed if order.needs_progress else page
        return DashboardFigures(
            activity=activity,
            all_rows=tuple(_sorted(rows, _BY_TITLE)),
            rows=tuple(listed),
            page=tuple(page),
            progress=progress,
            unknown=sum(row.is_unknown for row in compared),
        )

    def _expected(self, rows: list[Row]) -> dict[str, Expected]:
        """Return who is expected to read the documents, by UID. It is asked for once: a
        version may become known meanwhile."""
        documents = (row.document for row in rows)
        found = expected_readers(documents, self.audiences)
        return {each.document.uid: each for each in found}

    @property
    def unknown(self) -> int:
        return self.found.unknown

    @cached_property
    def period(self) -> Period:
        return period_of(self.request.form.get("period"))

    @property
    def orders(self) -> list[Order]:
        return [each for each in ORDERS if self.found or not each.needs_figures]

    @cached_property
    def order(self) -> Order:
        return self._order_among(self.orders)

    def _order_among(self, orders: Iterable[Order]) -> Order:
        name = self.request.form.get("order")
        return next((each for each in orders if each.name == name), ORDERS[0])

    @cached_property
    def rows(self) -> list[Row]:
        """The rows that are searched for, sorted."""
        if self.found is not None:
            return list(self.found.rows)
        return _sorted(self._searched(map(Row, self.documents)), self.order)

    def _searched(self, rows: Iterable[Row]) -> list[Row]:
        part = self.search.casefold()
        return [row for row in rows if part in row.title.casefold()]

    def _on_page(self, rows: list[Row]) -> list[Row]:
        return rows[self.start : self.start + BATCH_SIZE]

    @cached_property
    def batch(self) -> Batch:
        self.stay_within(len(self.rows))
        found = self.found
        page = self._on_page(self.rows) if found is None else found.page
        return self.batch_of(page, len(self.rows))

    @cached_property
    def most(self) -> list[Row]:
        """What was opened most in the period."""
        opened = [row for row in self.found.all_rows if row.times]
        return sorted(opened, key=lambda row: -row.times)[:FEW]

    @cached_property
    def least(self) -> list[Row]:
        """What was opened least, of all that can be opened and is not among the most."""
        pages = [row for row in self.found.all_rows if row.times is not None]
        others = [row for row in pages if row not in self.most]
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
    rows: list[Row], expected_of_each: dict[str, Expected]
) -> tuple[list[Row], ProgressOfAll]:
    """Return the rows with their progress, and that of all that can be shown."""
    expected = [expected_of_each[row.document.uid] for row in rows]
    hidden = set(filter(_is_hidden, expected))
    shown = tuple(each for each in expected if each.standing and each not in hidden)
    progress = progress_of(shown)
    known = dict(zip(shown, progress.documents, strict=True))
    found = [
        replace(
            row,
            progress=known.get(each) or Progress(each.document, each.audience, 0),
            is_hidden=each in hidden,
            is_unknown=each.standing is None,
        )
        for row, each in zip(rows, expected, strict=True)
    ]
    return found, progress


def _is_hidden(expected: Expected) -> bool:
    """Must the viewer, who may not know readers by name, not know how far they are?"""
    is_small = 0 < len(expected.audience.members) < FEWEST_WITHOUT_NAMES
    return is_small and not may_see_readers(expected.document.content)


def _times(document: TrackedDocument, times: dict[str, int]) -> int | None:
    """Return how often a document was opened in the period, None for a file."""
    return None if is_file(document.content) else times.get(document.uid, 0)


def _descending(key: tuple[bool, float]) -> tuple[bool, float]:
    is_last, value = key
    return is_last, -value


def _sorted(rows: list[Row], order: Order) -> list[Row]:
    by_title = sorted(rows, key=lambda row: (row.title.casefold(), _path(row)))
    return sorted(by_title, key=order.key)


def _changed(row: Row) -> float:
    return row.document.brain.modified.timeTime()


def _path(row: Row) -> str:
    return row.document.brain.getPath()
