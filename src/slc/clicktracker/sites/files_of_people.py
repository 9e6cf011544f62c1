"""What files of this host know of people who were forgotten."""

from collections.abc import Iterator
from datetime import datetime
from plone import api
from slc.clicktracker.collector.pieces import Pieces
from slc.clicktracker.collector.quarantine import Quarantine
from slc.clicktracker.collector.spool_line import unpacked
from slc.clicktracker.collector.spool_line import UnreadableRecord
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.sites.storage import spool_folder
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import Reader


#: Before all that is recorded.
_ALWAYS = from_microseconds(0)


def forget_in_files(storage: IStorageMaintenance, person: Reader) -> None:
    """Remove what the storage would refuse, and what can't be read and has the id in it.
    Raises ``StorageError``, ``QuarantineUnavailable`` and ``PiecesUnavailable``.

    Who fetches a file in pieces is a checksum there, and is kept for a day: all are
    forgotten, so a download that goes on just now may be missed.
    """
    sweep_quarantine(storage, person.user.encode("utf-8", "surrogatepass"))
    Pieces(spool_folder()).forget_all()


def sweep_quarantine(storage: IStorageMaintenance, word: bytes = b"") -> int:
    """Remove from quarantine what is of people whom the storage has forgotten, and what
    can't be read and has a word in it. Return how many those were."""
    quarantine, site = Quarantine(spool_folder()), document_uid(api.portal.get())
    refused, done = None, 0
    for found in quarantine.batches(site):
        refused = storage.refused(_ALWAYS) if refused is None else refused
        gone = []
        for each in found:
            people = _people_in(each.record)
            if people is None:
                is_gone = bool(word) and word in each.record
            else:
                is_gone = not all(refused.takes_of(site, *one) for one in people)
            if is_gone:
                gone.append(each)
        if gone:
            quarantine.remove(gone)
            done += len(gone)
    return done


def _people_in(record: bytes) -> list[tuple[Reader, datetime]] | None:
    """Return who is in a record, and when that was; None where it can't be read."""
    try:
        found = unpacked([record])
    except UnreadableRecord:
        return None
    return list(_each(found))


def _each(found) -> Iterator[tuple[Reader, datetime]]:
    for one in (*found.accesses, *found.chances):
        yield one.reader, one.issued
    for one in (*found.views, *found.hits, *found.exposures):
        yield one.reader, one.at
    for one in found.events:
        yield Reader(one.reader), from_microseconds(one.occurred)
