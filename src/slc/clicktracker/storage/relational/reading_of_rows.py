"""``ReadingOfRows``: makes a reading of what a database has of its versions."""

from collections.abc import Iterable
from collections.abc import Sequence
from functools import cache
from functools import reduce
from operator import attrgetter
from operator import or_
from slc.clicktracker.storage.levels import furthest
from slc.clicktracker.storage.levels import TextRead
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import DECLARED
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import LISTED_LEVELS
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import TextSums
from slc.clicktracker.storage.relational.dialect import Dialect
from slc.clicktracker.storage.relational.shown_texts import Shown
from slc.clicktracker.storage.relational.shown_texts import ShownText
from slc.clicktracker.storage.sets.people import Account
from typing import Any
from typing import NamedTuple


class VersionRead(NamedTuple):
    """What a reader did with one version, as a row of ``readings_by_key`` has it; with
    several, it is what all of them amount to. ``declared`` is when each of several texts was
    acknowledged and attested."""

    number: int
    version: int
    count: int
    first: Any
    last: Any
    downloaded: Any
    engaged: int
    begun: Any
    ended: Any
    depth: int
    cached: int
    marks: int
    acknowledged: Any
    attested: Any
    declared: tuple = ()


class ReadingOfRows:
    """Makes readings of the rows of ``readings_by_key``. There are very many: that of one
    version, as most are, takes no step that it doesn't need."""

    def __init__(self, dialect: Dialect, is_by_version: bool) -> None:
        self._is_by_version = is_by_version
        self._datetime = dialect.datetime

    def of(
        self, reader: Reader, account: Account, shown: Shown, rows: Sequence[Sequence]
    ) -> Reading:
        """Return the reading of one reader with one document, of a row for each version."""
        if len(rows) > 1:
            return self._of_several(reader, account, shown, rows)
        row = rows[0]
        text = shown.texts[row[1]]
        engaged = self._engaged(row) if row[6] else 0
        level = _level(row[2] > 0, engaged >= text.needed, row[11], row[3] is not None)
        return self._reading(reader, account, shown, row, row, text, 1, engaged, level)

    def _of_several(
        self, reader: Reader, account: Account, shown: Shown, rows: Iterable[Sequence]
    ) -> Reading:
        texts: dict[ShownText, list[VersionRead]] = {}
        for row in rows:
            read = VersionRead(*row)
            texts.setdefault(shown.texts[read.version], []).append(read)
        reads = {text: _together(its) for text, its in texts.items()}
        newest = min(reads, key=attrgetter("place"))
        everything = _of_texts([*reads.values()])
        if self._is_by_version:
            # What stands for the newest one counts with it.
            reads = {
                text: read
                for text, read in reads.items()
                if text.behind == newest.behind
            }
        engaged, levels = 0, []
        for text, read in reads.items():
            with_text = self._engaged(read)
            engaged += with_text
            levels.append(
                _level(
                    read.count > 0,
                    with_text >= text.needed,
                    read.marks,
                    read.first is not None,
                )
            )
        return self._reading(
            reader,
            account,
            shown,
            everything,
            _of_texts([*reads.values()]),
            newest,
            len(reads),
            engaged,
            max(levels, key=LISTED_LEVELS.index),
        )

    def _engaged(self, read: Sequence[Any]) -> int:
        """Return the time with one text: no longer than it was open."""
        if not read[6]:
            return 0
        open_for = (read[8] - read[7]) // 1000
        return read[6] if read[6] <= open_for else max(open_for, 0)

    def _reading(
        self,
        reader: Reader,
        account: Account,
        shown: Shown,
        everything: Sequence[Any],
        of_text: Sequence[Any],
        text: ShownText,
        texts: int,
        engaged: int,
        level: str,
    ) -> Reading:
        moment = self._datetime
        # fmt: off
        (
            _number, _version, count, first, last, downloaded,
            _engaged, _begun, _ended, depth, cached, marks, acknowledged, attested,
        ) = everything[:14]
        # fmt: on
        if first is None:
            first, last = _declared(everything)
        first, last = moment(first), moment(last)
        if downloaded is not None:
            downloaded = moment(downloaded)
        if not self._is_by_version:
            told = 0, "", "", None
        elif of_text is everything:
            sums = _sums(texts, count, cached, first, last, downloaded)
            told = text.behind, text.name, text.label, sums
        else:
            ends = of_text[3:5] if of_text[3] is not None else _declared(of_text)
            times = (each and moment(each) for each in (*ends, of_text[5]))
            sums = _sums(texts, of_text[2], of_text[10], *times)
            told = text.behind, text.name, text.label, sums
            depth, marks, acknowledged, attested = of_text[9], *of_text[11:14]
        behind, name, label, sums = told
        return Reading.of_normal(
            {
                "reader": reader,
                "document": shown.document,
                "count": count,
                "first": first,
                "last": last,
                "url": shown.url_of(account.place),
                "engaged": engaged,
                "depth": depth,
                "cached": cached,
                "former": account.is_former,
                "level": level,
                "marks": _marks(marks),
                "behind": behind,
                "text": name,
                "label": label,
                "downloaded": downloaded,
                "generation": account.generation,
                "of_text": sums,
                "acknowledged": acknowledged and moment(acknowledged),
                "attested": attested and moment(attested),
            }
        )


def _sums(
    texts: int, count: int, cached: int, first: Any, last: Any, downloaded: Any
) -> TextSums:
    return TextSums.of_normal(
        {
            "texts": texts,
            "count": count,
            "cached": cached,
            "first": first,
            "last": last,
            "downloaded": downloaded,
        }
    )


def _together(rows: Sequence[VersionRead]) -> VersionRead:
    """Return what some versions amount to."""
    if len(rows) == 1:
        return rows[0]
    times = [row for row in rows if row.begun is not None]
    seen = [row for row in rows if row.first is not None]
    return rows[0]._replace(
        count=sum(row.count for row in rows),
        first=min((row.first for row in seen), default=None),
        last=max((row.last for row in seen), default=None),
        downloaded=_latest(row.downloaded for row in rows),
        engaged=sum(row.engaged for row in rows),
        begun=min((row.begun for row in times), default=None),
        ended=max((row.ended for row in times), default=None),
        depth=max(row.depth for row in rows),
        cached=sum(row.cached for row in rows),
        marks=reduce(or_, (row.marks for row in rows)),
        acknowledged=_latest(row.acknowledged for row in rows),
        attested=_latest(row.attested for row in rows),
    )


def _of_texts(reads: Sequence[VersionRead]) -> VersionRead:
    """Return what some texts amount to."""
    declared = [at for read in reads for at in read[12:14] if at is not None]
    return _together(reads)._replace(declared=tuple(declared))


def _latest(times: Iterable[Any]) -> Any:
    """Return the last of those times that there are."""
    return max((each for each in times if each is not None), default=None)


def _declared(read: Sequence[Any]) -> tuple[Any, Any]:
    """Return the first and the last time when it was acknowledged or attested."""
    of_texts = read.declared if isinstance(read, VersionRead) else ()
    times = of_texts or [each for each in read[12:14] if each is not None]
    return min(times), max(times)


#: Sets of marks, by their numbers.
_marks = cache(Marks)


@cache
def _level(is_opened: bool, is_long_enough: bool, marks: int, is_seen: bool) -> str:
    """Return the level that was reached, with what was opened or downloaded if it was
    ``is_seen``."""
    if not is_seen:
        return DECLARED
    return furthest(TextRead(is_opened, is_long_enough, 1, Marks(marks))) or DOWNLOADED
