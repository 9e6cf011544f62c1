"""``@@my-reading``: all that is recorded about a member, for that member alone."""

from AccessControl import Unauthorized
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from plone import api
from plone.base.batch import Batch
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.batches import batch_of
from slc.clicktracker.browser.page_links import PageLink
from slc.clicktracker.browser.page_links import render_page_links
from slc.clicktracker.my_reading.part import Link
from slc.clicktracker.my_reading.part import OwnPart
from slc.clicktracker.my_reading.part import Page
from slc.clicktracker.my_reading.record import own_parts
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from tempfile import TemporaryFile
from typing import Any
from zope.i18nmessageid import Message
from ZPublisher.Iterators import filestream_iterator

import json
import os


ROWS_ON_PAGE = 25

#: Characters that need no more room than their words do, and the room for more.
_SHORT = 24
_ROOM = "; min-width: 10rem"


class OwnView(BrowserView):
    """For members, about themselves: whoever asks, and for whatever, it is about nobody
    else."""

    def __call__(self) -> Any:
        if not current_user()[0]:
            raise Unauthorized
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return self.answer()

    def answer(self) -> Any:
        """Return what is shown to a member."""
        raise NotImplementedError

    @cached_property
    def reader(self) -> Reader:
        user, folder = current_user()
        member = None if folder else api.user.get(userid=user)
        name = member.getProperty("fullname") if member is not None else ""
        return Reader(user, folder, name or "")

    @cached_property
    def parts(self) -> list[OwnPart]:
        """Raises ``StorageError``."""
        return own_parts(self.reader)


class MyReading(OwnView):
    """The page, one part at a time."""

    index = ViewPageTemplateFile("templates/my-reading.pt")
    timezone = staticmethod(timezone_name)

    def answer(self) -> str:
        return self.index()

    @property
    def url(self) -> str:
        return f"{self.context.absolute_url()}/@@{self.__name__}"

    @cached_property
    def problem(self) -> Message | None:
        """Why nothing can be said, None where something can."""
        try:
            self._page()
        except StorageError as error:
            return problem_of(error)
        return None

    @cached_property
    def part(self) -> OwnPart:
        asked = self.request.form.get("part")
        found = (part for part in self.parts if part.name == asked)
        return next(found, self.parts[0])

    def page_links(self) -> str:
        links = [
            PageLink(part.title, f"{self.url}?part={part.name}", part is self.part)
            for part in self.parts
        ]
        return render_page_links(links, _("What is recorded"), self.request)

    def _page(self) -> tuple[int, Page]:
        start = number_from(self.request.form.get("b_start"), 0, 0, LAST_START)
        rows, total = self.part.page(start, ROWS_ON_PAGE)
        if total and not rows:
            start = last_start(total, ROWS_ON_PAGE)
            rows, total = self.part.page(start, ROWS_ON_PAGE)
        self.found = start, (rows, total)
        return self.found

    @cached_property
    def batch(self) -> Batch:
        start, (rows, total) = self.found
        return batch_of(rows, total, ROWS_ON_PAGE, start)

    def is_moment(self, cell: object) -> bool:
        return isinstance(cell, datetime)

    def is_link(self, cell: object) -> bool:
        return isinstance(cell, Link)

    def text(self, cell: Message | str | None) -> str | None:
        """Return a cell in words: what somebody has typed stays as it is."""
        return api.portal.translate(cell) if isinstance(cell, Message) else cell

    def width_of(self, cell: Message | str | None) -> str:
        """Return the style of a cell. On a phone, a table scrolls rather than cut words; what
        is longer than a few words gets some room, and what has no spaces, as an address has
        none, no more than that."""
        is_long = len(self.text(cell) or "") > _SHORT
        return f"overflow-wrap: break-word; max-width: 20rem{_ROOM * is_long}"

    def localized(self, moment: datetime) -> str:
        return local_time(moment)


class MyReadingFile(OwnView):
    """The same for programs, all of it: JSON with moments in UTC.

    It is made before it is sent, in constant memory: a storage that fails midway is an
    error then, and never a part that looks like all of it.
    """

    def answer(self) -> filestream_iterator | str:
        response = self.request.response
        try:
            file = self._written()
        except StorageError as error:
            response.setStatus(503)
            response.setHeader("Content-Type", "text/plain; charset=utf-8")
            return api.portal.translate(problem_of(error))
        response.setHeader("Content-Type", "application/json")
        response.setHeader(
            "Content-Disposition", 'attachment; filename="my-reading.json"'
        )
        response.setHeader("Content-Length", str(len(file)))
        return file

    def _written(self) -> filestream_iterator:
        with TemporaryFile() as file:
            for text in self._texts():
                file.write(text.encode("utf-8", "surrogatepass"))
            file.flush()
            file.seek(0)
            return filestream_iterator(os.dup(file.fileno()))

    def _texts(self) -> Iterator[str]:
        about = {
            "site": api.portal.get().absolute_url(),
            "user": self.reader.user,
            "name": self.reader.name,
            "at": utc_now(),
        }
        yield f'{{"about": {_json(about)}'
        for part in self.parts:
            told = {"says": part.says, "kept": part.kept}
            head = {name: api.portal.translate(said) for name, said in told.items()}
            yield f',\n{_json(part.name)}: {{"about": {_json(head)}, "rows": ['
            separator = "\n"
            for row in part.data():
                yield separator + _json(row)
                separator = ",\n"
            yield "\n]}"
        yield "}\n"


def _plain(value: object) -> str:
    """Return a moment as text. Raises ``TypeError`` for what JSON can't have."""
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value))


#: Returns a value as JSON.
_json = json.JSONEncoder(ensure_ascii=False, default=_plain).encode
