"""``@@who-read-this``: the readers of content, for those who may see them."""

from AccessControl import Unauthorized
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from plone import api
from plone.app.event.base import default_timezone
from plone.base.batch import Batch
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.excused import excused_page
from slc.clicktracker.browser.excused import ExcusedPage
from slc.clicktracker.browser.explanation import explanation
from slc.clicktracker.browser.reader_rows import ReaderRow
from slc.clicktracker.browser.reader_rows import ReaderRows
from slc.clicktracker.browser.summary import EvidenceSummary
from slc.clicktracker.browser.tabs import ABSENT
from slc.clicktracker.browser.tabs import EXCUSED
from slc.clicktracker.browser.tabs import OLDER
from slc.clicktracker.browser.tabs import READ
from slc.clicktracker.browser.tabs import Tab
from slc.clicktracker.browser.tabs import tab_of
from slc.clicktracker.browser.tabs import TABS
from slc.clicktracker.browser.times import duration
from slc.clicktracker.browser.times import local_time
from slc.clicktracker.evidence.audience import Audience
from slc.clicktracker.evidence.audience import audience_of
from slc.clicktracker.evidence.visible import name_of
from slc.clicktracker.evidence.visible import visible_version
from slc.clicktracker.page_ticket import is_file
from slc.clicktracker.readers import absent_of
from slc.clicktracker.readers import coverage_of
from slc.clicktracker.readers import knows_evidence
from slc.clicktracker.readers import Place
from slc.clicktracker.readers import readings_of
from slc.clicktracker.readers import WholeFolderOnly
from slc.clicktracker.site_storage import is_recording
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.absence import AbsentPage
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import StorageNotSetUp
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import SORT_KEYS
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.tracking import Tracking
from slc.clicktracker.tracking import tracking_of
from typing import Any
from urllib.parse import urlencode
from zope.i18nmessageid import Message


PAGE_SIZE = 20
LARGEST_PAGE = 100
LAST_START = 10**9

#: On a phone the page stands below the name, and the last time is enough.
_WIDE = "d-none d-md-table-cell"

#: A page of a list: its rows, and how many there are in total.
Page = ReadingPage | AbsentPage | ExcusedPage


@dataclass(frozen=True)
class Column:
    """A column of the table: what it sorts by, its title, its CSS classes."""

    key: str
    title: Message
    css: str | None = None


