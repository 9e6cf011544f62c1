"""What a database is asked about the audiences of many documents."""

from slc.clicktracker.storage.absence import expected_rows
from slc.clicktracker.storage.progress import MemberProgressPage
from slc.clicktracker.storage.progress import most_behind
from slc.clicktracker.storage.progress import ProgressQuery
from slc.clicktracker.storage.progress import Who
from slc.clicktracker.storage.progress import who
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from typing import Any

import json


class AudienceQuestions(SiteTransaction):
    """Asks within one transaction of one site.

    First who of the members has an account, then what those have read: so members are
    looked for once, in however many audiences they are.
    """

    def progress(self, query: ProgressQuery) -> tuple[int, ...]:
        """Return how many have read each item; see ``IAudienceProgress``."""
        rows = self.connection.execute(
            self.queries.get("read_by_item"), self._expected(query, self._known(query))
        )
        readers = {row.item: row.readers for row in rows}
        return tuple(readers.get(number, 0) for number in range(len(query.items)))

    def behind(
        self,
        query: ProgressQuery,
        search: str = "",
        start: int = 0,
        size: int | None = 20,
    ) -> MemberProgressPage:
        """Return one page of members; see ``IAudienceProgress``."""
        known = self._known(query)
        rows = self.connection.execute(
            self.queries.get("read_by_reader"), self._expected(query, known)
        )
        items = {row.reader: row.items for row in rows}
        opened = {member: items.get(reader, 0) for member, reader in known.items()}
        return most_behind(query, opened, search, start, size)

    def _known(self, query: ProgressQuery) -> dict[Who, int]:
        """Return the accounts of members, by what they are in the database."""
        everybody = (reader for audience in query.audiences for reader in audience)
        rows = self.connection.execute(
            self.queries.get("accounts"),
            {"site": self.site, "expected": expected_rows(everybody)},
        )
        return {(row.folder, row.member): row.id for row in rows}

    def _expected(self, query: ProgressQuery, known: dict[Who, int]) -> dict[str, Any]:
        """Return audiences, of those who are known, and items as the SQL takes them."""
        audiences = [
            list({known[member] for member in map(who, audience) if member in known})
            for audience in query.audiences
        ]
        items = [
            (
                item.audience,
                int(not item.current),
                [storable(uid, LIMITS["uid"]) for uid in item.documents],
                [storable(text, LIMITS["digest"]) for text in item.current],
            )
            for item in query.items
        ]
        uids = dict.fromkeys(uid for item in items for uid in item[2])
        return {
            **self.asked(tuple(uids)),
            "audiences": json.dumps(audiences),
            "items": json.dumps(items),
        }
