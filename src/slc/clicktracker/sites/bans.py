"""The bans of the current site.

What was banned is never changed, only lifted, by whom and when; a ban whose time is over
ends by itself. What is over is removed after as long as visits are kept. They are kept in the ZODB, so that a process sees what
another one has changed with its next transaction.
"""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from Products.CMFPlone.Portal import PloneSite
from slc.clicktracker import _
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.sites.people import names
from slc.clicktracker.sites.people import PlaceOfPeople
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.text import storable
from slc.clicktracker.visitors.bans import Ban
from slc.clicktracker.visitors.bans import bannable
from slc.clicktracker.visitors.bans import BansInForce
from slc.clicktracker.visitors.bans import Caller
from slc.clicktracker.visitors.networks import address_of
from slc.clicktracker.visitors.networks import networks_around
from threading import Lock
from typing import overload

import secrets


#: Characters of a note that are kept.
LONGEST_NOTE = 1000

#: All bans that there ever were of a network, by how the network is written.
_bans = SiteRecord("bans")

#: Under one name, a word that is another one after each change: of a tree nothing else
#: says that something in it has changed. Two changes at once are a conflict by it, so
#: that the second is made on top of the first.
_edition = SiteRecord("bans-edition")
_NAME = "bans"

_NONE = BansInForce()

#: Those of many sites, and for requests that began before a change: one that is
#: forgotten has to be made again with each request. A ban takes some hundred bytes.
_in_force: Bounded[tuple, BansInForce] = Bounded(100)
_lock = Lock()


def ban(text: str, note: str, until: datetime | None, caller: Caller) -> Ban | None:
    """Ban a network, by the current user, now, until a time or until it is lifted.

    Return None where this very network is banned already. Raises ``CannotBan`` or
    ``InvalidNetwork`` where it can't be, and ``ValueError`` for a time that is over.
    """
    network, now = bannable(text, caller), utc_now()
    if until is not None and until <= now:
        raise ValueError("A ban can't end before it begins.")
    recorded = _recorded(network)
    if any(each.holds(now) for each in recorded):
        return None
    note = storable(note, LONGEST_NOTE).strip()
    new = Ban(network, note, Reader(*current_user()), now, until)
    _keep(network, (*recorded, new))
    return new


def lift(network: str) -> bool:
    """End the ban of a network, by the current user, now. Return False where none
    holds."""
    recorded = _recorded(network)
    by, now = Reader(*current_user()), utc_now()
    lifted = tuple(
        replace(each, ended_by=by, ended=now) if each.holds(now) else each
        for each in recorded
    )
    if lifted == recorded:
        return False
    _keep(network, lifted)
    return True


def lift_all() -> int:
    """End all bans, by the current user, now. Return how many there were."""
    return sum(map(lift, list(_bans.uids())))


class ListedBans(Sequence[Ban]):
    """Bans of a list, which are made when they are looked at: of thousands only a page
    is."""

    def __init__(self, records: list[tuple[str, tuple]]) -> None:
        self._records = records

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, place: int) -> Ban: ...

    @overload
    def __getitem__(self, place: slice) -> "ListedBans": ...

    def __getitem__(self, place: int | slice) -> "Ban | ListedBans":
        if isinstance(place, slice):
            return ListedBans(self._records[place])
        return _from_record(*self._records[place])


def listed_bans(search: str = "") -> tuple[ListedBans, ListedBans]:
    """Return those that hold now and those that have ended, the latest first.

    ``search`` is an address that is in a network, or a part of a network or a note.
    """
    is_found = _search_for(search) if search else _everything
    found = [
        (network, kept)
        for network, bans in _bans.all().items()
        for kept in bans
        if is_found(network, kept[0])
    ]
    found.sort(key=lambda each: (each[1][_SINCE], each[0]), reverse=True)
    now = microseconds(utc_now())
    holding = [each for each in found if _holds(each[1], now)]
    ended = [each for each in found if not _holds(each[1], now)]
    return ListedBans(holding), ListedBans(ended)


def _everything(network: str, note: str) -> bool:
    return True


