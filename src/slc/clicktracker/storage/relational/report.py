"""The questions of a report, put to a database."""

from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.absence import Absent
from slc.clicktracker.storage.absence import AbsentPage
from slc.clicktracker.storage.absence import expected_rows
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import READING_LEVELS
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import utc
from slc.clicktracker.storage.relational.readings_of_rows import ReadingsOfRows
from slc.clicktracker.storage.relational.readings_parts import readings_parts
from slc.clicktracker.storage.relational.site_transaction import ALL
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from sqlalchemy import Row
from sqlalchemy import TextClause
from typing import Any


#: Rows that are taken from the database at once where there may be very many.
_AT_ONCE = 500

#: Levels are numbers in the database; "opened" is 0.
_LEVELS = {name: number for number, name in enumerate(READING_LEVELS, -1)}
_NO_LEVEL = -9


class Report(SiteTransaction):
    """Asks within one transaction of one site."""

    def readings(self, query: ReadingQuery) -> ReadingPage:
        """Return one page of readings; see ``IReadingLists``."""
        rows = self.connection.execute(*self._readings(query)).all()
        made = ReadingsOfRows(self.dialect, rows[0]._fields, query.by_version)
        return ReadingPage(tuple(made.each(rows)), rows[0].total, rows[0].readers)

    def each_reading(self, query: ReadingQuery) -> Iterator[Reading]:
        """Return an iterator that takes some readings at a time from the database."""
        options = {"yield_per": _AT_ONCE}
        statement, parameters = self._readings(query)
        found = self.connection.execute(
            statement, parameters, execution_options=options
        )
        with closing(found):
            made = ReadingsOfRows(self.dialect, tuple(found.keys()), query.by_version)
            yield from made.each(found)

    def absent(self, query: AbsenceQuery) -> AbsentPage:
        """Return one page of those who are absent; see ``IReadingLists``."""
        parameters = {
            **self._page(query),
            "expected": expected_rows(query.expected),
        }
        found = "{searched}" if "search" in parameters else ""
        statement = self.queries.get("absent", found=found)
        rows = self.connection.execute(statement, parameters).all()
        return AbsentPage(
            tuple(self._absent(row) for row in rows if row.member is not None),
            rows[0].total,
        )

    def coverage(
        self,
        documents: Sequence[str],
        rule: EngagementRule,
        current: tuple[str, ...] = (),
        as_one: bool = False,
        left_out: tuple[Reader, ...] = (),
    ) -> Coverage:
        """Return how far the named readers got; see ``IReadingFigures``."""
        parameters = {
            **self.asked(documents),
            **self._needed(rule),
            **self.left_out(left_out),
        }
        if current:
            parameters["current"] = self.dialect.uids(list(current))
        statement = self.queries.get(
            "coverage",
            readers="{counted_readers}",
            counted="{by_reader}" if as_one else "evidence",
            others_left_out=self.others_left_out(left_out),
            whose="{asked}",
            regarded="1 = 1",
            learnt="{served_or_downloaded}",
            known="{known_to_be}",
            texts="",
            of_text="",
            of_texts="",
            newest="{of_current}" if current else "",
        )
        row = self.connection.execute(statement, parameters).one()
        return Coverage(**{name: int(count) for name, count in row._mapping.items()})

    def _readings(self, query: ReadingQuery) -> tuple[TextClause, dict[str, Any]]:
        """Return the statement for a list of readings, and its parameters."""
        parameters = {
            **self._page(query),
            **self._needed(query.rule),
            **self._filters(query),
            **self.left_out(query.left_out),
        }
        statement = self.queries.get(
            "readings_by_evidence" if query.by_evidence else "readings",
            readers=(
                "{found_readers}" if query.readers or "search" in parameters else ""
            ),
            found="{searched_readers}" if "search" in parameters else "",
            among="{some_readers}" if query.readers else "",
            named_readers=self.dialect.expected.replace(":expected", ":named"),
            period=" ".join(
                f"{{{end}}}" for end in ("since", "until") if end in parameters
            ),
            others_left_out=self.others_left_out(query.left_out),
            **readings_parts(query),
        )
        return statement, parameters

    def _page(self, query: ReadingQuery | AbsenceQuery) -> dict[str, Any]:
        parameters = {
            **self.asked(query.documents),
            "start": max(query.start, 0),
            "size": ALL if query.size is None else max(query.size, 0),
        }
        search = folded(storable(query.search, LIMITS["name"]))
        return {**parameters, "search": search} if search else parameters

    def _filters(self, query: ReadingQuery) -> dict[str, Any]:
        """Return what only some queries need."""
        moment = self.dialect.moment
        found: dict[str, Any] = {}
        if query.by_version:
            of_each = [f"{uid} {text}" for uid, text in query.current_of]
            found["current"] = self.dialect.uids([*query.current, *of_each])
        if query.readers:
            found["named"] = expected_rows(query.readers)
        if query.level:
            found["level"] = _LEVELS.get(query.level, _NO_LEVEL)
        if query.since is not None:
            found["since"] = moment(utc(query.since))
        if query.until is not None:
            found["until"] = moment(utc(query.until))
        return found

    def _needed(self, rule: EngagementRule) -> dict[str, int]:
        return {"least": rule.least_seconds * 1000, "pace": rule.words_per_minute}

    def _absent(self, row: Row) -> Absent:
        reader = Reader(row.member, row.folder, row.name)
        return Absent(reader, self._moment(row.served))

    def _moment(self, found: Any) -> datetime | None:
        return None if found is None else self.dialect.datetime(found)
