"""One transaction of one site, in a database."""

from collections.abc import Iterable
from collections.abc import Sequence
from slc.clicktracker.storage.absence import expected_rows
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.relational.dialect import Dialect
from slc.clicktracker.storage.relational.queries import Queries
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from sqlalchemy import Connection
from sqlalchemy import CursorResult
from typing import Any

import json


#: More rows than there can be: SQLite knows no LIMIT NULL.
ALL = 2**62


class SiteTransaction:
    """What is asked or changed in it is up to the classes that are made of this."""

    def __init__(
        self, connection: Connection, queries: Queries, dialect: Dialect, site: str
    ) -> None:
        self.connection = connection
        self.queries = queries
        self.dialect = dialect
        self.site = site

    def run(self, query: str, **parameters: Any) -> CursorResult:
        """Return what a query of the site finds."""
        return self.connection.execute(
            self.queries.get(query), {"site": self.site, **parameters}
        )

    def asked(self, documents: Sequence[str]) -> dict[str, Any]:
        """Return the parameters for documents of the site."""
        uids = [storable(uid, LIMITS["uid"]) for uid in documents]
        return {"site": self.site, "documents": self.dialect.uids(uids)}

    def needed(self, rule: EngagementRule) -> dict[str, int]:
        """Return the parameters for how long a text needs."""
        return {"least": rule.least_seconds * 1000, "pace": rule.words_per_minute}

    def left_out(self, readers: tuple[Reader, ...]) -> dict[str, str]:
        """Return the parameter for readers who are not counted, with what
        ``others_left_out`` returns."""
        return {"expected": expected_rows(readers)} if readers else {}

    def others_left_out(self, readers: tuple[Reader, ...]) -> str:
        """Return what stands for that word in the SQL."""
        return "{those_left_out}" if readers else ""


def sent_numbers(numbers: Iterable[int]) -> str:
    """Return the parameter for which {sent_numbers} stands in the SQL."""
    return json.dumps([[number] for number in numbers])