def _search_for(text: str) -> Callable[[str, str], bool]:
    """Return what says of a network and a note whether they are looked for."""
    part, address = folded(text), address_of(text)
    if address is None:
        return lambda network, note: part in folded(network) or part in _note_of(note)
    # The beginning of another address means nothing.
    holders = networks_around(address)
    return lambda network, note: network in holders or part in _note_of(note)


#: A note is looked through each time, and many bans may have the same.
_note_of = lru_cache(maxsize=10_000)(folded)


def _holds(kept: tuple, now: int) -> bool:
    until, ended = kept[_UNTIL:]
    return ended is None and (until is None or now < until)


def old_bans(before: datetime) -> int:
    """Count the bans that were over before a time."""
    return sum(
        _was_over(kept, before) for bans in _bans.all().values() for kept in bans
    )


def drop_bans(before: datetime) -> int:
    """Remove them, and return how many there were."""
    number = old_bans(before)
    if number:
        for network, bans in list(_bans.all().items()):
            kept = tuple(each for each in bans if not _was_over(each, before))
            if kept != bans:
                _bans.set(network, kept)
        _change_edition()
    return number


def _was_over(kept: tuple, before: datetime) -> bool:
    until, ended = kept[_UNTIL:]
    over = ended[-1] if ended is not None else until
    return over is not None and over < microseconds(before)


def bans_in_force(site: PloneSite) -> BansInForce | None:
    """Return what is looked at for each request of a site, None where nothing was ever
    banned. Never writes."""
    edition = _edition.get(_NAME, site)
    if not edition:
        return None
    bans = _in_force.get(edition)
    if bans is None:
        with _lock:
            bans = _in_force.get(edition)
            if bans is None:
                bans = BansInForce.of(_all(site), utc_now())
                _in_force[edition] = bans
    return bans


def _all(site: PloneSite | None = None) -> Iterator[Ban]:
    for network, bans in _bans.all(site).items():
        for kept in bans:
            yield _from_record(network, kept)


def _recorded(network: str) -> tuple[Ban, ...]:
    return tuple(_from_record(network, kept) for kept in _bans.get(network))


def _keep(network: str, bans: tuple[Ban, ...]) -> None:
    _bans.set(network, tuple(map(_to_record, bans)))
    _change_edition()


def _change_edition() -> None:
    _edition.set(_NAME, (secrets.token_hex(),))


#: Where in a record these are.
_SINCE, _UNTIL = 3, 4


def _to_record(ban: Ban) -> tuple:
    ended = None
    if ban.ended is not None:
        ended = (ban.ended_by.folder, ban.ended_by.user, microseconds(ban.ended))
    return (
        ban.note,
        ban.by.folder,
        ban.by.user,
        microseconds(ban.since),
        ban.until and microseconds(ban.until),
        ended,
    )


def _from_record(network: str, kept: tuple) -> Ban:
    note, folder, user, since, until, ended = kept
    ban = Ban(
        network=network,
        note=note,
        by=Reader(user, folder),
        since=from_microseconds(since),
        until=None if until is None else from_microseconds(until),
    )
    if ended is None:
        return ban
    end_folder, end_user, moment = ended
    return replace(
        ban, ended_by=Reader(end_user, end_folder), ended=from_microseconds(moment)
    )


def bans_of(person: Reader) -> list[Ban]:
    """Return the bans that somebody has made or lifted."""
    return [
        each for each in _all() if _is(person, each.by) or _is(person, each.ended_by)
    ]


def _forget(person: Reader, pseudonym: str, erase: bool) -> None:
    """A ban holds, whoever made it, so nothing is removed."""
    somebody = Reader(pseudonym)
    for network in _bans.uids():
        recorded = _recorded(network)
        now = tuple(
            replace(
                each,
                by=somebody if _is(person, each.by) else each.by,
                ended_by=somebody if _is(person, each.ended_by) else each.ended_by,
            )
            for each in recorded
        )
        if now != recorded:
            _keep(network, now)


def _is(person: Reader, by: Reader | None) -> bool:
    return by is not None and names(person, by.folder, by.user)


BANS_OF_PEOPLE = PlaceOfPeople(
    _("Bans that they made or lifted"), lambda person: len(bans_of(person)), _forget
)
