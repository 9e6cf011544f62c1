"""What the data of a file is known by."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Set
from contextlib import contextmanager
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256
from plone.namedfile.interfaces import IBlobby
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.sites.storage import spool_folder
from slc.clicktracker.versions.kept_digests import BlobState
from slc.clicktracker.versions.kept_digests import KeptDigests
from slc.clicktracker.versions.kept_digests import KeptDigestsUnavailable
from slc.clicktracker.versions.unread_files import UnreadFiles
from threading import Lock
from typing import Any
from ZODB import DB
from ZODB.POSException import POSKeyError
from ZODB.utils import z64

import logging
import os


logger = logging.getLogger("slc.clicktracker")

#: Digests that this process remembers, about 300 bytes each.
MOST_DIGESTS = 10_000

#: Bytes of data. To read less again takes less time than to sync its digest to the disk.
LARGE = 1 << 20

#: Bytes that are read at most for one report or dashboard, of all files together.
MOST_READ = 64 << 20

#: As how many a smaller file counts there: to open it takes its time, too.
_LEAST = 256 << 10

_CHUNK = 1 << 20

_known: Bounded[BlobState, str] = Bounded(MOST_DIGESTS)
_lock = Lock()
_said = OnceAMinute()


class _DigestsOnDisk:
    """The same as ``KeptDigests`` in the folder that the spool is in now. Where it can't be
    used, nothing is known, or kept, which the log says."""

    def get_all(self, states: Set[BlobState]) -> dict[BlobState, str]:
        try:
            return KeptDigests(spool_folder()).get_all(states)
        except KeptDigestsUnavailable as error:
            self._complain(error)
            return {}

    def put(self, digests: Mapping[BlobState, str]) -> None:
        try:
            KeptDigests(spool_folder()).put(digests)
        except KeptDigestsUnavailable as error:
            self._complain(error)

    def _complain(self, error: KeptDigestsUnavailable) -> None:
        if _said.is_due("kept"):
            logger.warning(
                "What large files are known by can't be kept, so each process reads "
                "them again: %s. The file is made anew if you delete it.",
                error,
            )


digests_on_disk = _DigestsOnDisk()


class DigestUnknown(Exception):
    """Nobody has read a file yet, and there is too much of it to do so now.

    It is being read in the background, so its digest is known in a while.
    """


class FileUnreadable(Exception):
    """A file could not be read in the background, which will be tried again."""


@dataclass
class _Allowance:
    """How many bytes may still be read."""

    left: int


_allowance: ContextVar[_Allowance | None] = ContextVar("allowance", default=None)


@contextmanager
def reading_little() -> Iterator[None]:
    """Read ``MOST_READ`` bytes at most of files whose digest is not known yet.

    Beyond that ``file_digest`` raises ``DigestUnknown`` or ``FileUnreadable``. Within
    another one of these, the bytes are those of that one.
    """
    if _allowance.get() is not None:
        yield
        return
    token = _allowance.set(_Allowance(MOST_READ))
    try:
        yield
    finally:
        _allowance.reset(token)


def file_digest(file: Any) -> str:
    """Return the SHA-256 of a file's data, 64 hex digits, as ``sha256sum`` has it.

    The data of a blob is read once for each state that the database has of it; that of
    a large one once on this host, however often processes start. Raises what reading it
    raises: it may be missing; within ``reading_little`` also what that says.
    """
    if not IBlobby.providedBy(file):
        return sha256(file.data).hexdigest()
    state = _state(file._blob)
    if state is None:
        return _computed(file)
    digest = _known.get(state)
    if digest is None:
        digest = _kept_or_computed(file, state)
        _remember(state, digest)
    return digest


@contextmanager
def files_ahead(files: Iterable[Any]) -> Iterator[None]:
    """Look up on the disk what many files are known by; keep there what is read
    meanwhile, also of small ones."""
    states = map(_state_in_database, files)
    # One by one, as other threads add to those that are known.
    new = {state for state in states if state and state not in _known}
    kept = digests_on_disk.get_all(new)
    for state, digest in kept.items():
        _remember(state, digest)
    yield
    read = {
        state: digest
        for state in new - kept.keys()
        if (digest := _known.get(state)) is not None
    }
    if read:
        digests_on_disk.put(read)


def _state_in_database(file: Any) -> BlobState | None:
    try:
        return _state(file._blob) if IBlobby.providedBy(file) else None
    except POSKeyError:
        return None


def _remember(state: BlobState, digest: str) -> None:
    with _lock:
        _known[state] = digest


def _state(blob: Any) -> BlobState | None:
    """Return what the data depends on, None where it is not in the database yet."""
    connection = getattr(blob, "_p_jar", None)
    if connection is None or connection._savepoint_storage is not None:
        return None
    if blob._p_changed is None:
        # To activate it would fetch its file from a server, however large that is.
        _record, serial = connection._storage.load(blob._p_oid)
    else:
        serial = blob._p_serial
    if blob._p_changed or serial == z64 or blob._p_blob_uncommitted:
        return None
    return BlobState(connection.db().database_name, blob._p_oid, serial)


def _kept_or_computed(file: Any, state: BlobState) -> str:
    """Return a digest, from the spool folder where it is kept there.

    Nothing is written to the ZODB: this happens when somebody looks at a page.
    """
    digest = None if state in _unread else digests_on_disk.get_all({state}).get(state)
    if digest is None:
        _spend(file, state)
        digest = _computed(file)
        if file.getSize() >= LARGE:
            digests_on_disk.put({state: digest})
    return digest


def _spend(file: Any, state: BlobState) -> None:
    """Count the bytes of a file that is to be read now.

    Where they are too many, or nobody knows how many, has them read meanwhile. Raises
    ``DigestUnknown`` then, or ``FileUnreadable`` where that was tried in vain.
    """
    allowance = _allowance.get()
    if allowance is None:
        return
    database = file._blob._p_jar.db()
    size = _size(file, state, database)
    if size is None or max(size, _LEAST) > allowance.left:
        _unread.add(state, database)
        if problem := _unread.failed.get(state):
            raise FileUnreadable(problem)
        raise DigestUnknown
    allowance.left -= max(size, _LEAST)


def _size(file: Any, state: BlobState, database: DB) -> int | None:
    """Return the bytes of a file, None where it had to be fetched to know them."""
    # It is kept with most files. To ask for it would open the others.
    size = vars(file).get("size")
    # A DemoStorage has it in the layer that is written to.
    storage = getattr(database.storage, "changes", database.storage)
    folder = getattr(storage, "fshelper", None)
    if size is None and folder is not None:
        with suppress(OSError):
            return os.path.getsize(folder.getBlobFilename(state.oid, state.serial))
    return size


def _found(blob: Any, state: BlobState) -> str | None:
    """Return the digest of a blob, None where that has another state by now."""
    if _state(blob) != state:
        return None
    digest = digests_on_disk.get_all({state}).get(state) or _computed(blob)
    _remember(state, digest)
    return digest


#: Small ones are kept as well: nobody waits for the disk.
_unread = UnreadFiles(_found, digests_on_disk.put)


def _after_fork() -> None:
    """Threads don't come along, and one of them may have held a lock."""
    global _lock
    _lock = Lock()
    _unread.start_anew()


os.register_at_fork(after_in_child=_after_fork)


def _computed(file: Any) -> str:
    digest = sha256()
    with file.open() as data:
        while chunk := data.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
