"""Who may do something with content: by which roles, and who has them there."""

from AccessControl.PermissionRole import rolesForPermissionOn
from dataclasses import dataclass
from plone import api
from slc.clicktracker.evidence.members import EVERYBODY
from typing import Any


@dataclass(frozen=True)
class Holders:
    """Roles, and the users and groups that have one of them by the Sharing tab."""

    roles: frozenset[str] = frozenset()
    principals: frozenset[str] = frozenset()


def holders_of(content: Any, *permissions: str) -> Holders:
    """Return who has one of some permissions on content now.

    By the roles that have it: the catalog's index tells who may know that the content
    exists, which a workflow can allow to more people.
    """
    roles = {
        role
        for permission in permissions
        for role in rolesForPermissionOn(permission, content)
    }
    if roles & EVERYBODY:
        # Then nobody's other roles matter.
        return Holders(frozenset(roles & EVERYBODY))
    return Holders(frozenset(roles), holders_here(content, roles))


def holders_here(content: Any, roles: set[str]) -> frozenset[str]:
    """Return users and groups that have a role by the Sharing tab, here or above."""
    if not roles:
        return frozenset()
    local_roles = api.portal.get()["acl_users"]._getAllLocalRoles(content)
    return frozenset(
        holder for holder, here in local_roles.items() if roles & set(here)
    )
