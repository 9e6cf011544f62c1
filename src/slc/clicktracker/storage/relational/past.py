"""What a database is asked about readings as they were at a moment."""

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.past import past_readings
from slc.clicktracker.storage.past import PastReadings
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
        labels: dict[tuple[int, str], str] = {}
        for version in self._rows("versions_of_documents", asked):
            text = version.document, version.text
            words[text] = max(words.get(text, 0), version.words)
            # Numbers, so the longer one is later.
            labels[text] = max(labels.get(text, ""), version.label, key=_number)
        rows = self._rows("texts_of_readers", asked)
        texts: dict[tuple, list[Row]] = defaultdict(list)
        for row in rows:
            who = row.folder, row.member, row.generation
            texts[(row.document, row.text, *who)].append(row)
        accesses = self._accesses(asked, rows)
        for (document, name, *_who), its in texts.items():
            text = document, name
            yield self._text(its, words[text], labels[text], accesses)

    def _accesses(
        self, asked: dict[str, Any], rows: Sequence[Row]
    ) -> dict[int, list[Access]]:
        """Return those of each reading, by its number."""
        moment, marks = self.dialect.datetime, cache(Marks)
        of_readings = {
            row.reading: (
                Document(row.uid, row.path, row.title),
                Reader(row.member, row.folder, row.name),
            )
            for row in rows
        }
        found: dict[int, list[Access]] = defaultdict(list)
        for row in self._rows("accesses_of_readings", asked):
            document, reader = of_readings[row.reading]
            # There are many: what a database has is normal.
            found[row.reading].append(
                Access.of_normal(
                    {
                        "key": "",
                        "issued": moment(row.issued),
                        "opened": moment(row.opened),
                        "seen": moment(row.seen),
                        "document": document,
                        "reader": reader,
                        "url": "",
                        "engaged": row.engaged,
                        "marks": marks(row.marks),
                    }
                )
            )
        return found

    def _text(
        self,
        rows: Sequence[Row],
        words: int,
        label: str,
        accesses: dict[int, list[Access]],
    ) -> TextOfReader:
        moment, row = self.dialect.datetime, rows[0]
        downloads = (
            at for each in rows for at in (each.downloaded_first, each.downloaded_last)
        )
        return TextOfReader(
            uid=row.uid,
            text=row.text,
            label=label,
            words=words,
            reader=Reader(row.member, row.folder, row.name),
            generation=row.generation,
            retired=None if row.retired is None else moment(row.retired),
            count=sum(int(each.count) for each in rows),
            accesses=tuple(
                (each.version, access)
                for each in rows
                for access in accesses.get(each.reading, ())
            ),
            downloads=tuple(moment(at) for at in downloads if at is not None),
        )

    def _rows(self, name: str, asked: dict[str, Any]) -> Sequence[Row]:
        query = self.queries.get(name, readers=_READERS)
        return self.connection.execute(query, asked).all()


def _number(label: str) -> tuple[int, str]:
    return len(label), label
