"""Audiences that a process remembers, as long as the members stay the same."""

from array import array
from collections.abc import Hashable
from plone import api
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.members import KnownOfMembers
from slc.clicktracker.audience.members import Members
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.storage.model import Reader
from threading import Lock


#: Sites of which audiences are remembered.
_MOST_SITES = 8

#: Audiences that are remembered of a site, and readers in tuples, each time that somebody
#: is in one: 32 MB of these.
_MOST = 2_000_000

_lock = Lock()
_by_site: Bounded[str, tuple[KnownOfMembers, "Remembered"]] = Bounded(_MOST_SITES)


class Remembered:
    """Audiences of members of one moment, by all else that decides about them, as far as
    there is room."""

    def __init__(self) -> None:
        self._audiences: dict[Hashable, Audience] = {}
        self._readers: dict[bytes, tuple[Reader, ...]] = {}
        self._number = 0

    @property
    def is_full(self) -> bool:
        return self._number > _MOST

    def get(self, grounds: Hashable) -> Audience | None:
        """Return the audience on some grounds, None where it is not remembered."""
        return self._audiences.get(grounds)

    def keep(self, grounds: Hashable, audience: Audience) -> bool:
        """Remember an audience whose members are from ``same``; return False where there
        is no room."""
        if self.is_full:
            return False
        self._audiences[grounds] = audience
        self._number += 1
        return True

    def same(self, readers: tuple[Reader, ...]) -> tuple[Reader, ...]:
        """Return the very tuple that was given before for the same people, also in an
        earlier request: a storage can tell by that what it knows of them already."""
        # By identity, as members mostly are the very same: to compare them takes longer
        # than all else. What is kept here keeps its readers, so nothing else has their ids.
        # As bytes, of which these take eight a reader; as numbers it would be five times that.
        key = array("Q", map(id, readers)).tobytes()
        found = self._readers.get(key)
        if found is None:
            found = readers
            if not self.is_full:
                self._readers[key] = readers
                self._number += len(readers)
        return found


def remembered(members: Members) -> Remembered:
    """Return what is remembered of the current site with these members, of whom none
    has come, gone, or joined a group or role since; else something empty.

    Nothing stays of a site with accounts that only plugins of other packages know.
    """
    state = members.lasting_state
    if state is None:
        return Remembered()
    site = "/".join(api.portal.get().getPhysicalPath())
    with _lock:
        before, found = _by_site.get(site, (None, Remembered()))
    if before != state or found.is_full:
        found = Remembered()
    with _lock:
        _by_site[site] = state, found
    return found
