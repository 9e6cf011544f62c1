"""Services that answer with a list, as values under columns."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from plone.restapi.batching import DEFAULT_BATCH_SIZE
from slc.clicktracker import _
from slc.clicktracker.exports.json_document import value_of
from slc.clicktracker.reports.asked import LARGEST_PAGE
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.columns import Cell
from slc.clicktracker.reports.columns import Column
from slc.clicktracker.reports.head import Fact
from slc.clicktracker.rest.pages import Pages
from slc.clicktracker.rest.service import ReportService
from typing import Any
from zope.i18nmessageid import Message


_NUMBERS = ("b_start", "b_size")

#: Python refuses to read numbers of thousands of digits.
_LONGEST_NUMBER = 18


class ListService(ReportService):
    """A list that comes in pages, as plone.restapi's do.

    Software means what it sends: what a screen takes for the usual is refused here.
    """

    usual_size = DEFAULT_BATCH_SIZE

    #: The names that parameters can have, by the parameter.
    choices: Mapping[str, Collection[str]] = {}

    def reply(self) -> Any:
        wrong = {**self._wrong_numbers, **self._wrong_choices}
        return self.not_understood(wrong) if wrong else super().reply()

    @property
    def _wrong_numbers(self) -> dict[str, Message]:
        asked = {name: text_from(self.request.form.get(name, "0")) for name in _NUMBERS}
        return {
            name: _("This must be a whole number.")
            for name, text in asked.items()
            if not (text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER)
        }

    @property
    def _wrong_choices(self) -> dict[str, Message]:
        asked = {name: self.request.form.get(name, "") for name in self.choices}
        return {
            name: _("There is no such choice.")
            for name, value in asked.items()
            if text_from(value) not in ("", *self.choices[name])
        }

    def not_understood(self, errors: Mapping[str, Message]) -> dict[str, Any]:
        """Return the same, with what there is for programs to choose: a screen shows the
        messages to people."""
        said = super().not_understood(errors)
        for error in said["errors"]:
            if error["field"] in self.choices:
                error["choices"] = list(self.choices[error["field"]])
        return said

    @property
    def size(self) -> int:
        """How many entries a page has, as it is asked for."""
        asked = self.request.form.get("b_size")
        return number_from(asked, self.usual_size, 1, LARGEST_PAGE)

    def start_of(self, total: int) -> int:
        """Return with which entry the page begins that is asked for, of so many; with the
        first of the last page, if there are not that many."""
        start = number_from(self.request.form.get("b_start"), 0, 0, LAST_START)
        return min(start, last_start(total, self.size))

    def nothing(self, problem: Message | None, incapable: Message) -> dict[str, str]:
        """Refuse because of a problem; without one, the storage is ``incapable`` and will
        always be."""
        if problem is None:
            return self.refused(404, "NothingKnown", incapable)
        return self.refused(503, "ServiceUnavailable", problem)

    def page(self, total: int, start: int) -> dict[str, Any]:
        """Return what is said of the page that begins with an entry."""
        return Pages(self.request, total, start, self.size).described

    def columns(self, columns: Iterable[Column]) -> list[dict[str, str]]:
        return [
            {"name": each.name, "title": self.translated(each.title)}
            for each in columns
        ]

    def items(
        self, columns: Iterable[Column], rows: Iterable[Any]
    ) -> list[dict[str, Any]]:
        """Return rows as values by the names of the columns."""
        listed = list(columns)
        return [
            {each.name: self.value(each.value(row)) for each in listed} for row in rows
        ]

    def facts(self, facts: Iterable[Fact]) -> dict[str, Any]:
        return {each.name: self.value(each.value) for each in facts}

    def value(self, cell: Cell) -> Any:
        """Return a value as JSON has it."""
        return value_of(cell, self.words)
