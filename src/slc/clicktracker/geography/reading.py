"""Reading a database of places from the disk, however somebody writes it meanwhile.

What is mapped into memory is taken away from a process that reads it when the file is cut
or written over in place, and the process is killed (SIGBUS). So the file itself is never mapped: it
is a copy, whose name is gone before anybody else could open it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from slc.clicktracker.geography.errors import UnusableFile
from slc.clicktracker.geography.errors import Why
from slc.clicktracker.geography.location_file import LocationFile
from tempfile import NamedTemporaryFile
from typing import Any
from typing import BinaryIO
from typing import NamedTuple

import maxminddb
import os
import shutil
import stat


#: How a file can be read.
AUTO, MAPPED, MEMORY = "auto", "mapped", "memory"

#: The largest ones that there are to be had are a tenth of it.
LARGEST = 2**31

#: What stands before the last part of each such file, and where it is looked for.
_MARKER = b"\xab\xcd\xefMaxMind.com"
_MARKER_WITHIN = 128 * 1024


class Stamp(NamedTuple):
    """What tells one state of a file from another one, wherever it was copied from."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, found: os.stat_result) -> "Stamp":
        return cls(
            *(found.st_dev, found.st_ino, found.st_size),
            *(found.st_mtime_ns, found.st_ctime_ns),
        )


def stamp_at(path: str) -> Stamp:
    """Return the stamp of the file at a path. Raises ``UnusableFile``."""
    with _said_in_our_words():
        return Stamp.of(os.stat(path))


def read(path: str, how: str) -> tuple[Stamp, LocationFile]:
    """Return the file at a path, and the stamp that it had. Raises ``UnusableFile``."""
    with _said_in_our_words(), _opened(path) as source:
        before = Stamp.of(os.fstat(source.fileno()))
        _look_at(source, before)
        found = LocationFile(_reader(source, how))
        if _was_written(os.fstat(source.fileno()), before):
            raise UnusableFile(Why.BROKEN, "It was written to meanwhile.")
    return before, found


@contextmanager
def _said_in_our_words() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise UnusableFile(Why.MISSING) from error
    except (OSError, ValueError) as error:
        raise UnusableFile(Why.UNREADABLE, error) from error


def _was_written(found: os.stat_result, before: Stamp) -> bool:
    after = Stamp.of(found)
    # The file that another one was put in place of is changed by that alone.
    is_gone = found.st_nlink == 0
    return after != (before._replace(changed=after.changed) if is_gone else before)


def _opened(path: str) -> BinaryIO:
    # What is no file, as a pipe, would have us wait for whoever writes into it.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return open(path, "rb", opener=lambda name, _flags: os.open(name, flags))


def _look_at(source: BinaryIO, stamp: Stamp) -> None:
    """Refuse what can't be such a file, before all of it is read."""
    if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
        raise UnusableFile(Why.UNREADABLE, "It is no file.")
    if stamp.size > LARGEST:
        raise UnusableFile(Why.TOO_LARGE)
    source.seek(max(stamp.size - _MARKER_WITHIN, 0))
    if _MARKER not in source.read(_MARKER_WITHIN):
        raise UnusableFile(Why.NOT_THIS_FORMAT)
    source.seek(0)


def _reader(source: BinaryIO, how: str) -> Any:
    if how == MEMORY:
        return _in_memory(source)
    try:
        return _mapped(source)
    except OSError as error:
        if how == MAPPED:
            raise UnusableFile(Why.NO_COPY, error) from error
        source.seek(0)
        return _in_memory(source)


def _mapped(source: BinaryIO) -> Any:
    with NamedTemporaryFile(prefix="clicktracker-", suffix=".mmdb") as copy:
        shutil.copyfileobj(source, copy)
        copy.flush()
        return _open(copy.name, maxminddb.MODE_AUTO)


def _in_memory(source: BinaryIO) -> Any:
    return _open(BytesIO(source.read(LARGEST)), maxminddb.MODE_FD)


def _open(database: Any, mode: int) -> Any:
    try:
        return maxminddb.open_database(database, mode)
    except OSError:
        raise
    # Whatever goes wrong when a file is taken apart that can hold anything.
    except Exception as error:
        raise UnusableFile(Why.BROKEN, error) from error
