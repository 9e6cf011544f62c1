"""Accesses as they lie in the spool: one line of JSON each."""

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.plain import accesses
from slc.clicktracker.storage.plain import PlainAccess

import json


_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


class UnreadableRecord(ValueError):
    """One of the texts is not a record: damaged, or put there by something else."""


def packed(access: PlainAccess) -> bytes:
    """Return the record of an access; its texts may be any that Python can hold."""
    return _encode(access).encode("utf-8", "surrogatepass")


def unpacked(records: Sequence[bytes]) -> list[Access]:
    """Return the accesses in records. Raises ``UnreadableRecord`` if any is none."""
    try:
        text = b"[" + b",".join(records) + b"]"
        rows = json.loads(text.decode("utf-8", "surrogatepass"))
        if len(rows) != len(records):
            raise UnreadableRecord("it is not one access")
        made = accesses(rows)
        for one in made:
            if not all(
                type(number) is int
                for number in (one.engaged, one.depth, one.version.words)
            ):
                raise UnreadableRecord("a total is not a whole number")
        return made
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise UnreadableRecord(str(error)) from error


def oldest(records: Iterable[bytes | None]) -> datetime | None:
    """Return when the first of some accesses arrived; None where that isn't known."""
    moments = []
    for record in filter(None, records):
        try:
            moments.append(unpacked([record])[0].opened)
        except UnreadableRecord:
            continue
    return min(moments, default=None)
