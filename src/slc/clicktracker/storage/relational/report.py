"""The questions of a report, put to a database."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from slc.clicktracker.storage.absence import expected_rows
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import READING_LEVELS
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import utc
from slc.clicktracker.storage.progress import Who
from slc.clicktracker.storage.relational.readings_of_rows import ReadingsOfRows
from slc.clicktracker.storage.relational.readings_parts import parts_of_page
from slc.clicktracker.storage.relational.readings_parts import readings_parts
from slc.clicktracker.storage.relational.site_transaction import ALL
from slc.clicktracker.storage.relational.site_transaction import sent_numbers
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from slc.clicktracker.storage.sets.listed import Listed
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from sqlalchemy import TextClause
from typing import Any

import json


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

    def listed(self, listed: Listed, query: ReadingQuery) -> tuple[Reading, ...]:
        """Return the readings on a page of what is listed already."""
        page = listed.page
        if not page:
            return ()
        uids = tuple({row.uid for row in page})
        ranks = (
            (uid, text, place, behind)
            for uid in uids
            for place, (text, behind) in enumerate(listed.ranks(uid))
        )
        sent = [
            (row.uid, row.account.number, number, row.behind, row.place)
            for number, row in enumerate(page)
        ]
        statement = self.queries.get("readings_of_page", **parts_of_page(query))
        parameters = {
            **self.asked(uids),
            **self.needed(query.rule),
            "page": json.dumps(sent),
            "ranks": json.dumps(list(ranks)),
        }
        found = self.connection.execute(statement, parameters)
        made = ReadingsOfRows(self.dialect, tuple(found.keys()), query.by_version)
        return tuple(made.each(found))

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

    def served(
        self, documents: Sequence[str], readers: Mapping[int, Who]
    ) -> dict[Who, datetime]:
        """Return when a page with one of the documents was last served to readers, by
        their numbers: of those to whom it ever was."""
        if not readers:
            return {}
        rows = self.connection.execute(
            self.queries.get("served"),
            {
                **self.asked(documents),
                "numbers": sent_numbers(readers),
            },
        )
        return {
            readers[row.reader]: self.dialect.datetime(row.served)
            for row in rows
            if row.served is not None
        }

    def _readings(self, query: ReadingQuery) -> tuple[TextClause, dict[str, Any]]:
        """Return the statement for a list of readings, and its parameters."""
        parameters = {
            **self._page(query),
            **self.needed(query.rule),
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

    def _page(self, query: ReadingQuery) -> dict[str, Any]:
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
