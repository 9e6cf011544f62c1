"""What all views share that tell who has read content."""

from AccessControl import Unauthorized
from collections.abc import Callable
from collections.abc import Iterable
from datetime import date
from datetime import datetime
from functools import cache
from functools import cached_property
from html import escape
from plone import api
from Products.Five.browser import BrowserView
from slc.clicktracker import _
from slc.clicktracker.browser.names_shown import NamesShown
from slc.clicktracker.browser.shorter_address import shorter_address
from slc.clicktracker.exports.words import Words
from slc.clicktracker.reports.place import Place
from slc.clicktracker.reports.report import Report
from slc.clicktracker.reports.report import report_of
from slc.clicktracker.reports.reported import Figures
from slc.clicktracker.reports.reported import has_figures
from slc.clicktracker.reports.reported import how_far
from slc.clicktracker.reports.reported import MarkWords
from slc.clicktracker.reports.reported import NOT_REPORTED
from slc.clicktracker.reports.reported import said_of
from slc.clicktracker.words.localized_times import LocalizedDays
from slc.clicktracker.words.localized_times import LocalizedTimes
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import duration
from slc.clicktracker.words.times import local_day
from slc.clicktracker.words.times import viewer_timezone
from typing import Any
from urllib.parse import urlencode
from zope.i18nmessageid import Message


#: What the list was that led to a page about one of its rows: the query of its address.
BACK = "back"


class ReportView(NamesShown, BrowserView):
    """A page about the readers of content, for those who may know of them."""

    #: The name of the report; what belongs to it has an ending: ".csv", "-reader".
    view_name = "who-read-this"

    def __call__(self) -> str:
        self.refuse_what_is_hidden()
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.asks_reason:
            return self.reason_page()
        page = self.index()
        self.note_opening()
        return page

    def note_opening(self) -> None:
        """Record that the names on the page were opened, if there are any."""
        raise NotImplementedError

    def refuse_what_is_hidden(self) -> None:
        """Readers are shown of what the viewer may see himself, of nothing else."""
        if not api.user.has_permission("View", obj=self.context):
            raise Unauthorized

    def is_sent_on(self) -> bool:
        """Send whoever has come by an address with empty fields to a shorter one."""
        self.refuse_what_is_hidden()
        address = shorter_address(self.request, self.url)
        if address:
            self.request.response.redirect(address)
        return bool(address)

    @property
    def url(self) -> str:
        """Where this page is."""
        return f"{self.context.absolute_url()}/@@{self.__name__}"

    @cached_property
    def place(self) -> Place:
        return Place(self.context)

    @cached_property
    def report(self) -> Report:
        """What is known of the readers. Raises ``StorageError``."""
        return report_of(self.place)

    @property
    def uid_of_names(self) -> str:
        return self.place.uid

    @property
    def path_of_names(self) -> str:
        return self.place.path

    @property
    def subject(self) -> dict[str, str]:
        """What says in a request whose readers are asked for, besides its path."""
        return {}

    def address_of(self, ending: str = "", **parameters: Any) -> str:
        """Return where the report is, or what belongs to it."""
        query = urlencode(self.subject | parameters)
        address = f"{self.context.absolute_url()}/@@{self.view_name}{ending}"
        return f"{address}?{query}" if query else address

    @property
    def notices(self) -> Iterable[Message]:
        """What has to be known to understand the page."""
        return ()

    @cached_property
    def timezone(self) -> Any:
        return viewer_timezone()

    def time(self, moment: datetime | None) -> str:
        text = escape(self.localized(moment))
        if moment is None:
            return f"<time>{text}</time>"
        return f'<time datetime="{moment.isoformat()}">{text}</time>'

    def short_time(self, moment: datetime) -> str:
        """Return the day of a moment, with the exact time for who points at it."""
        local = moment.astimezone(self.timezone)
        day = self._day_of(local.date())
        exact = escape(self.localized(moment))
        return f'<time datetime="{moment.isoformat()}" title="{exact}">{day}</time>'

    def day(self, day: date) -> str:
        return local_day(day)

    @cached_property
    def _day_of(self) -> Callable[[date], str]:
        """Returns a day in the viewer's language, each of which is written once."""
        days = LocalizedDays()
        return cache(lambda day: escape(days.text(day)))

    def localized(self, moment: datetime | None) -> str:
        """Return a moment in the viewer's time zone and language."""
        if moment is None:
            return self._translate(_("not known"))
        return self._times.text(moment)

    @cached_property
    def _times(self) -> LocalizedTimes:
        return LocalizedTimes()

    def number(self, number: int) -> str:
        return localized_number(number)

    def duration(self, milliseconds: int) -> str:
        return self.translated(duration(milliseconds))

    @cached_property
    def translated(self) -> Callable[[Message], str]:
        """Returns a message in the viewer's language, which is looked up once."""
        return self._words.translate

    @cached_property
    def _words(self) -> Words:
        return Words(self._translate, self.timezone)

    def has_figures(self, read: Figures) -> bool:
        return has_figures(read)

    def how_far(self, read: Figures) -> Message:
        return how_far(read)

    def said_of(self, read: Figures) -> list[MarkWords]:
        return said_of(read)

    def time_read(self, read: Figures) -> str:
        if not has_figures(read):
            return self.translated(NOT_REPORTED)
        return self.duration(read.engaged)

    def _translate(self, message: Message) -> str:
        return api.portal.translate(message)
