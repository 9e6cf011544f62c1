"""The questions of a report, put to a database."""

from collections.abc import Sequence
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.absence import Absent
from slc.clicktracker.storage.absence import AbsentPage
from slc.clicktracker.storage.absence import expected_rows
from slc.clicktracker.storage.dialect import Dialect
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import LEVELS
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.queries import Queries
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from sqlalchemy import Connection
from sqlalchemy import Row
from typing import Any


#: More rows than there can be: SQLite knows no LIMIT NULL.
_ALL = 2**62

_ORDER = {
    "name": "r.name_key",
    "count": "m.count",
    "first": "m.first",
    "last": "m.last",
    "url": "{latest_url}",
}

_EVIDENCE_ORDER = {
    "engaged": "m.engaged",
    "level": "m.level",
}

#: What stands for words in the SQL where versions don't matter, ...
_ANY_VERSION = {
    "rankings": "",
    "ranks": "",
    "texts": "",
    "newest": "",
    "behind": "0",
    "shown": "''",
    "label": "''",
    "stands": "",
}

#: ... and where they do.
_BY_VERSION = {
    "rankings": "{ranked}",
    "ranks": "{with_version} {with_rank}",
    "texts": "{with_rank}",
    "newest": "{newest_only}",
    "behind": "min(k.behind)",
    "shown": "{newest_text}",
    "label": "{newest_label}",
}

#: In which order page and evidence are found: ...
_PAGE_FIRST = {
    "sorted": "matching",
    "found_before": "page",
    "known": "{known_of_each} max(p.sorted_by) AS sorted_by,",
    "complete": "evidence",
}

#: ... evidence first where it decides which rows are on the page.
_EVIDENCE_FIRST = {
    "sorted": "evidence",
    "found_before": "matching",
    "known": "{known_of_each}",
    "complete": "page",
}

_STANDINGS = {"current": "{current}", "older": "{older}"}


class Report:
    """Asks within one transaction of one site."""

    def __init__(
        self, connection: Connection, queries: Queries, dialect: Dialect, site: str
    ) -> None:
        self.connection = connection
        self.queries = queries
        self.dialect = dialect
        self.site = site

    def readings(self, query: ReadingQuery) -> ReadingPage:
        """Return one page of readings; see ``IReadingReport``."""
        by_evidence = query.sort in _EVIDENCE_ORDER
        orders = {**_ORDER, **_EVIDENCE_ORDER}
        parts, parameters = _ANY_VERSION, self._page(query)
        if query.current:
            stands = _STANDINGS.get(query.standing, "")
            parts = {**_BY_VERSION, "stands": stands}
            parameters["current"] = query.current
        statement = self.queries.get(
            "readings_by_evidence" if by_evidence else "readings",
            order=orders.get(query.sort, _ORDER["name"]),
            direction="DESC" if query.reverse else "ASC",
            found="{searched}" if "search" in parameters else "",
            whose="{of_each}",
            **(_EVIDENCE_FIRST if by_evidence else _PAGE_FIRST),
            **parts,
        )
        parameters.update(self._needed(query.rule))
        rows = self.connection.execute(statement, parameters).all()
        found = tuple(self._reading(row) for row in rows if row.uid is not None)
        return ReadingPage(found, rows[0].total)

    def absent(self, query: AbsenceQuery) -> AbsentPage:
        """Return one page of those who are absent; see ``IReadingReport``."""
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
        self, documents: Sequence[str], rule: EngagementRule, current: str
    ) -> Coverage:
        """Return how far the named readers got; see ``IReadingReport``."""
        parameters = {**self._asked(documents), **self._needed(rule)}
        if current:
            parameters["current"] = current
        statement = self.queries.get(
            "coverage",
            found="{named}",
            whose="{asked}",
            known="",
            texts="",
            newest="{of_current}" if current else "",
        )
        row = self.connection.execute(statement, parameters).one()
        return Coverage(**{name: int(count) for name, count in row._mapping.items()})

    def _page(self, query: ReadingQuery | AbsenceQuery) -> dict[str, Any]:
        parameters = {
            **self._asked(query.documents),
            "start": max(query.start, 0),
            "size": _ALL if query.size is None else max(query.size, 0),
        }
        search = storable(query.search, LIMITS["name"]).casefold()
        return {**parameters, "search": search} if search else parameters

    def _asked(self, documents: Sequence[str]) -> dict[str, Any]:
        uids = [storable(uid, LIMITS["uid"]) for uid in documents]
        return {"site": self.site, "documents": self.dialect.uids(uids)}

    def _needed(self, rule: EngagementRule) -> dict[str, int]:
        return {"least": rule.least_seconds * 1000, "pace": rule.words_per_minute}

    def _absent(self, row: Row) -> Absent:
        served = None if row.served is None else self.dialect.datetime(row.served)
        return Absent(Reader(row.member, row.folder, row.name), served)

    def _reading(self, row: Row) -> Reading:
        return Reading(
            reader=Reader(row.member, row.folder, row.name),
            document=Document(row.uid, row.path, row.title),
            count=int(row.count),
            first=self.dialect.datetime(row.first),
            last=self.dialect.datetime(row.last),
            url=row.url,
            engaged=int(row.engaged),
            depth=row.depth,
            cached=int(row.cached),
            former=row.retired is not None,
            level=LEVELS[row.level],
            ended=bool(row.ended),
            printed=bool(row.printed),
            behind=int(row.behind),
            text=row.text,
            label=row.label,
        )
