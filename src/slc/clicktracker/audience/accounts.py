"""Which readers have an account now, and the names that they have now."""

from Acquisition import aq_inner
from Acquisition import aq_parent
from collections.abc import Iterator
from functools import cached_property
from functools import lru_cache
from plone import api
from slc.clicktracker.audience.members import Members
from slc.clicktracker.storage.model import Reader
from typing import Any


#: So many readers are looked up one by one, 0.7 ms each, before everybody is listed at
#: once, which takes 0.1 s for 20,000 members.
_LOOKED_UP_FIRST = 100

#: Answers that are remembered.
_REMEMBERED = 10_000


class Accounts:
    """The accounts of the current site and of the user folders above it.

    For one request: accounts that come and go meanwhile may be missed. A few
    readers, as on a screen, are looked up; for many, as in a file of all, the members
    are listed, at once where it is known that at least so many will be asked for. The
    answers are the same.
    """

    def __init__(self, at_least: int = 0) -> None:
        self._looked_up = at_least
        self._found = lru_cache(_REMEMBERED)(self._find)

    def name_of(self, reader: Reader) -> str | None:
        """Return the full name of a reader, "" where the site has none, None for who
        has no account in the user folder that he comes from.

        One of the site's own user folder may also be in one above.
        """
        if reader.folder or self._looked_up < _LOOKED_UP_FIRST:
            return self._found(reader.folder, reader.user)
        if reader.user in self._listed:
            return self._listed[reader.user]
        return self._found("", reader.user) if self._some_are_unlisted else None

    def _find(self, folder: str, user: str) -> str | None:
        self._looked_up += 1
        if not folder:
            member = api.user.get(userid=user)
            return None if member is None else member.getProperty("fullname", "")
        # Full names are kept with the members of the site, so others have none here.
        place = api.portal.get().unrestrictedTraverse(folder, None)
        known = place is not None and place.getUserById(user) is not None
        return "" if known else None

    @property
    def _listed(self) -> dict[str, str]:
        return self._listing[0]

    @property
    def _some_are_unlisted(self) -> bool:
        return self._listing[1]

    @cached_property
    def _listing(self) -> tuple[dict[str, str], bool]:
        """The names of everybody who can be listed, and whether there may be more."""
        names: dict[str, str] = {}
        some_are_unlisted = False
        for folder in user_folders():
            if not hasattr(folder, "plugins"):
                # Zope's own simple one, which is asked for each.
                some_are_unlisted = True
                continue
            selection = Members(folder).remembered().everybody()
            names = selection.names | names
            some_are_unlisted |= bool(selection.unlisted)
        return names, some_are_unlisted


def user_folders() -> Iterator[Any]:
    """Yield the site's user folder and those above, as Plone looks for an account."""
    folder = api.portal.get()["acl_users"]
    while folder is not None:
        yield folder
        above = aq_parent(aq_inner(aq_parent(aq_inner(folder))))
        folder = getattr(above, "acl_users", None)
