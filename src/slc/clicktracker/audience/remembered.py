"""Audiences that a process remembers, as long as the members stay the same."""

from collections.abc import Hashable
from plone import api
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.members import Members
from slc.clicktracker.audience.members import State
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.storage.model import Reader
from threading import Lock


#: Sites of which audiences are remembered: one of 10,000 members takes 80 kB.
_MOST_SITES = 8

#: Audiences of a site that are remembered, before all are found anew.
_MOST_AUDIENCES = 2_000

_lock = Lock()
_by_site: Bounded[str, tuple[State, "Remembered"]] = Bounded(_MOST_SITES)


class Remembered:
    """``audiences`` of members of one moment, by all else that decides about them.

    The same people are one and the same tuple in ``readers``, in each later request as
    well: a storage can tell by that what it knows of them already.
    """

    def __init__(self) -> None:
        self.audiences: dict[Hashable, Audience] = {}
        self.readers: dict[tuple[Reader, ...], tuple[Reader, ...]] = {}


def remembered(members: Members) -> Remembered:
    """Return what is remembered of the current site with these members, of whom none
    has come, gone, or joined a group or role since; else something empty.

    Nothing stays of a site with accounts that only plugins of other packages know.
    """
    state = members.state
    if state is None:
        return Remembered()
    site = "/".join(api.portal.get().getPhysicalPath())
    with _lock:
        before, found = _by_site.get(site, (None, Remembered()))
    if before != state or len(found.audiences) > _MOST_AUDIENCES:
        found = Remembered()
    with _lock:
        _by_site[site] = state, found
    return found
