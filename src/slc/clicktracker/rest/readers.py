"""``@readers``: a list of the report of content, and what is known of one of them."""

from functools import cached_property
from plone.restapi.batching import DEFAULT_BATCH_SIZE
from slc.clicktracker.reports.answer import Answer
from slc.clicktracker.reports.asked import LEVELS_ASKED
from slc.clicktracker.reports.asked import REVERSED
from slc.clicktracker.reports.columns import columns_of
from slc.clicktracker.reports.head import head_of
from slc.clicktracker.reports.head import NO_EVIDENCE_FACT
from slc.clicktracker.reports.problems import NEEDS_REASON
from slc.clicktracker.reports.reader_history import HistoryOfReader
from slc.clicktracker.reports.reader_list import ReaderList
from slc.clicktracker.reports.readers import Place
from slc.clicktracker.reports.report import Report
from slc.clicktracker.reports.report import report_of
from slc.clicktracker.reports.tabs import MISSING
from slc.clicktracker.reports.tabs import TABS
from slc.clicktracker.rest.below import Below
from slc.clicktracker.rest.lists import ListService
from slc.clicktracker.rest.one_reader import OneReader
from slc.clicktracker.sites.openings import NamedList
from slc.clicktracker.sites.openings import note_opening
from slc.clicktracker.sites.openings import READER
from slc.clicktracker.sites.openings import READERS
from slc.clicktracker.sites.openings import REST
from slc.clicktracker.sites.reasons import asks_for_reason
from slc.clicktracker.storage.model import SORT_KEYS
from typing import Any
from zExceptions import NotFound


class GetReaders(Below, ListService):
    """Answers with a page of a list: ``items`` have a value for each of the ``columns``,
    as in the file of the same list; ``about`` is what it is of, ``lists`` what others there
    are, ``answer`` how far the people are who are expected.

    Parameters are those of the screen: ``tab``, ``reader``, ``level``, ``since``,
    ``until``, ``missing``, ``sort_on``, ``sort_order``, ``b_start``, ``b_size``. With the id
    of a user behind it, it answers with what is known of that one, with ``folder`` and
    ``generation`` of the account, ``versions``, ``b_start`` and ``b_size``.
    """

    choices = {
        "tab": (*(tab.name for tab in TABS), MISSING),
        "level": tuple(level.name for level in LEVELS_ASKED),
        "sort_on": SORT_KEYS,
        "sort_order": ("ascending", *REVERSED),
    }

    def answer(self) -> dict[str, Any]:
        if asks_for_reason():
            return self.refused(403, "Forbidden", NEEDS_REASON)
        if len(self.path) > 1:
            raise NotFound(self.path[-1])
        return self.history(self.path[0]) if self.path else self.listed()

    @cached_property
    def report(self) -> Report:
        """What is told of. Raises ``StorageError``."""
        return report_of(Place(self.context))

    def history(self, user: str) -> dict[str, Any]:
        """Return what is known of one reader."""
        told = HistoryOfReader(
            self.report, {**self.request.form, "reader": user}, self.size
        )
        if told.problem is not None:
            return self.refused(404, "NothingKnown", told.problem)
        if told.ask() is None:
            raise NotFound(user)
        self._note_opening(READER, 1, person=told.reader)
        page = self.page(told.history.total, told.query.start)
        return {**page, **OneReader(told, self.words).said}

    def listed(self) -> dict[str, Any]:
        """Return a page of the readers."""
        readers = self.readers
        asked = readers.asked
        days = {"since": asked.since.problem, "until": asked.until.problem}
        if wrong := {name: problem for name, problem in days.items() if problem}:
            return self.not_understood(wrong)
        columns = columns_of(readers.tab, readers.report.knows_evidence)
        page, figures = readers.ask()
        filters = tuple(sorted(readers.narrowed_by.items()))
        self._note_opening(READERS, readers.people, filters=filters)
        return {
            **self.page(page.total, readers.start),
            "about": self.facts((*head_of(readers), NO_EVIDENCE_FACT)),
            "lists": self._lists,
            "answer": self._answer(figures.answer),
            "columns": self.columns(columns),
            "items": self.items(columns, readers.rows(self.timezone)),
        }

    def _note_opening(self, what: str, people: int, **more: Any) -> None:
        place = self.report.place
        listed = NamedList(what, place.uid, place.path, as_file=REST, **more)
        note_opening(listed, people, self.request)

    @cached_property
    def readers(self) -> ReaderList:
        asked = {"b_size": DEFAULT_BATCH_SIZE, **self.request.form}
        return ReaderList.of(self.report, asked, self.timezone)

    @property
    def _lists(self) -> list[dict[str, Any]]:
        return [
            {
                "@id": f"{self.url}?tab={tab.name}",
                "name": tab.name,
                "title": self.translated(tab.title),
                "people": people,
            }
            for tab, people in self.readers.figures.totals.items()
        ]

    def _answer(self, answer: Answer | None) -> dict[str, Any] | None:
        if answer is None:
            return None
        return {
            "expected": answer.expected,
            "read": answer.opened,
            "evidence_asked_for": answer.asks_for.name,
            "as_far_as_asked": answer.met,
            "older": answer.older.number,
            "absent": answer.absent.number,
            "others": answer.others,
            "reached": answer.reached._asdict(),
            "sentences": list(map(self.translated, answer.sentences)),
        }