class WhoReadThis(BrowserView):
    """The report on its own page."""

    index = ViewPageTemplateFile("templates/who-read-this.pt")
    readers_table = ViewPageTemplateFile("templates/readers.pt")
    _page_link = ViewPageTemplateFile("templates/page-link.pt")
    _time = ViewPageTemplateFile("templates/time.pt")
    _readings = ViewPageTemplateFile("templates/readings-table.pt")
    _absent = ViewPageTemplateFile("templates/absent-table.pt")
    _excused = ViewPageTemplateFile("templates/excused-table.pt")
    _summary = ViewPageTemplateFile("templates/summary.pt")

    def __call__(self) -> str:
        self.refuse_what_is_hidden()
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return self.index()

    def refuse_what_is_hidden(self) -> None:
        """Readers are shown of what the viewer may see himself, of nothing else."""
        if not api.user.has_permission("View", obj=self.context):
            raise Unauthorized

    @property
    def columns(self) -> Iterator[Column]:
        yield Column("name", _("Reader"))
        if self.knows_evidence:
            yield Column("level", _("Evidence"))
            yield Column("engaged", _("Time read"), _WIDE)
        yield Column("count", _("Times opened"), _WIDE)
        yield Column("last", _("Last opened"))
        yield Column("url", _("Page"), _WIDE)

    @cached_property
    def knows_evidence(self) -> bool:
        return knows_evidence()

    @cached_property
    def tracking(self) -> Tracking:
        return tracking_of(self.context)

    @cached_property
    def place(self) -> Place:
        return Place(self.context)

    @cached_property
    def query(self) -> ReadingQuery:
        """What is asked for in the request: strange values are the defaults."""
        form = self.request.form
        sort = form.get("sort_on")
        return ReadingQuery(
            documents=(),
            search=storable(str(form.get("reader", "")), LIMITS["name"]).strip(),
            sort=sort if sort in SORT_KEYS else SORT_KEYS[0],
            reverse=form.get("sort_order") == "reverse",
            start=number_from(form.get("b_start"), 0, 0, LAST_START),
            size=number_from(form.get("b_size"), PAGE_SIZE, 1, LARGEST_PAGE),
        )

    @cached_property
    def audience(self) -> Audience | None:
        """Who is expected to read this, None for a folder: each item in it has its
        own audience."""
        if not (self.knows_evidence and self.place.is_single):
            return None
        return audience_of(self.context)

    @cached_property
    def current(self) -> str:
        """What the current version is known by, "" for a folder."""
        return name_of(visible_version(self.context)) if self.audience else ""

    @cached_property
    def tab(self) -> Tab:
        return tab_of(self.request.form.get("tab")) if self.audience else READ

    @cached_property
    def page(self) -> Page | None:
        """What is in the list, or None where ``problem`` says why it can't be shown."""
        if not is_recording():
            self._problem = _(
                "Recording is switched off for this instance (CLICKTRACKER_DSN=off), so "
                "what was recorded can't be shown here."
            )
            return None
        try:
            page = self._found(self.tab, self.query)
            if page.total and not page.rows:
                self.query = replace(self.query, start=self._last_start(page.total))
                page = self._found(self.tab, self.query)
            self._add_figures(page)
        except WholeFolderOnly:
            self._problem = _(
                "The storage of this site can only report a folder as a whole, and "
                "you may not see everything in this one. Open the report of "
                "a single page."
            )
        except StorageNotSetUp:
            self._problem = _(
                "The database for readings is not set up yet, so nothing can be said "
                "about who has read this. A site administrator can do that in "
                "Site Setup, ClickTracker Settings."
            )
        except StorageError:
            self._problem = _(
                "The storage for readings can't be reached now, so nothing can be said "
                "about who has read this. Try again later; the log of the site and "
                "Site Setup, ClickTracker Settings say more."
            )
        else:
            return page
        return None

    def _found(self, tab: Tab, query: ReadingQuery) -> Page:
        """Return a page of the list behind a tab. Raises ``StorageError``."""
        if self.audience is None:
            return readings_of(self.place, query)
        if tab is EXCUSED:
            return excused_page(self.audience, query)
        if tab is ABSENT:
            expected = self.audience.members
            cut = query.search, query.start, query.size
            return absent_of(self.place, AbsenceQuery((), expected, *cut))
        standing = "older" if tab is OLDER else "current"
        return readings_of(
            self.place, replace(query, current=self.current, standing=standing)
        )

    def _add_figures(self, page: Page) -> None:
        """Find the figures that stand above the list. Raises ``StorageError``."""
        self._coverage = coverage_of(self.place, self.current)
        self._totals = {}
        if self.audience:
            self._totals = {tab: self._total(tab, page) for tab in TABS}

    def _total(self, tab: Tab, page: Page) -> int:
        """Return how many there are behind a tab, for ``page`` of the one that is shown.

        Raises ``StorageError``.
        """
        if tab is self.tab and not self.query.search:
            return page.total
        return self._found(tab, replace(self.query, search="", start=0, size=0)).total

    @property
    def tabs(self) -> list[tuple[Tab, int, str]]:
        """Each tab with the number of its entries and its address."""
        return [
            (tab, total, f"{self.report_url}?{urlencode({'tab': tab.name})}")
            for tab, total in self._totals.items()
        ]

    def _last_start(self, total: int) -> int:
        """Where the last page starts, for those who ask for one beyond it."""
        return (total - 1) // self.query.size * self.query.size

    @property
    def problem(self) -> Message | None:
        return self._problem if self.page is None else None

    @property
    def notices(self) -> Iterator[Message]:
        """What a reader of the report has to know to understand it."""
        if not self.tracking.tracked:
            yield _(
                "This item itself is not tracked now. What is listed was recorded "
                "earlier, or belongs to items below it."
            )
        if is_file(self.context):
            yield _(
                "Downloads of files are not recorded, so nothing here can show who has "
                "read this one."
            )

    @cached_property
    def summary(self) -> EvidenceSummary | None:
        """How far the evidence of all goes; None where nothing is known."""
        if self.page is None or self._coverage is None or not self._coverage.served:
            return None
        return EvidenceSummary(self._coverage, bool(self.audience))

    def evidence_summary(self) -> str:
        return self._summary(summary=self.summary) if self.summary else ""

    @property
    def rows(self) -> list[Any]:
        """The lines of the list: texts of readings, else what the list is of."""
        if self.tab in (ABSENT, EXCUSED):
            return list(self.page.rows)
        rows = ReaderRows(self.place, self.timezone, self.audience)
        return [rows.of(reading) for reading in self.page.rows]

    @property
    def explanation(self) -> Message:
        """What the entries of the list are, and what they don't prove."""
        return explanation(self.tab, self.page.total, self.audience)

    @property
    def emptiness(self) -> Message:
        """What a list without entries says, and no more than is known."""
        if self.audience is None:
            return _("Nobody is known to have opened this yet.")
        if self.tab is ABSENT and not self.audience.members:
            return _("Nobody is listed as expected to read this.")
        return self.tab.empty

    @property
    def attendance(self) -> Message | None:
        """How many of those who are expected are known to have opened this."""
        if not (self.audience and self.audience.members):
            return None
        expected = len(self.audience.members)
        numbers = {"expected": expected, "opened": expected - self._totals[ABSENT]}
        return _(
            "Expected readers known to have opened this or an older version: "
            "${opened} of ${expected}. Others are listed as well, with a note.",
            mapping=numbers,
        )

    def table(self) -> str:
        if self.tab is ABSENT:
            return self._absent()
        return self._excused() if self.tab is EXCUSED else self._readings()

    @cached_property
    def batch(self) -> Batch:
        rows = _PageOfRows(self.rows)
        rows.actual_result_count = self.page.total
        return Batch(rows, self.query.size, self.query.start)

    @cached_property
    def timezone(self) -> Any:
        return default_timezone(as_tzinfo=True)

    def page_link(self, row: ReaderRow) -> str:
        return self._page_link(row=row)

    def time(self, moment: datetime | None) -> str:
        # Without the end of the template's last line, as a comma may follow.
        return self._time(moment=moment).strip()

    def localized(self, moment: datetime | None) -> str:
        """Return a moment in the viewer's time zone and language."""
        if moment is None:
            return self._translate(_("not known"))
        return local_time(moment)

    def duration(self, milliseconds: int) -> str:
        return self._translate(duration(milliseconds))

    def _translate(self, message: Message) -> str:
        return api.portal.translate(message)

    @property
    def report_url(self) -> str:
        return f"{self.context.absolute_url()}/@@{self.__name__}"

    def sort_url(self, key: str) -> str:
        """Return the address of the list sorted by ``key``; again: the other way."""
        reverse = self.query.sort == key and not self.query.reverse
        return f"{self.report_url}?{self._parameters(key, reverse)}"

    def aria_sort(self, key: str) -> str | None:
        if self.query.sort != key:
            return None
        return "descending" if self.query.reverse else "ascending"

    @property
    def all_url(self) -> str:
        """Where the whole list is, without a search."""
        parameters = {"tab": self.tab.name} if self.audience else {}
        return f"{self.report_url}?{urlencode(parameters)}"

    @property
    def csv_url(self) -> str:
        parameters = self._parameters(self.query.sort, self.query.reverse)
        return f"{self.context.absolute_url()}/@@who-read-this.csv?{parameters}"

    def _parameters(self, sort: str, reverse: bool) -> str:
        values = {"sort_on": sort}
        if self.audience:
            values["tab"] = self.tab.name
        if reverse:
            values["sort_order"] = "reverse"
        if self.query.search:
            values["reader"] = self.query.search
        if self.query.size != PAGE_SIZE:
            values["b_size"] = self.query.size
        return urlencode(values)


class _PageOfRows(list):
    """The rows of one page; the batch asks how many there are in all."""

    actual_result_count = 0


def number_from(text: Any, default: int, least: float, most: float) -> int:
    """Return a number of a request within bounds, the default for a strange one."""
    try:
        number = int(text)
    except (TypeError, ValueError, OverflowError):
        return default
    return int(max(least, min(number, most)))
