"""What a database is asked about readings as they were at a moment."""

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.labels import first_label
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.past import past_readings
from slc.clicktracker.storage.past import PastReadings
from slc.clicktracker.storage.past import SeenAccess
from slc.clicktracker.storage.past import TextOfReader
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from sqlalchemy import Row
from typing import Any


_READERS = "{all_readers}"


class AskingForThePast(SiteTransaction):
    """Asks within one transaction of one site, to which the database doesn't change."""

    def past_readings(
        self, documents: Sequence[str], moment: datetime, rule: EngagementRule
    ) -> PastReadings:
        """Return what was known at a moment; see ``IPastReadings``."""
        return past_readings(self._known(documents), moment, rule)

    def _known(self, documents: Sequence[str]) -> Iterator[TextOfReader]:
        asked = self.asked(documents)
        words: dict[tuple[int, str], int] = {}
        labels: dict[tuple[int, str], list[str]] = defaultdict(list)
        for version in self._rows("versions_of_documents", asked):
            text = version.document, version.text
            words[text] = max(words.get(text, 0), version.words)
            labels[text].append(version.label)
        texts: dict[tuple, list[Row]] = defaultdict(list)
        for row in self._rows("texts_of_readers", asked):
            texts[row.document, row.text, row.account].append(row)
        accesses = self._accesses(asked)
        called = {text: first_label(its) for text, its in labels.items()}
        for (document, name, _account), its in texts.items():
            text = document, name
            yield self._text(its, words[text], called[text], accesses)

    def _accesses(self, asked: dict[str, Any]) -> dict[int, list[SeenAccess]]:
        """Return those of each reading, by its number."""
        number = self.dialect.number
        found: dict[int, list[SeenAccess]] = defaultdict(list)
        for reading, version, issued, opened, seen, engaged, marks in self._rows(
            "accesses_of_readings", asked
        ):
            found[reading].append(
                SeenAccess(
                    version,
                    number(issued),
                    number(opened),
                    number(seen),
                    engaged,
                    marks,
                )
            )
        return found

    def _text(
        self,
        rows: Sequence[Row],
        words: int,
        label: str,
        accesses: dict[int, list[SeenAccess]],
    ) -> TextOfReader:
        number, row = self.dialect.number, rows[0]
        downloads = [
            number(at)
            for each in rows
            for at in (each.downloaded_first, each.downloaded_last)
            if at is not None
        ]
        if len(rows) == 1:
            count, its = int(row.count), accesses.get(row.reading, ())
        else:
            count = sum(int(each.count) for each in rows)
            its = [one for each in rows for one in accesses.get(each.reading, ())]
        # What a database has is normal.
        who = {"user": row.member, "folder": row.folder, "name": row.name}
        return TextOfReader(
            uid=row.uid,
            text=row.text,
            label=label,
            words=words,
            reader=Reader.of_normal(who),
            generation=row.generation,
            retired=None if row.retired is None else number(row.retired),
            count=count,
            accesses=its,
            downloads=downloads,
        )

    def _rows(self, name: str, asked: dict[str, Any]) -> Sequence[Row]:
        query = self.queries.get(name, readers=_READERS)
        return self.connection.execute(query, asked).all()
