"""Who may do something with content: by which roles, and who has them there."""

from AccessControl.PermissionRole import rolesForPermissionOn
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

    That is asked once, 0.1 ms, and not where nobody's roles matter.
    """

    def __init__(self, content: Any) -> None:
        self.content = content

    def allowed(self, *permissions: str) -> Holders:
        """Return who has one of some permissions on the content now.

        By the roles that have it: the catalog's index tells who may know that the
        content exists, which a workflow can allow to more people.
        """
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
            holder for holder, here in self._roles.items() if roles & set(here)
        )

    @cached_property
    def _roles(self) -> dict[str, Set[str]]:
        return api.portal.get()["acl_users"]._getAllLocalRoles(self.content)
