"""The databases of places that this process has open, each as it is on the disk now."""

from dataclasses import dataclass
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.geography.errors import UnusableFile
from slc.clicktracker.geography.location_file import LocationFile
from slc.clicktracker.geography.reading import read
from slc.clicktracker.geography.reading import Stamp
from slc.clicktracker.geography.reading import stamp_at
from threading import Lock

import time


#: Nanoseconds after which nobody writes to a file any more that hasn't been written to
#: meanwhile.
SETTLED = 2 * 10**9

#: Files that are kept open.
_MOST = 10


@dataclass(frozen=True)
class _Known:
    """What a file was when it was read last; ``is_settled`` says that nobody was writing
    to it then."""

    stamp: Stamp
    is_settled: bool
    found: LocationFile | UnusableFile


_known: Bounded[tuple[str, str], _Known] = Bounded(_MOST)
_lock = Lock()


def location_file(path: str, how: str) -> LocationFile:
    """Return the database at a path, read as ``how`` says. Raises ``UnusableFile``.

    It is read once for each state of the file. While somebody writes to it, the one that
    was read before is used; whoever uses that one still may go on when there is another.
    """
    with _lock:
        now = _now_in(path, how)
        _known[path, how] = now
    if isinstance(now.found, UnusableFile):
        raise UnusableFile(now.found.why, now.found.detail)
    return now.found


def _now_in(path: str, how: str) -> _Known:
    stamp = stamp_at(path)
    known = _known.get((path, how))
    is_settled = _is_settled(stamp)
    is_usable = known is not None and isinstance(known.found, LocationFile)
    if known is not None and known.stamp == stamp:
        if known.is_settled or not is_settled:
            return known
    elif is_usable and not is_settled:
        return known
    try:
        stamp, found = read(path, how)
    except UnusableFile as error:
        if is_usable and stamp_at(path) != stamp:
            # Somebody has begun to write to it.
            return known
        return _Known(stamp, is_settled, error)
    return _Known(stamp, _is_settled(stamp), found)


def _is_settled(stamp: Stamp) -> bool:
    # A time to come is that of a clock that is wrong.
    return not 0 <= time.time_ns() - stamp.modified < SETTLED
