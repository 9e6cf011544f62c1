"""Readings, made of the rows of a database: very many of them for a file."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import READING_LEVELS
from slc.clicktracker.storage.model import TextSums
from slc.clicktracker.storage.relational.dialect import Dialect
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from typing import Any


#: Levels are numbers in the database; "opened" is 0.
_NAMES = dict(enumerate(READING_LEVELS, -1))

#: Readers, and documents, that are made once for all their rows.
_REMEMBERED = 2000

#: What a statement finds for each reading, in the order in which it is unpacked.
_COLUMNS = (
    *("member", "folder", "name", "uid", "path", "title", "count", "first", "last"),
    *("url", "engaged", "depth", "cached", "retired", "level", "marks", "behind"),
    *("text", "label", "downloaded", "generation"),
)
_TEXT_COLUMNS = (
    *("texts", "text_count", "text_cached", "text_first", "text_last"),
    "text_downloaded",
)


class ReadingsOfRows:
    """Makes readings of the rows of one statement, whose columns are the ``names``."""

    def __init__(
        self, dialect: Dialect, names: Sequence[str], is_by_version: bool
    ) -> None:
        self._values = _picked(names, _COLUMNS)
        self._text_values = _picked(names, _TEXT_COLUMNS) if is_by_version else None
        self._uid = names.index("uid")
        self._datetime = dialect.datetime
        self._reader = lru_cache(_REMEMBERED)(Reader)
        self._document = lru_cache(_REMEMBERED)(Document)
        self._marks = lru_cache(_REMEMBERED)(Marks)

    def each(self, rows: Iterable[Sequence[Any]]) -> Iterator[Reading]:
        """Yield the readings of rows, but of one that only says how many there are."""
        of, uid = self.of, self._uid
        for row in rows:
            if row[uid] is not None:
                yield of(row)

    def of(self, row: Sequence[Any]) -> Reading:
        """Return the reading of a row."""
        # fmt: off
        (
            member, folder, name, uid, path, title, count, first, last,
            url, engaged, depth, cached, retired, level, marks, behind,
            text, label, downloaded, generation,
        ) = self._values(row)
        # fmt: on
        moment = self._datetime
        return Reading.of_normal(
            {
                "reader": self._reader(member, folder, name),
                "document": self._document(uid, path, title),
                "count": int(count),
                "first": moment(first),
                "last": moment(last),
                "url": storable(url, LIMITS["url"]),
                "engaged": int(engaged),
                "depth": depth,
                "cached": int(cached),
                "former": retired is not None,
                "level": _NAMES[level],
                "marks": self._marks(marks),
                "behind": int(behind),
                "text": text,
                "label": storable(label, LIMITS["label"]),
                "downloaded": None if downloaded is None else moment(downloaded),
                "generation": generation,
                "of_text": self._of_text(row) if self._text_values else None,
            }
        )

    def _of_text(self, row: Sequence[Any]) -> TextSums:
        texts, count, cached, first, last, downloaded = self._text_values(row)
        moment = self._datetime
        return TextSums.of_normal(
            {
                "texts": int(texts),
                "count": int(count),
                "cached": int(cached),
                "first": moment(first),
                "last": moment(last),
                "downloaded": None if downloaded is None else moment(downloaded),
            }
        )


def _picked(
    names: Sequence[str], wanted: Sequence[str]
) -> Callable[[Sequence[Any]], tuple]:
    """Return what takes the values with the ``wanted`` names out of a row."""
    return itemgetter(*(names.index(name) for name in wanted))
