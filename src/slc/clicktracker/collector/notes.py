"""``Notes``: what pages and files leave behind, on its way to the spool."""

from collections import deque
from collections.abc import Callable
from collections.abc import Sequence
from slc.clicktracker.collector.spool import Spool
from slc.clicktracker.collector.spool import SpoolUnavailable
from slc.clicktracker.collector.spool_line import packed
from slc.clicktracker.collector.spool_line import PlainRecord
from threading import Lock


#: Pages and files that a process serves in a second are fewer by far.
MOST_NOTES = 20_000


#: Also a function that makes some when the notes are taken to the spool, none where there
#: is nothing to note. It raises nothing.
Note = PlainRecord | Callable[[], Sequence[PlainRecord]]


class NotesFull(Exception):
    """Nobody takes the notes to the spool."""


class Notes:
    """Notes of what was delivered, until they are taken to the spool together.

    Nobody waits for them and nobody was promised anything: a page must not take
    the time of a write to the spool, and the end of the process may cost the last
    second of them.
    """

    def __init__(self) -> None:
        self._waiting: deque[tuple[str, Note, int]] = deque()
        self._turn = Lock()

    def add(self, site: str, note: Note, spool_limit: int) -> None:
        """Keep a note of a site, whose spool may have so many bytes.

        Raises ``NotesFull``.
        """
        if len(self._waiting) >= MOST_NOTES:
            raise NotesFull(f"{MOST_NOTES} notes wait for the spool already")
        self._waiting.append((site, note, spool_limit))

    def spool(
        self, spool: Spool, adopted_size: int = 0
    ) -> tuple[dict[str, int], SpoolUnavailable | None]:
        """Take all to the spool; return how many there were of each site.

        ``adopted_size`` bytes are in other spools of the process. With them comes why
        those of a site could not be kept, which are lost then.
        """
        with self._turn:
            return _append(self._taken(), spool, adopted_size)

    def _taken(self) -> list[tuple[str, Note, int]]:
        return [self._waiting.popleft() for _ in range(len(self._waiting))]


def _append(
    notes: list[tuple[str, Note, int]], spool: Spool, adopted_size: int
) -> tuple[dict[str, int], SpoolUnavailable | None]:
    found: dict[str, list[bytes]] = {}
    limits = {}
    for site, note, limit in notes:
        made = note() if callable(note) else (note,)
        if made:
            found.setdefault(site, []).extend(map(packed, made))
            limits[site] = limit
    kept, problem = {}, None
    for site, records in found.items():
        try:
            spool.append_all(site, records, limits[site] - adopted_size)
        except SpoolUnavailable as error:
            problem = error
        else:
            kept[site] = len(records)
    return kept, problem
