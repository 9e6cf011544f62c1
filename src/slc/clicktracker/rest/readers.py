"""``@readers``: a list of the report of content, and what is known of one of them."""

from collections.abc import Iterable
from collections.abc import Iterator
from functools import cached_property
from plone.restapi.batching import DEFAULT_BATCH_SIZE
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import LEVELS_ASKED
from slc.clicktracker.reports.asked import REVERSED
from slc.clicktracker.reports.columns import Column
from slc.clicktracker.reports.columns import columns_of
from slc.clicktracker.reports.columns import sorted_by
from slc.clicktracker.reports.head import head_of
from slc.clicktracker.reports.head import NO_EVIDENCE_FACT
from slc.clicktracker.reports.place import Place
from slc.clicktracker.reports.problems import NEEDS_REASON
from slc.clicktracker.reports.reader_history import HistoryOfReader
from slc.clicktracker.reports.reader_history import VERSIONS_FROM
from slc.clicktracker.reports.reader_list import ReaderList
from slc.clicktracker.reports.reader_rows import ReaderRow
from slc.clicktracker.reports.report import Report
from slc.clicktracker.reports.report import report_of
from slc.clicktracker.reports.tabs import MISSING
from slc.clicktracker.reports.tabs import TABS
from slc.clicktracker.rest.around_readers import AroundReaders
from slc.clicktracker.rest.below import address_below
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
from urllib.parse import parse_qsl
from urllib.parse import urlencode
from zExceptions import NotFound


class GetReaders(Below, ListService):
    """Answers with a page of a list: ``items`` have a value for each of the ``columns``,
    as in the file of the same list; ``about`` is what it is of, ``lists`` what others there
    are, ``answer`` how far the people are who are expected; what else stands around the
    list is that of ``AroundReaders``.

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
        return self.history(self.asked_for) if self.path else self.listed()

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
        versions = self._pages_of_versions(told)
        return {**page, **OneReader(told, self.words).said, **versions}

    def _pages_of_versions(self, told: HistoryOfReader) -> dict[str, Any]:
        """Return where the other versions are, if there are any."""
        total, start = len(told.history.versions), told.versions_start
        if total <= self.size:
            return {}
        last = last_start(total, self.size)
        starts = {"first": 0, "last": last}
        if start > 0:
            starts["prev"] = max(start - self.size, 0)
        if start < last:
            starts["next"] = start + self.size
        return {
            "versions_batching": {
                name: self._with_versions_from(number)
                for name, number in starts.items()
            }
        }

    def _with_versions_from(self, number: int) -> str:
        asked = dict(parse_qsl(self.request.get("QUERY_STRING", "")))
        query = urlencode({**asked, VERSIONS_FROM: number})
        return f"{address_below(self.url, self.asked_for)}?{query}"

    def listed(self) -> dict[str, Any]:
        """Return a page of the readers."""
        readers = self.readers
        asked = readers.asked
        days = {"since": asked.since.problem, "until": asked.until.problem}
        if wrong := {name: problem for name, problem in days.items() if problem}:
            return self.not_understood(wrong)
        columns = columns_of(readers.tab, readers.report.knows_evidence)
        page, _figures = readers.ask()
        filters = tuple(sorted(readers.narrowed_by.items()))
        self._note_opening(READERS, readers.people, filters=filters)
        around = AroundReaders(readers, self.words, self.report_url, self.subject)
        return {
            **self.page(page.total, readers.start),
            "about": self.facts((*head_of(readers), NO_EVIDENCE_FACT)),
            "lists": self._lists,
            **around.said,
            "columns": self._columns(columns),
            "items": list(self._items(columns)),
        }

    @property
    def report_url(self) -> str:
        """Where Plone has the report."""
        return f"{self.context.absolute_url()}/@@who-read-this"

    @property
    def subject(self) -> dict[str, str]:
        """What says there whose readers are asked for, besides its path."""
        return {}

    def _columns(self, columns: Iterable[Column]) -> list[dict[str, str | None]]:
        """Return the columns, with what the list is sorted by in their order."""
        tab = self.readers.tab
        keys = {by.name: key for key in SORT_KEYS if (by := sorted_by(tab, key))}
        return [
            {**each, "sort_on": keys.get(each["name"])}
            for each in self.columns(columns)
        ]

    def _items(self, columns: Iterable[Column]) -> Iterator[dict[str, Any]]:
        """Yield the entries; of readings also where all is that is known of the reader,
        and whether that is the current version, or counts as that."""
        rows = self.readers.rows(self.timezone)
        items = self.items(columns, rows)
        if not self.readers.narrows:
            yield from items
            return
        for row, item in zip(rows, items, strict=True):
            is_current = not (row.behind or row.unknown)
            yield {"@id": self._history_of(row), **item, "is_current": is_current}

    def _history_of(self, row: ReaderRow) -> str | None:
        """Anonymous visitors are many."""
        if not row.user:
            return None
        asked = {"folder": row.folder, "generation": row.generation}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{address_below(self.url, row.user)}?{query}"

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
