"""The snapshots of a site: added, never changed."""

from dataclasses import replace
from datetime import datetime
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.snapshots.bodies import body
from slc.clicktracker.snapshots.bodies import keep_body
from slc.clicktracker.snapshots.naming import note_naming
from slc.clicktracker.snapshots.numbered import account_then
from slc.clicktracker.snapshots.numbered import AccountThen
from slc.clicktracker.snapshots.numbered import numbered_snapshot
from slc.clicktracker.snapshots.numbered import people_in
from slc.clicktracker.snapshots.numbered import snapshot_of
from slc.clicktracker.snapshots.people import numbered
from slc.clicktracker.snapshots.people import person
from slc.clicktracker.snapshots.snapshot import Snapshot
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from typing import NamedTuple

import secrets


#: By UID, moment and a random word; and by UID and occasion.
_snapshots = SiteRecord("snapshots")
_occasions = SiteRecord("snapshot-occasions")

#: A word after all those that are drawn.
_LAST = "~"


class KeptSnapshot(NamedTuple):
    """A snapshot that is there, without what it says. ``key`` tells it from all others."""

    key: tuple[str, int, str]
    moment: datetime
    taken: datetime
    why: str

    @property
    def uid(self) -> str:
        return self.key[0]


def keep_snapshot(snapshot: Snapshot, occasion: str = "") -> bool:
    """Keep a snapshot. Return False where there is one of the document for that occasion,
    if it is for one. Of two who do this at once, one gets a conflict of the database, begins
    anew, and finds that of the other."""
    if occasion and not _occasions.made().insert((snapshot.uid, occasion), ()):
        return False
    moment = microseconds(snapshot.moment)
    (by,) = numbered([(snapshot.by or Reader(""), 0)])
    kept = numbered_snapshot(snapshot)
    name = keep_body(kept)
    note_naming(snapshot.uid, [by, *people_in(kept)])
    key = snapshot.uid, moment, secrets.token_hex(4)
    _snapshots.made()[key] = microseconds(snapshot.taken), snapshot.why, by, name
    return True


def has_occasion(uid: str, occasion: str) -> bool:
    """Is there a snapshot of a document for an occasion?"""
    return (uid, occasion) in _occasions.tree()


def snapshots_of(uid: str) -> list[KeptSnapshot]:
    """Return what there is of a document, the latest moment first."""
    found = _snapshots.tree().items((uid,), (uid + "\0",), excludemax=True)
    return [_kept(key, values) for key, values in reversed(list(found))]


def snapshot_with(key: tuple[str, int, str]) -> Snapshot | None:
    """Return the one with a key, None for none. Names of whoever was forgotten since are
    not in it."""
    kept = _snapshots.tree().get(key)
    if kept is None:
        return None
    taken, why, by, name = kept
    found = person(by)
    return snapshot_of(
        body(name),
        uid=key[0],
        moment=from_microseconds(key[1]),
        taken=from_microseconds(taken),
        why=why,
        by=None if found is None else found.reader,
    )


def account_in(kept: KeptSnapshot, numbers: frozenset[int]) -> AccountThen:
    """Return what a snapshot says of the account with some numbers; the others in it are not
    looked at."""
    _taken, _why, by, name = _snapshots.tree()[kept.key]
    return replace(account_then(body(name), numbers), has_taken_it=by in numbers)


def nearest_before(uid: str, moment: datetime) -> Snapshot | None:
    """Return the latest snapshot of a document from a moment or before, None if there is
    none."""
    tree = _snapshots.tree()
    try:
        key = tree.maxKey((uid, microseconds(moment), _LAST))
    except ValueError:
        return None
    return snapshot_with(key) if key[0] == uid else None


def prepare_snapshots() -> None:
    """Make the places, so that even the first two who need them don't conflict."""
    _snapshots.made()
    _occasions.made()


def _kept(key: tuple[str, int, str], values: tuple) -> KeptSnapshot:
    taken, why, _by, _name = values
    return KeptSnapshot(key, from_microseconds(key[1]), from_microseconds(taken), why)
