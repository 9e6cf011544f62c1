"""All seals of a site, by number: each names the one before, and none is ever changed.

The number is the key in the tree. Of two people who seal something at once, one gets a
conflict of the database, begins anew, and gets the next number.
"""

from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker.seals.verify import CHAIN_FORMAT
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.snapshots.bodies import body
from slc.clicktracker.snapshots.bodies import keep_body
from slc.clicktracker.snapshots.naming import note_naming
from slc.clicktracker.snapshots.people import person
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from typing import Any

import base64
import binascii


_seals = SiteRecord("seals")

#: Where the name of the body is in what is kept.
_NAME = 7

#: Time stamps, by the number of the seal: they may come later.
_stamps = SiteRecord("seal-stamps")


@dataclass(frozen=True)
class Seal:
    """One seal, without what it says. ``document`` is what it is about, as it was then,
    ``by`` who has made it, None for a person whom the site has forgotten. Hashes are
    hexadecimal; ``previous`` is "" for the first one."""

    number: int
    document: Document
    hash: str
    previous: str
    key: str
    made: datetime
    as_of: datetime
    by: Reader | None
    stamped: datetime | None = None

    @property
    def uid(self) -> str:
        return self.document.uid


@dataclass(frozen=True)
class SealBody:
    """What a seal says, without names: all of its file but ``people`` and ``timestamp``.
    ``people`` are the numbers of those who are in it."""

    file: dict[str, Any]
    people: tuple[int, ...]


def last_seal() -> Seal | None:
    """Return the seal with the highest number, None before the first one."""
    tree = _seals.tree()
    return seal_with(tree.maxKey()) if tree else None


def seal_with(number: int) -> Seal | None:
    """Return the one with a number, None for none."""
    kept = _seals.tree().get(number)
    return None if kept is None else _seal(number, kept)


def seals_of(*uids: str) -> list[Seal]:
    """Return those about some documents, the latest first."""
    found = _seals.tree().items()
    return [_seal(*each) for each in reversed(list(found)) if each[1][0] in uids]


def sealed_uids() -> set[str]:
    """Return the UIDs of all documents that seals are about."""
    return {kept[0] for kept in _seals.tree().values()}


def chain() -> dict[str, Any]:
    """Return the list of all seals, as it is handed out: it tells nothing of anybody."""
    return {
        "format": CHAIN_FORMAT,
        "seals": [
            {"number": number, "hash": kept[1], "previous": kept[2], "key": kept[3]}
            for number, kept in _seals.tree().items()
        ],
    }


def add_seal(seal: Seal, sealed: SealBody, by: int) -> None:
    """Keep a new seal for good. ``by`` is the number of who has made it."""
    name = keep_body([sealed.file, list(sealed.people)])
    note_naming(seal.uid, [by, *sealed.people])
    _seals.made()[seal.number] = (
        seal.uid,
        seal.hash,
        seal.previous,
        seal.key,
        microseconds(seal.made),
        microseconds(seal.as_of),
        by,
        name,
        seal.document.path,
        seal.document.title,
    )


def body_of(seal: Seal) -> SealBody:
    """Return what a seal says."""
    file, people = body(_seals.tree()[seal.number][_NAME])
    return SealBody(file, tuple(people))


def stamp_of(seal: Seal) -> bytes | None:
    """Return the response of the authority that has stamped a seal, None without one."""
    kept = _stamps.tree().get(seal.number)
    return kept and base64.b64decode(kept[1])


def add_stamp(number: int, moment: datetime, response: bytes) -> bool:
    """Keep the response of an authority about a seal. Return False where there is one."""
    kept = microseconds(moment), binascii.b2a_base64(response, newline=False).decode()
    return bool(_stamps.made().insert(number, kept))


def prepare_chain() -> None:
    """Make the places, so that even the first two who need them don't conflict."""
    _seals.made()
    _stamps.made()


def _seal(number: int, kept: tuple) -> Seal:
    uid, seal_hash, previous, key, made, as_of, by, _name, path, title = kept
    found, stamp = person(by), _stamps.tree().get(number)
    return Seal(
        number=number,
        document=Document(uid, path, title),
        hash=seal_hash,
        previous=previous,
        key=key,
        made=from_microseconds(made),
        as_of=from_microseconds(as_of),
        by=None if found is None else found.reader,
        stamped=stamp and from_microseconds(stamp[0]),
    )
