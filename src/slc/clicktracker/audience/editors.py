"""Who may edit content or manages its tracking: they open it to work on it."""

from collections.abc import Iterable
from slc.clicktracker.audience.accounts import user_folders
from slc.clicktracker.audience.holders import Holders
from slc.clicktracker.audience.holders import Sharing
from slc.clicktracker.audience.members import EVERYBODY
from slc.clicktracker.audience.members import Members
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.sites.evidence import editors_count
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.progress import who
from typing import Any


#: Who has one of these permissions works on content.
WORK = ("Modify portal content", MANAGE_TRACKING)

_NOBODY = Holders()


def editors_by(sharing: Sharing) -> Holders:
    """Return who works on content, and so is no reader of it unless expected by name.

    Nobody where the site counts them as readers. Nor where everybody may edit, as in a
    wiki: then that tells nobody from the others.
    """
    if editors_count():
        return _NOBODY
    found = sharing.allowed(*WORK)
    return _NOBODY if found.roles & EVERYBODY else found


def editors_among(
    contents: Iterable[Any], members: Members, expected: Iterable[Reader]
) -> tuple[Reader, ...]:
    """Return who works on one of some contents and is not ``expected`` to read it.

    ``members`` are those of the site; those of the user folders above it are found, too.
    """
    editors = [editors_by(Sharing(content)) for content in contents]
    roles = frozenset().union(*(each.roles for each in editors))
    principals = frozenset().union(*(each.principals for each in editors))
    if not roles:
        return ()
    _own, *above = user_folders()
    found = {("", user) for user in members.having(roles, principals).names}
    for folder in above:
        path = "/".join(folder.getPhysicalPath())
        # Zope's own simple one lists nobody by role.
        if hasattr(folder, "plugins"):
            names = Members(folder).having(roles, principals).names
            found |= {(path, user) for user in names}
    found.difference_update(map(who, expected))
    return tuple(Reader(user, folder) for folder, user in sorted(found))
