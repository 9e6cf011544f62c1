"""Groups, roles and many members, as Plone keeps them, for tests of audiences."""

from plone import api
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.rules import AudienceRule
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.storage.model import Reader

import transaction


def add_group(name, *principals):
    """A group of users and groups, which is there already when it is its own member."""
    plugin = api.portal.get().acl_users.source_groups
    if name not in plugin.listGroupIds():
        plugin.addGroup(name, title=f"The {name}")
    for principal in principals:
        plugin.addPrincipalToGroup(principal, name)


def add_accounts(count, **groups):
    """Members in the maps of the plugins; hashing a password each would take long.

    ``groups`` tells for a group which numbers it has.
    """
    user_folder = api.portal.get().acl_users
    for number in range(count):
        user = f"member{number:05}"
        user_folder.source_users._userid_to_login[user] = user
        user_folder.source_users._login_to_userid[user] = user
        user_folder.portal_role_manager._principal_roles[user] = ("Member",)
        data = {"fullname": f"Member Number {number}", "isGroup": False}
        user_folder.mutable_properties._storage[user] = data
    for group, numbers in groups.items():
        add_group(group)
        for number in numbers:
            user_folder.source_groups._principal_groups[f"member{number:05}"] = (group,)


def named(groups=(), users=(), roles=()):
    readers = tuple(Reader(user) for user in users)
    return AudienceRule(False, tuple(groups), readers, tuple(roles))


def expect(content, *users):
    """Have nobody else expected to read content."""
    choose_audience(content, named(users=users))
    transaction.commit()


def give_role(folder, user):
    """Let somebody look after what is read in a folder."""
    folder.manage_setLocalRoles(user, ["Tracking Manager"])
    folder.reindexObjectSecurity()
    transaction.commit()


def expected(content):
    """Return the user ids of those who are expected to read content."""
    return [reader.user for reader in audience_of(content).members]


def problems(content):
    return [api.portal.translate(each) for each in audience_of(content).problems]
