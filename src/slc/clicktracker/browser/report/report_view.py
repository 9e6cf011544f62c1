"""What all views share that tell who has read content."""

from AccessControl import Unauthorized
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.editors import editors_among
from slc.clicktracker.audience.members import Members
from slc.clicktracker.reports.readers import knows_evidence
from slc.clicktracker.reports.readers import Place
from slc.clicktracker.reports.reported import Figures
from slc.clicktracker.reports.reported import has_figures
from slc.clicktracker.reports.reported import NOT_REPORTED
from slc.clicktracker.reports.tabs import what_counts
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.choice import sends_away
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import duration
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import viewer_timezone
from typing import Any
from urllib.parse import urlencode
from zope.i18nmessageid import Message


#: What the list was that led to a page about one of its rows: the query of its address.
BACK = "back"


class ReportView(BrowserView):
    """A page about the readers of content, for those who may know of them."""

    _time = ViewPageTemplateFile("templates/time.pt")

    #: The name of the report; what belongs to it has an ending: ".csv", "-reader".
    report = "who-read-this"

    def __call__(self) -> str:
        self.refuse_what_is_hidden()
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return self.index()

    def refuse_what_is_hidden(self) -> None:
        """Readers are shown of what the viewer may see himself, of nothing else."""
        if not api.user.has_permission("View", obj=self.context):
            raise Unauthorized

    @cached_property
    def knows_evidence(self) -> bool:
        return knows_evidence()

    @cached_property
    def place(self) -> Place:
        return Place(self.context)

    @property
    def subject(self) -> dict[str, str]:
        """What says in a request whose readers are asked for, besides its path."""
        return {}

    def address_of(self, ending: str = "", **parameters: Any) -> str:
        """Return where the report is, or what belongs to it."""
        query = urlencode(self.subject | parameters)
        address = f"{self.context.absolute_url()}/@@{self.report}{ending}"
        return f"{address}?{query}" if query else address

    @cached_property
    def audience(self) -> Audience | None:
        """Who is expected to read this, None for a folder: each item in it has its
        own audience. Nor is anybody expected to read what sends readers away."""
        if not (self.knows_evidence and self.place.is_single):
            return None
        if sends_away(self.context):
            return None
        return audience_of(self.context, self._members)

    @cached_property
    def left_out(self) -> tuple[Reader, ...]:
        """Who is listed, but not counted as a reader: whoever works on it."""
        if self.place.content is None:
            return ()
        audience = self.audience or audience_of(self.context, self._members)
        contents = map(
            self.place.content_of, (self.place.uid, *self.place.translations)
        )
        there = (content for content in contents if content is not None)
        return editors_among(there, self._members, audience.members)

    @cached_property
    def _members(self) -> Members:
        return Members()

    @cached_property
    def current(self) -> tuple[str, ...]:
        """The texts that count as the current one, none for a folder."""
        return self.place.standing.current if self.audience else ()

    @property
    def notices(self) -> Iterable[Message]:
        """What has to be known to understand the page."""
        return ()

    @property
    def what_counts(self) -> Message:
        """What somebody has read who is listed as having read a single document."""
        return what_counts(self.current)

    @cached_property
    def timezone(self) -> Any:
        return viewer_timezone()

    def time(self, moment: datetime | None) -> str:
        # Without the end of the template's last line, as a comma may follow.
        return self._time(moment=moment).strip()

    def localized(self, moment: datetime | None) -> str:
        """Return a moment in the viewer's time zone and language."""
        if moment is None:
            return self._translate(_("not known"))
        return local_time(moment)

    def number(self, number: int) -> str:
        return localized_number(number)

    def duration(self, milliseconds: int) -> str:
        return self._translate(duration(milliseconds))

    def has_figures(self, read: Figures) -> bool:
        return has_figures(read)

    def time_read(self, read: Figures) -> str:
        if not has_figures(read):
            return self._translate(NOT_REPORTED)
        return self.duration(read.engaged)

    def _translate(self, message: Message) -> str:
        return api.portal.translate(message)
