"""Which of many items the current user may know something of."""

from AccessControl import getSecurityManager
from AccessControl import ImplC
from AccessControl import ImplPython
from AccessControl.users import BasicUser
from AccessControl.users import UnrestrictedUser
from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Sequence
from Products.PlonePAS.plugins.ufactory import PloneUser
from Products.PluggableAuthService.PropertiedUser import PropertiedUser
from Products.ZCatalog.interfaces import ICatalogBrain
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.tracking.alike import Alike
from slc.clicktracker.tracking.alike import Folders
from slc.clicktracker.tracking.alike import gives_local_roles_as_usual
from slc.clicktracker.tracking.alike import OncePerCharacter
from slc.clicktracker.tracking.catalogued import Catalogued
from slc.clicktracker.tracking.catalogued import catalogued
from slc.clicktracker.tracking.lasting import KnownOfFolders
from slc.clicktracker.tracking.lasting import stamp_of_kinds
from slc.clicktracker.tracking.unchanged import Known
from typing import Any


#: Zope's own, as it is and as it says more.
_POLICIES = (ImplC.ZopeSecurityPolicy, ImplPython.ZopeSecurityPolicy)

#: How users find out what they may do, by roles alone: in the whole site, and on content.
_BY_ROLES = (
    PloneUser.allowed,
    PropertiedUser.allowed,
    BasicUser.allowed,
    UnrestrictedUser.allowed,
)


class Permitted:
    """Has the current user all of some permissions, by their titles? For one request.

    Each item is asked, always, but those that are alike in all that decides: a role that
    somebody has above may be blocked in any folder, and a permission taken from any item.
    The catalog tells neither, and who may know that something exists need not be allowed
    to view it.
    """

    def __init__(self, *permissions: str) -> None:
        self._permissions = permissions
        self._may = getSecurityManager().checkPermission
        self._alike = _alike(permissions)
        self._known: dict[Hashable, bool] = {}
        known: KnownOfFolders | Known = Known()
        if self._alike is not None:
            grounds = _viewer(), permissions, stamp_of_kinds()
            known = KnownOfFolders(self._is_certain, "permitted", *grounds)
        self._of_items = OncePerCharacter(self.on, self._is_certain, known)

    def on_item(self, item: Catalogued) -> bool:
        """Return the same of something from the catalog, in less time."""
        return self._of_items.of(item)

    def on(self, content: Any) -> bool:
        key = None if self._alike is None else self._alike.of(content)
        if key is None:
            return self._asked(content)
        if key not in self._known:
            self._known[key] = self._asked(content)
        return self._known[key]

    def _is_certain(self, content: Any) -> bool:
        return self._alike is not None and self._alike.is_certain(content)

    def _asked(self, content: Any) -> bool:
        return all(self._may(each, content) for each in self._permissions)


def allowed(brains: Sequence[ICatalogBrain], permission: str) -> list[Catalogued]:
    """Return what the current user may view, with a permission of the given title
    there, in the same order."""
    may = Permitted(permission, "View")
    return [item for item in catalogued(brains) if may.on_item(item)]


def if_visible(item: Any) -> Any:
    """Return an item, None where there is none or the current user may not view it."""
    may_view = getSecurityManager().checkPermission
    return item if item is not None and may_view("View", item) else None


def may_see_readers(content: Any) -> bool:
    """May the current user know who has read this content?"""
    return bool(getSecurityManager().checkPermission(VIEW_READERS, content))


def _viewer() -> Hashable:
    """Return what tells the current user from all who may do something else."""
    user = getSecurityManager().getUser()
    folder = aq_parent(aq_inner(user))
    return (
        type(aq_base(user)),
        () if folder is None else folder.getPhysicalPath(),
        user.getId(),
        frozenset(_groups_of(user)),
        frozenset(user.getRoles()),
    )


def _groups_of(user: Any) -> Iterable[str]:
    return getattr(user, "getGroups", tuple)()


def _alike(permissions: tuple[str, ...]) -> Alike | None:
    """Return what tells for which content the current user gets the same answer, None
    where that can't be told."""
    manager = getSecurityManager()
    user = manager.getUser()
    if (
        # A script in the site runs with the permissions of whom it belongs to.
        manager._context.stack
        or type(manager._policy) not in _POLICIES
        or getattr(type(aq_base(user)), "allowed", None) not in _BY_ROLES
    ):
        return None
    if isinstance(aq_base(user), PloneUser):
        folder = aq_parent(aq_inner(user))
        if folder is None or not gives_local_roles_as_usual(folder):
            return None
    return Alike(permissions, Folders(), frozenset((user.getId(), *_groups_of(user))))
