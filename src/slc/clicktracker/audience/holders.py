"""Who may do something with content: by which roles, and who has them there."""

from AccessControl.PermissionRole import rolesForPermissionOn
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from plone import api
from slc.clicktracker.audience.members import EVERYBODY
from typing import Any


@dataclass(frozen=True)
class Holders:
    """Roles, and the users and groups that have one of them by the Sharing tab."""

    roles: frozenset[str] = frozenset()
    principals: frozenset[str] = frozenset()


class Sharing:
    """Who has which role by the Sharing tab of content, here or above.

    That is asked once, 0.1 ms, and not where nobody's roles matter. For content of which
    it is certain that nothing else decides, ``above`` are the roles in its folder, and
    ``here`` its own, both by user or group.
    """

    def __init__(
        self,
        content: Any,
        above: Mapping[str, Set[str]] | None = None,
        here: Iterable[tuple[str, Iterable[str]]] = (),
    ) -> None:
        self.content = content
        self._above, self._here = above, here
        self._allowed: dict[tuple[str, ...], Holders] = {}

    def allowed(self, *permissions: str) -> Holders:
        """Return who has one of some permissions on the content now.

        By the roles that have it: the catalog's index tells who may know that the
        content exists, which a workflow can allow to more people.
        """
        if permissions not in self._allowed:
            self._allowed[permissions] = self._found(permissions)
        return self._allowed[permissions]

    def _found(self, permissions: tuple[str, ...]) -> Holders:
        roles = {
            role
            for permission in permissions
            for role in rolesForPermissionOn(permission, self.content)
        }
        if roles & EVERYBODY:
            # Then nobody's other roles matter.
            return Holders(frozenset(roles & EVERYBODY))
        return Holders(frozenset(roles), self.having(roles))

    def having(self, roles: Set[str]) -> frozenset[str]:
        """Return users and groups that have one of some roles."""
        if not roles:
            return frozenset()
        return frozenset(
            holder for holder, here in self.roles.items() if roles & set(here)
        )

    @cached_property
    def roles(self) -> dict[str, Set[str]]:
        """The roles by who has them."""
        if self._above is None:
            return api.portal.get()["acl_users"]._getAllLocalRoles(self.content)
        return {
            **self._above,
            **{who: {*self._above.get(who, ()), *roles} for who, roles in self._here},
        }
