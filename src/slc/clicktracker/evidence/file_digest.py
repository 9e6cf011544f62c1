"""What the data of a file is known by."""

from hashlib import sha256
from plone.namedfile.interfaces import IBlobby
from slc.clicktracker.collector.once_a_minute import OnceAMinute
from slc.clicktracker.evidence.kept_digests import BlobState
from slc.clicktracker.evidence.kept_digests import KeptDigests
from slc.clicktracker.evidence.kept_digests import KeptDigestsUnavailable
from slc.clicktracker.site_storage import spool_folder
from threading import Lock
from typing import Any
from ZODB.utils import z64

import logging


logger = logging.getLogger("slc.clicktracker")

#: Digests that this process remembers, about 300 bytes each.
MOST_DIGESTS = 10_000

#: Bytes of data. To read less again takes less time than to sync its digest to the disk.
LARGE = 1 << 20

_CHUNK = 1 << 20

_known: dict[BlobState, str] = {}
_lock = Lock()
_said = OnceAMinute()


def file_digest(file: Any) -> str:
    """Return the SHA-256 of a file's data, 64 hex digits, as ``sha256sum`` has it.

    The data of a blob is read once for each state that the database has of it; that of
    a large one once on this host, however often processes start. Raises what reading it
    raises: it may be missing.
    """
    if not IBlobby.providedBy(file):
        return sha256(file.data).hexdigest()
    state = _state(file._blob)
    if state is None:
        return _computed(file)
    digest = _known.get(state)
    if digest is None:
        digest = _kept_or_computed(file, state)
        with _lock:
            _known[state] = digest
            if len(_known) > MOST_DIGESTS:
                del _known[next(iter(_known))]
    return digest


def _state(blob: Any) -> BlobState | None:
    """Return what the data depends on, None where it is not in the database yet."""
    connection = getattr(blob, "_p_jar", None)
    if connection is None:
        return None
    blob._p_activate()
    serial = blob._p_serial
    if blob._p_changed or serial == z64 or blob._p_blob_uncommitted:
        return None
    if connection._savepoint_storage is not None:
        return None
    return BlobState(connection.db().database_name, blob._p_oid, serial)


def _kept_or_computed(file: Any, state: BlobState) -> str:
    """Return a digest, from the spool folder where it is kept there.

    Nothing is written to the ZODB: this happens when somebody looks at a page.
    """
    kept = KeptDigests(spool_folder())
    try:
        digest = kept.get(state)
    except KeptDigestsUnavailable as error:
        _complain(error)
        return _computed(file)
    if digest is None:
        digest = _computed(file)
        if file.getSize() >= LARGE:
            try:
                kept.put(state, digest)
            except KeptDigestsUnavailable as error:
                _complain(error)
    return digest


def _complain(error: KeptDigestsUnavailable) -> None:
    if _said.is_due("kept"):
        logger.warning(
            "What large files are known by can't be kept, so each process reads them "
            "again: %s. The file is made anew if you delete it.",
            error,
        )


def _computed(file: Any) -> str:
    digest = sha256()
    with file.open() as data:
        while chunk := data.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
