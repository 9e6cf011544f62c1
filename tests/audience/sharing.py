"""Random groups, roles and sharing."""

from hypothesis import strategies as st
from plone import api
from tests.audience.people import add_group


USERS = ("alice", "bob", "carol")
GROUPS = ("A", "B", "C", "D", "AuthenticatedUsers")
PRINCIPALS = st.sampled_from(USERS + GROUPS)
ROLES = st.sampled_from(
    ("Reader", "Editor", "Manager", "Contributor", "Owner", "Tracking Manager")
)

memberships = st.lists(st.tuples(st.sampled_from(GROUPS[:4]), PRINCIPALS), max_size=10)
grants = st.lists(st.tuples(PRINCIPALS, ROLES), max_size=3)


def set_up(board, memberships, site_roles, folder_roles, item_roles, blocked):
    user_folder = api.portal.get().acl_users
    for group in GROUPS[:4]:
        add_group(group)
    for group, principal in memberships:
        user_folder.source_groups.addPrincipalToGroup(principal, group)
    for principal, role in site_roles:
        user_folder.portal_role_manager.assignRoleToPrincipal(role, principal)
    for content, roles in ((board, folder_roles), (board.agenda, item_roles)):
        for principal, role in roles:
            content.manage_addLocalRoles(principal, [role])
    board.agenda.__ac_local_roles_block__ = blocked
