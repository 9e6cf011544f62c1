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
from slc.clicktracker.browser.times import local_time
from slc.clicktracker.readers import Place
from slc.clicktracker.readers import readings_of
from slc.clicktracker.readers import WholeFolderOnly
from slc.clicktracker.site_storage import is_recording
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import StorageNotSetUp
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
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


@dataclass(frozen=True)
class ReaderRow:
    """One line of the report: texts for the screen, times for machines beside them."""

    name: str
    user: str
    note: str
    count: int
    cached: int
    first: datetime | None
    last: datetime
    title: str
    url: str
    href: str | None


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

    def __call__(self) -> str:
        self.refuse_what_is_hidden()
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return self.index()

    def refuse_what_is_hidden(self) -> None:
        """Readers are shown of what the viewer may see himself, of nothing else."""
        if not api.user.has_permission("View", obj=self.context):
            raise Unauthorized

    columns = (
        Column("name", _("Reader")),
        Column("count", _("Times opened")),
        Column("first", _("First opened"), _WIDE),
        Column("last", _("Last opened")),
        Column("url", _("Page"), _WIDE),
    )

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
            start=_number(form.get("b_start"), 0, 0, LAST_START),
            size=_number(form.get("b_size"), PAGE_SIZE, 1, LARGEST_PAGE),
        )

    @cached_property
    def page(self) -> ReadingPage | None:
        """The readings, or None where ``problem`` says why they can't be shown."""
        if not is_recording():
            self._problem = _(
                "Recording is switched off for this instance (CLICKTRACKER_DSN=off), so "
                "what was recorded can't be shown here."
            )
            return None
        try:
            page = readings_of(self.place, self.query)
            if page.total and not page.rows:
                self.query = replace(self.query, start=self._last_start(page.total))
                page = readings_of(self.place, self.query)
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

    @property
    def rows(self) -> list[ReaderRow]:
        return [self._row(reading) for reading in self.page.rows]

    @cached_property
    def batch(self) -> Batch:
        rows = _PageOfRows(self.rows)
        rows.actual_result_count = self.page.total
        return Batch(rows, self.query.size, self.query.start)

    def _row(self, reading: Reading) -> ReaderRow:
        reader, document = reading.reader, reading.document
        brain = self.place.documents.get(document.uid)
        name, note = self._name(reading)
        return ReaderRow(
            name=name,
            user=reader.user,
            note=note,
            count=reading.count,
            cached=reading.cached if reader.user else 0,
            first=reading.first and reading.first.astimezone(self.timezone),
            last=reading.last.astimezone(self.timezone),
            title=brain.Title if brain is not None else document.title,
            url=reading.url,
            href=brain.getURL() + self._view(brain) if brain is not None else None,
        )

    def _name(self, reading: Reading) -> tuple[str, str]:
        reader = reading.reader
        if not reader.user:
            return self._translate(_("Anonymous visitors")), ""
        if reading.former:
            return reader.user, self._translate(_("no longer a member"))
        if not self._is_known(reader):
            return reader.user, self._translate(_("not found among the members now"))
        return reader.name or reader.user, ""

    def _is_known(self, reader: Reader) -> bool:
        """Names of those whom the site doesn't know now are not shown, ids are."""
        who = reader.folder, reader.user
        if who not in self._known:
            self._known[who] = self._has_account(reader)
        return self._known[who]

    @cached_property
    def _known(self) -> dict[tuple[str, str], bool]:
        return {}

    def _has_account(self, reader: Reader) -> bool:
        if not reader.folder:
            return api.user.get(userid=reader.user) is not None
        folder = self.context.unrestrictedTraverse(reader.folder, None)
        return folder is not None and folder.getUserById(reader.user) is not None

    def _view(self, brain: Any) -> str:
        types = api.portal.get_registry_record(
            "plone.types_use_view_action_in_listings", default=()
        )
        return "/view" if brain.portal_type in types else ""

    @cached_property
    def timezone(self) -> Any:
        return default_timezone(as_tzinfo=True)

    def page_link(self, row: ReaderRow) -> str:
        return self._page_link(row=row)

    def time(self, moment: datetime | None) -> str:
        return self._time(moment=moment)

    def localized(self, moment: datetime | None) -> str:
        """Return a moment in the viewer's time zone and language."""
        if moment is None:
            return self._translate(_("not known"))
        return local_time(moment)

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
    def csv_url(self) -> str:
        parameters = self._parameters(self.query.sort, self.query.reverse)
        return f"{self.context.absolute_url()}/@@who-read-this.csv?{parameters}"

    def _parameters(self, sort: str, reverse: bool) -> str:
        values = {"sort_on": sort}
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


def _number(text: Any, default: int, least: float, most: float) -> int:
    try:
        number = int(text)
    except (TypeError, ValueError, OverflowError):
        return default
    return int(max(least, min(number, most)))
