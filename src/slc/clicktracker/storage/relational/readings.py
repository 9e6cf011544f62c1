"""``Readings``: finds readings by whose they are, and of which document."""

from collections import deque
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import islice
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.relational.reading_of_rows import ReadingOfRows
from slc.clicktracker.storage.relational.shown_texts import Shown
from slc.clicktracker.storage.relational.shown_texts import shown_of
from slc.clicktracker.storage.relational.site_transaction import sent_numbers
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from slc.clicktracker.storage.sets.document_values import DocumentValues
from slc.clicktracker.storage.sets.listed import ListedReading

import json


#: Readings that are looked for at once: the first ones soon, the others in not too many
#: steps.
_FIRST, _AT_ONCE = 200, 1000

#: How often some are asked for ahead: the thread that asks waits longer for Python's
#: interpreter, at each of its steps, than for the database.
_AHEAD = 3

#: Readers that are made once for all their readings.
_REMEMBERED = 2000

#: The number of a reading among others, that of a document, that of an account.
Key = tuple[int, int, int]

#: A row of ``readings_by_key`` for each version.
VersionRows = Sequence[tuple]

#: Returns the names of the texts of a document, by its UID, as ``Listed.ranks``.
Ranks = Callable[[str], list[tuple[str, int]]]

#: Returns the values of documents by UID, of their numbers by UID.
Values = Callable[[Mapping[str, int]], Mapping[str, DocumentValues]]


class Readings(SiteTransaction):
    """Asks within one transaction of one site. What documents are like is found once for
    each, and kept; what readings are like is not."""

    def about(self, query: ReadingQuery, ranks: Ranks, values: Values) -> "Readings":
        """Have readings told as a query asks, whose texts have these ranks."""
        self._rule = query.rule
        self._ranks = ranks
        self._values = values
        self._shown: dict[str, Shown] = {}
        self._made = ReadingOfRows(self.dialect, query.by_version)
        self._reader = lru_cache(_REMEMBERED)(Reader)
        return self

    def of(self, listed: Iterable[ListedReading]) -> Iterator[Reading]:
        """Yield the readings that are listed.

        What the database has of them is asked for some at once, after the first ones by another
        thread while whoever asks is busy with the ones before. Each is made when it is its
        turn: if many were there at once, Python would look for garbage in all that it has.
        """
        parts = _parts(listed)
        for some in islice(parts, 1):
            yield from self._readings(some, *self._found(some))
        with ThreadPoolExecutor(1, "clicktracker-readings") as ahead:

            def asked(number: int) -> Iterator[tuple[list[ListedReading], Future]]:
                for some in islice(parts, number):
                    yield some, ahead.submit(self._found, some)

            coming = deque(asked(_AHEAD))
            while coming:
                some, found = coming.popleft()
                coming.extend(asked(1))
                yield from self._readings(some, *found.result())

    def _found(
        self, some: Sequence[ListedReading]
    ) -> tuple[dict[int, str], list[VersionRows]]:
        """Return what the database has of some readings: the names of their readers, and
        the rows of each."""
        self._learn(dict.fromkeys(uid for _account, uid in some))
        keys = [
            (number, self._shown[uid].number, account.number)
            for number, (account, uid) in enumerate(some)
            if uid in self._shown
        ]
        names = self._names({reader for _number, _document, reader in keys})
        return names, self._rows(keys, len(some))

    def _readings(
        self,
        some: Sequence[ListedReading],
        names: Mapping[int, str],
        rows: Sequence[VersionRows],
    ) -> Iterator[Reading]:
        reader, of = self._reader, self._made.of
        for (account, uid), its in zip(some, rows, strict=True):
            # What was forgotten since it was listed is not there.
            if its:
                name = names[account.number]
                who = reader(account.member, account.folder, name)
                yield of(who, account, self._shown[uid], its)

    def _rows(self, keys: list[Key], size: int) -> list[VersionRows]:
        """Return what there is of readings, by their numbers below a size."""
        found: list[VersionRows] = [()] * size
        rows = self.run("readings_by_key", readings=json.dumps(keys))
        # As the driver has them.
        for row in rows.cursor.fetchall():
            number = row[0]
            found[number] = [*found[number], row] if found[number] else (row,)
        rows.close()
        return found

    def _names(self, readers: Iterable[int]) -> dict[int, str]:
        """Return what readers are called, by their numbers."""
        rows = self.run("names_of_readers", numbers=sent_numbers(readers))
        return {row.id: row.name for row in rows}

    def _learn(self, uids: Iterable[str]) -> None:
        """Have what is known of documents."""
        new = [uid for uid in uids if uid not in self._shown]
        if not new:
            return
        asked = self.asked(new)
        documents = self.connection.execute(self.queries.get("documents"), asked).all()
        versions = self.connection.execute(
            self.queries.get("versions_of_documents"), asked
        ).all()
        values = self._values({row.uid: row.id for row in documents})
        self._shown |= shown_of(documents, versions, values, self._rule, self._ranks)


def _parts(listed: Iterable[ListedReading]) -> Iterator[list[ListedReading]]:
    rest, size = iter(listed), _FIRST
    while some := list(islice(rest, size)):
        yield some
        size = _AT_ONCE
