"""What services say about the caller alone: ``@my-reading-list``, ``@my-deadlines`` and
``@my-reading``."""

from AccessControl import Unauthorized
from datetime import datetime
from slc.clicktracker import _
from slc.clicktracker.my_reading.part import Cell
from slc.clicktracker.my_reading.part import Link
from slc.clicktracker.my_reading.part import OwnPart
from slc.clicktracker.my_reading.record import own_parts
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.own_deadlines import own_deadlines
from slc.clicktracker.reports.own_documents import OwnDocument
from slc.clicktracker.reports.own_lists import own_list
from slc.clicktracker.reports.own_lists import OWN_LISTS
from slc.clicktracker.reports.own_lists import TO_READ
from slc.clicktracker.reports.own_states import OwnState
from slc.clicktracker.reports.own_states import states_of
from slc.clicktracker.reports.reading_list import reading_list
from slc.clicktracker.rest.below import Below
from slc.clicktracker.rest.change import ChangeService
from slc.clicktracker.rest.lists import ListService
from slc.clicktracker.rest.sent import sent_to
from slc.clicktracker.sites.own_calendar import OwnCalendar
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.rules import is_logged_in
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.words.addresses import view_url
from slc.clicktracker.words.deadlines import deadline_text
from slc.clicktracker.words.times import timezone_name
from typing import Any
from zExceptions import NotFound
from zope.i18nmessageid import Message


_DOCUMENT = _("Document")
_BY_WHEN = _("By when")


class OwnService(ListService):
    """For members, about themselves: nobody else can be asked for. ``older_version`` is the
    label of what they have read, where it has changed since, None where it has not."""

    def answer(self) -> dict[str, Any]:
        if not is_logged_in():
            raise Unauthorized
        return self.about(Reader(*current_user()))

    def about(self, reader: Reader) -> dict[str, Any]:
        raise NotImplementedError

    def listed(
        self, documents: tuple[OwnDocument, ...], evidence: Message
    ) -> dict[str, Any]:
        """Return a page of documents, with what the column of the evidence is called."""
        start = self.start_of(len(documents))
        columns = {"title": _DOCUMENT, "deadline": _BY_WHEN, "evidence": evidence}
        return {
            **self.page(len(documents), start),
            "columns": [
                {"name": name, "title": self.translated(title)}
                for name, title in columns.items()
            ],
            "timezone": timezone_name(),
            "items": [
                self._told(each) for each in documents[start : start + self.size]
            ],
        }

    def _told(self, own: OwnDocument) -> dict[str, Any]:
        deadline, reading, now = own.deadline, own.reading, utc_now()
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
            "is_overdue": own.is_overdue(now),
            "is_done": own.is_done,
            "level": known and known.name,
            "level_title": known and self.translated(known.title),
            "last": reading and self._moment(reading.last),
            "evidence": self.translated(own.evidence.title),
            "since": own.known_since and self._moment(own.known_since),
            "older_version": own.older and own.older.label,
            "changes": own.changes,
            "states": [self._state(each) for each in states_of(own, now)],
        }

    def _state(self, state: OwnState) -> dict[str, Any]:
        return {
            "name": state.name,
            "title": self.translated(state.title),
            "says": state.says and self.translated(state.says),
        }

    def _moment(self, moment: Any) -> str:
        return moment.astimezone(self.timezone).isoformat()


class GetMyReadingList(OwnService):
    """Answers with what the caller still has to read, the soonest first; with ``list=done``,
    with what is done. ``lists`` says how many there are of both."""

    choices = {"list": tuple(each.name for each in OWN_LISTS)}

    def about(self, reader: Reader) -> dict[str, Any]:
        found = reading_list(reader)
        chosen = own_list(self.request.form.get("list"))
        documents = chosen.of(found)
        says = chosen.says if documents else chosen.empty
        return {
            **self.listed(documents, chosen.evidence),
            "says": says and self.translated(says),
            "list": chosen.name,
            "lists": [
                {
                    "@id": f"{self.url}?list={each.name}",
                    "name": each.name,
                    "title": self.translated(each.title),
                    "documents": len(each.of(found)),
                }
                for each in OWN_LISTS
            ],
        }


class GetMyDeadlines(OwnService):
    """Answers with the documents that the caller is to read by a deadline, the soonest
    first: what is in their calendar. ``calendar`` is where it finds them; that
    ``private_address`` is a secret of the caller, None where there is none."""

    def about(self, reader: Reader) -> dict[str, Any]:
        calendar = OwnCalendar()
        return {
            **self.listed(own_deadlines(reader, utc_now()), TO_READ.evidence),
            "calendar": {
                "file": calendar.file,
                "is_offered": calendar.is_offered,
                "private_address": calendar.private_address or None,
            },
        }


class ChangeMyDeadlines(ChangeService, GetMyDeadlines):
    """With POST, gives the caller another private address; with DELETE, takes it back."""

    def about(self, reader: Reader) -> dict[str, Any]:
        sent_to(self.request, ())
        calendar = OwnCalendar()
        is_made = self.request.method == "POST"
        done = calendar.make() if is_made else calendar.withdraw()
        return self.said(done, super().about(reader))


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
            "explained": [
                {"title": self.translated(title), "says": self.translated(says)}
                for title, says in part.explained
            ],
        }

    def _rows(self, part: OwnPart) -> dict[str, Any]:
        start = number_from(self.request.form.get("b_start"), 0, 0, LAST_START)
        rows, total = part.page(start, self.size)
        if total and not rows:
            start = last_start(total, self.size)
            rows, total = part.page(start, self.size)
        return {
            **self.page(total, start),
            "timezone": timezone_name(),
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
