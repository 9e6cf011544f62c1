"""``Pieces``: what was delivered of files that readers fetch in pieces."""

from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Hashable
from operator import itemgetter
from threading import Lock

import time


#: Downloads that a process remembers as long as they are not complete.
MOST_DOWNLOADS = 500

#: Pieces with gaps between them that it remembers of one.
MOST_PIECES = 200

#: Seconds from the first piece of a download until it is forgotten.
LIFETIME = 24 * 60 * 60

#: From a byte up to another one, which does not belong to it.
_Piece = tuple[int, int]


class Pieces:
    """Tells when all pieces of a file were delivered.

    It is bounded: the oldest download is forgotten first, and a piece that there is no
    room for is left out. Then a file that was delivered may not be told as complete;
    one that was not never is. ``clock`` gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._downloads: dict[Hashable, tuple[float, list[_Piece]]] = {}
        self._lock = Lock()

    def add(self, download: Hashable, start: int, end: int, size: int) -> bool:
        """Take the bytes from ``start`` up to ``end``, without that, as delivered.

        ``download`` says of what, in which version, and to whom; ``size`` is that of
        the file. True once all of it was delivered, which begins anew then.
        """
        with self._lock:
            self._forget_old()
            since, pieces = self._downloads.get(download) or (self._clock(), [])
            pieces = merged(pieces, (start, end))
            if pieces == [(0, size)]:
                self._downloads.pop(download, None)
                return True
            if len(pieces) <= MOST_PIECES:
                self._downloads[download] = since, pieces
            if len(self._downloads) > MOST_DOWNLOADS:
                del self._downloads[next(iter(self._downloads))]
            return False

    def _forget_old(self) -> None:
        """They lie in the order of their first pieces."""
        oldest_kept = self._clock() - LIFETIME
        while self._downloads:
            download, (since, _) = next(iter(self._downloads.items()))
            if since > oldest_kept:
                return
            del self._downloads[download]


def merged(pieces: list[_Piece], added: _Piece) -> list[_Piece]:
    """Return the pieces with another one, in order, as few as possible.

    ``pieces`` are in order and have gaps between them. A piece without a byte adds
    nothing.
    """
    start, end = added
    if start >= end:
        return pieces
    # What touches it or overlaps with it becomes one with it.
    first = bisect_left(pieces, start, key=itemgetter(1))
    last = bisect_right(pieces, end, key=itemgetter(0))
    if first < last:
        start = min(start, pieces[first][0])
        end = max(end, pieces[last - 1][1])
    return [*pieces[:first], (start, end), *pieces[last:]]
