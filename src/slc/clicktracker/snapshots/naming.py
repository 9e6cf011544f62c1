"""Of which documents snapshots or seals name somebody, so that their own are found without
opening all others.

People are bits, at the place of their number. So what is kept of a document whose 10,000
readers have all been in a snapshot takes a little more than 1 KB.
"""

from collections.abc import Iterable
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.snapshots.people import NOBODY


#: By UID.
_naming = SiteRecord("people-documents")


def note_naming(uid: str, numbers: Iterable[int]) -> None:
    """Keep that a snapshot or seal of a document names people, by their numbers."""
    (before,) = _naming.get(uid) or (0,)
    now = before | _bits(numbers)
    if now != before:
        _naming.set(uid, (now,))


def documents_naming(numbers: Iterable[int]) -> list[str]:
    """Return the UIDs of all documents of which a snapshot or a seal names one of these."""
    asked = _bits(numbers)
    return [uid for uid, (bits,) in _naming.all().items() if bits & asked]


def prepare_naming() -> None:
    """Make the place, so that even the first two who need it don't conflict."""
    _naming.made()


def _bits(numbers: Iterable[int]) -> int:
    found = bytearray()
    for number in numbers:
        if number != NOBODY:
            found.extend(bytes(max(number // 8 + 1 - len(found), 0)))
            found[number // 8] |= 1 << number % 8
    return int.from_bytes(found, "little")
