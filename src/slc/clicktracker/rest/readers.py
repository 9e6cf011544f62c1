"""``@readers``: a list of the report of content."""

from functools import cached_property
from plone.restapi.batching import DEFAULT_BATCH_SIZE
from slc.clicktracker.exports.json_document import value_of
from slc.clicktracker.reports.answer import Answer
from slc.clicktracker.reports.columns import columns_of
from slc.clicktracker.reports.head import Fact
from slc.clicktracker.reports.head import head_of
from slc.clicktracker.reports.head import NO_EVIDENCE_FACT
from slc.clicktracker.reports.problems import NEEDS_REASON
from slc.clicktracker.reports.reader_list import ReaderList
from slc.clicktracker.reports.readers import Place
from slc.clicktracker.reports.report import report_of
from slc.clicktracker.rest.pages import Pages
from slc.clicktracker.rest.service import ReportService
from slc.clicktracker.sites.openings import NamedList
from slc.clicktracker.sites.openings import note_opening
from slc.clicktracker.sites.openings import READERS
from slc.clicktracker.sites.openings import REST
from slc.clicktracker.sites.reasons import asks_for_reason
from typing import Any


class GetReaders(ReportService):
    """Answers with a page of a list: ``items`` have a value for each of the ``columns``,
    as in the file of the same list; ``about`` is what it is of, ``lists`` what others there
    are, ``answer`` how far the people are who are expected.

    Parameters are those of the screen: ``tab``, ``reader``, ``level``, ``since``,
    ``until``, ``sort_on``, ``sort_order``, ``b_start``, ``b_size``.
    """

    def answer(self) -> dict[str, Any]:
        if asks_for_reason():
            return self.refused(403, "Forbidden", NEEDS_REASON)
        readers = self.readers
        asked = readers.asked
        problem = asked.since.problem or asked.until.problem
        if problem:
            return self.refused(400, "BadRequest", problem)
        columns = columns_of(readers.tab, readers.report.knows_evidence)
        page, figures = readers.ask()
        self._note_opening()
        pages = Pages(self.request, page.total, readers.start, readers.size)
        return {
            **pages.described,
            "about": self._facts(*head_of(readers), NO_EVIDENCE_FACT),
            "lists": self._lists,
            "answer": self._answer(figures.answer),
            "columns": [
                {"name": each.name, "title": self.translated(each.title)}
                for each in columns
            ],
            "items": [
                {each.name: value_of(each.value(row), self.words) for each in columns}
                for row in readers.rows(self.timezone)
            ],
        }

    def _note_opening(self) -> None:
        place, asked = self.readers.report.place, self.readers.narrowed_by
        listed = NamedList(
            READERS, place.uid, place.path, tuple(sorted(asked.items())), as_file=REST
        )
        note_opening(listed, self.readers.people, self.request)

    @cached_property
    def readers(self) -> ReaderList:
        report = report_of(Place(self.context))
        asked = {"b_size": DEFAULT_BATCH_SIZE, **self.request.form}
        return ReaderList.of(report, asked, self.timezone)

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
            "older": answer.older.number,
            "absent": answer.absent.number,
            "others": answer.others,
            "reached": answer.reached._asdict(),
            "sentences": list(map(self.translated, answer.sentences)),
        }

    def _facts(self, *facts: Fact) -> dict[str, Any]:
        return {each.name: value_of(each.value, self.words) for each in facts}
