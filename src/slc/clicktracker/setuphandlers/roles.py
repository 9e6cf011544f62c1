"""Taking back the role and the permissions that the add-on brought into a site."""

from Products.CMFPlone.Portal import PloneSite
from slc.clicktracker.permissions import PERMISSIONS
from slc.clicktracker.permissions import ROLE


def remove_role(portal: PloneSite) -> None:
    """Take back the permissions at the site and the role itself."""
    for permission in PERMISSIONS:
        portal.manage_permission(permission, roles=[], acquire=1)
    if ROLE in portal.userdefined_roles():
        portal._delRoles([ROLE])
    roles = portal.acl_users.portal_role_manager
    if ROLE in roles.listRoleIds():
        roles.removeRole(ROLE)
