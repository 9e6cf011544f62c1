"""What services say about the caller alone: ``@my-reading-list``, ``@my-deadlines`` and
``@my-reading``."""

from AccessControl import Unauthorized
from datetime import datetime
from slc.clicktracker.own.part import Cell
from slc.clicktracker.own.part import Link
from slc.clicktracker.own.part import OwnPart
from slc.clicktracker.own.record import own_parts
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.own_deadlines import own_deadlines
from slc.clicktracker.reports.own_documents import OwnDocument
from slc.clicktracker.reports.reading_list import reading_list
from slc.clicktracker.rest.below import Below
from slc.clicktracker.rest.lists import ListService
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.rules import is_logged_in
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.words.addresses import view_url
from slc.clicktracker.words.deadlines import deadline_text
from typing import Any
from zExceptions import NotFound
from zope.i18nmessageid import Message


class OwnService(ListService):
    """For members, about themselves: nobody else can be asked for. ``older_version`` is the
    label of what they have read, where it has changed since, None where it has not."""

    def answer(self) -> dict[str, Any]:
        if not is_logged_in():
            raise Unauthorized
        return self.about(Reader(*current_user()))

    def about(self, reader: Reader) -> dict[str, Any]:
        raise NotImplementedError

    def listed(self, documents: tuple[OwnDocument, ...]) -> dict[str, Any]:
        """Return a page of documents."""
        start = self.start_of(len(documents))
        return {
            **self.page(len(documents), start),
            "items": [
                self._told(each) for each in documents[start : start + self.size]
            ],
        }

    def _told(self, own: OwnDocument) -> dict[str, Any]:
        deadline, reading = own.deadline, own.reading
        asked_for = level_of(own.level)
        known = level_of(reading.level) if reading else None
        return {
            "@id": view_url(own.document.brain),
            "uid": own.document.uid,
            "title": own.document.item.title,
            "asked_for": asked_for.name,
            "asked_for_title": self.translated(asked_for.title),
            "deadline": deadline and self._moment(deadline.moment),
            "deadline_text": deadline and deadline_text(deadline),
            "meeting": deadline and deadline.meeting and deadline.meeting.isoformat(),
            "is_overdue": own.is_overdue(utc_now()),
            "is_done": own.is_done,
            "level": known and known.name,
            "level_title": known and self.translated(known.title),
            "last": reading and self._moment(reading.last),
            "older_version": own.older and own.older.label,
        }

    def _moment(self, moment: Any) -> str:
        return moment.astimezone(self.timezone).isoformat()


class GetMyReadingList(OwnService):
    """Answers with what the caller still has to read, the soonest first; with ``list=done``,
    with what is done. ``lists`` says how many there are of both."""

    choices = {"list": ("to-read", "done")}

    def about(self, reader: Reader) -> dict[str, Any]:
        found = reading_list(reader)
        is_of_done = self.request.form.get("list") == "done"
        return {
            "lists": {"to-read": len(found.to_read), "done": len(found.done)},
            **self.listed(found.done if is_of_done else found.to_read),
        }


class GetMyDeadlines(OwnService):
    """Answers with the documents that the caller is to read by a deadline, the soonest
    first: what is in their calendar."""

    def about(self, reader: Reader) -> dict[str, Any]:
        return self.listed(own_deadlines(reader, utc_now()))


class GetMyReading(Below, OwnService):
    """Answers with the kinds of what is recorded about the caller; behind the name of the
    service, with the name of a kind, with a page of it."""

    def about(self, reader: Reader) -> dict[str, Any]:
        parts = own_parts(reader)
        if not self.path:
            return {"@id": self.url, "items": [self._said(part) for part in parts]}
        (name, *rest) = self.path
        part = next((each for each in parts if each.name == name), None)
        if part is None or rest:
            raise NotFound(name)
        return {**self._said(part), **self._rows(part)}

    def _said(self, part: OwnPart) -> dict[str, Any]:
        return {
            "@id": f"{self.url}/{part.name}",
            "name": part.name,
            "title": self.translated(part.title),
            "says": self.translated(part.says),
            "kept": self.translated(part.kept),
            "columns": list(map(self.translated, part.columns)),
        }

    def _rows(self, part: OwnPart) -> dict[str, Any]:
        start = number_from(self.request.form.get("b_start"), 0, 0, LAST_START)
        rows, total = part.page(start, self.size)
        if total and not rows:
            start = last_start(total, self.size)
            rows, total = part.page(start, self.size)
        return {
            **self.page(total, start),
            "items": [[self._cell(cell) for cell in row] for row in rows],
        }

    def _cell(self, cell: Cell) -> Any:
        """Return a cell as JSON has it: content as its title and address."""
        match cell:
            case Link():
                return {"@id": cell.url, "title": cell.text}
            case datetime():
                return self._moment(cell)
            case Message():
                return self.translated(cell)
        return cell
