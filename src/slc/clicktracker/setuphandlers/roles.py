"""The role and the permissions that the add-on brings into a site."""

from Products.CMFPlone.Portal import PloneSite


ROLE = "Tracking Manager"

PERMISSIONS = (
    "slc: Manage Tracking",
    "slc.clicktracker: View readers",
    "Sharing page: Delegate Tracking Manager role",
)


def remove_role(portal: PloneSite) -> None:
    """Take back the permissions at the site and the role itself."""
    for permission in PERMISSIONS:
        portal.manage_permission(permission, roles=[], acquire=1)
    if ROLE in portal.userdefined_roles():
        portal._delRoles([ROLE])
    roles = portal.acl_users.portal_role_manager
    if ROLE in roles.listRoleIds():
        roles.removeRole(ROLE)
