"""The members of a site with their groups and roles, from the maps of its plugins.

Asking Plone who may view something takes 0.23 ms a member, so 20,000 members take
4.6 s. The plugins of a plain Plone keep who is in which group and has which role in
maps; turned round once, they answer for everybody in a fraction of a second.

Other plugins (LDAP, OIDC, …) may know more than they tell. They are asked for all
their accounts, and named in ``Selection.unlisted`` where somebody may be missing.
"""

from Acquisition import aq_base
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from plone import api
from Products.PlonePAS.interfaces.group import IGroupIntrospection
from Products.PlonePAS.plugins.autogroup import AutoGroup
from Products.PlonePAS.plugins.group import GroupManager
from Products.PlonePAS.plugins.property import ZODBMutablePropertyProvider
from Products.PlonePAS.plugins.role import GroupAwareRoleManager
from Products.PlonePAS.plugins.user import UserManager
from Products.PluggableAuthService.interfaces.plugins import IGroupsPlugin
from Products.PluggableAuthService.interfaces.plugins import IPropertiesPlugin
from Products.PluggableAuthService.interfaces.plugins import IRolesPlugin
from Products.PluggableAuthService.interfaces.plugins import IUserEnumerationPlugin
from Products.PluggableAuthService.plugins.RecursiveGroupsPlugin import (
    RecursiveGroupsPlugin,
)
from Products.PluggableAuthService.plugins.ZODBGroupManager import ZODBGroupManager
from Products.PluggableAuthService.plugins.ZODBRoleManager import ZODBRoleManager
from Products.PluggableAuthService.plugins.ZODBUserManager import ZODBUserManager
from slc.clicktracker import logger
from slc.clicktracker.tracking.lasting import found_of_objects
from slc.clicktracker.tracking.lasting import oids_of
from typing import Any
from typing import NamedTuple
from ZODB.POSException import ConflictError
from zope.interface.interface import InterfaceClass


# These very classes, as a subclass may know of somebody who is not in the map.
_USER_MAPS = (UserManager, ZODBUserManager)
_GROUP_MAPS = (GroupManager, ZODBGroupManager)
_ROLE_MAPS = (GroupAwareRoleManager, ZODBRoleManager)

#: What plugins have nobody, and nothing, that isn't read here. The one for
#: properties finds the accounts of others by their names.
_READ = {
    IUserEnumerationPlugin: (*_USER_MAPS, ZODBMutablePropertyProvider),
    IGroupsPlugin: (*_GROUP_MAPS, AutoGroup, RecursiveGroupsPlugin),
    IRolesPlugin: _ROLE_MAPS,
    IGroupIntrospection: (*_GROUP_MAPS, AutoGroup),
}

#: Where the plugins that are read keep what they know.
_MAPS = (
    *("_userid_to_login", "_storage", "_groups"),
    *("_principal_groups", "_principal_roles"),
)

#: Roles that all members have.
EVERYBODY = {"Anonymous", "Authenticated"}


@dataclass(frozen=True)
class Selection:
    """Some of the members: names by user id, "" where there is none.

    ``unlisted`` are plugins that may know of more: the interface for which they
    can't be read, and what they are called.
    """

    names: dict[str, str]
    unlisted: frozenset[tuple[InterfaceClass, str]] = frozenset()


class KnownOfMembers(NamedTuple):
    """All that the plugins of a plain Plone know of members."""

    names: dict[str, str]
    groups: set[str]
    group_members: Mapping[str, set[str]]
    groups_nest: bool
    automatic_groups: set[str]
    holders: Mapping[str, set[str]]
    unread: tuple[frozenset[tuple[InterfaceClass, str]], ...]
    known_groups: Set[str]
    active: Mapping[InterfaceClass, tuple[str, ...]]


class Members:
    """The site's own user folder as it is now. Users of Zope's root are no members.

    With another ``user_folder`` than the site's, those in that one.
    """

    def __init__(self, user_folder: Any = None) -> None:
        if user_folder is None:
            user_folder = api.portal.get()["acl_users"]
        self._user_folder = user_folder

    @property
    def are_in_database(self) -> bool:
        """Is nobody else asked for members, groups and roles?"""
        return not any(any(self._others(interface)) for interface in _READ)

    @property
    def state(self) -> KnownOfMembers | None:
        """All that decides what is selected; None where other plugins are asked for
        that, which may answer otherwise each time."""
        if any(self._others(IUserEnumerationPlugin)):
            return None
        return KnownOfMembers(
            self._names,
            self._groups,
            self._group_members,
            self._groups_nest,
            self._automatic_groups,
            self._holders,
            tuple(map(self._unread, (IGroupsPlugin, IRolesPlugin))),
            self._known_groups,
            dict(self._user_folder.plugins._plugins or {}),
        )

    @property
    def lasting_state(self) -> KnownOfMembers | None:
        """Return the same, the very same as long as nothing of it changes.

        From then on all is selected by that state, whatever this request changes: what is
        remembered with a state must not be of another one.
        """
        return self._lasting() if self.are_in_database else self.state

    def remembered(self) -> "Members":
        """Return the same, who are selected by their ``lasting_state`` where there is one
        that lasts: to find the names of 10,000 takes 5 ms."""
        if self.are_in_database:
            self._lasting()
        return self

    def _lasting(self) -> KnownOfMembers:
        name = "members", self._user_folder._p_oid
        found = found_of_objects(name, lambda: (self.state, self._objects))
        self._names, self._holders = found.names, found.holders
        self._groups, self._group_members = found.groups, found.group_members
        self._groups_nest = found.groups_nest
        self._automatic_groups = found.automatic_groups
        return found

    @property
    def _objects(self) -> Set[bytes]:
        """The ids of all objects in the database that decide about it."""
        registry = self._user_folder.plugins
        plugins = [
            plugin
            for interface in (*_READ, IPropertiesPlugin)
            for plugin in self._active(interface)
        ]
        maps = (
            getattr(aq_base(plugin), name, None) for plugin in plugins for name in _MAPS
        )
        folders = self._user_folder, registry, registry._plugins
        return frozenset(oids_of(*folders, *plugins, *maps))

    def everybody(self) -> Selection:
        """Select all members."""
        return Selection(self._names, self._unread(IUserEnumerationPlugin))

    def having(
        self,
        roles: Set[str],
        principals: Set[str],
        users: Set[str] = frozenset(),
        groups: Set[str] = frozenset(),
    ) -> Selection:
        """Select who is one of, or in one of, the principals, or has one of the roles,
        or is one of the users, or in one of the groups.

        Principals are ids of users and groups, as Plone keeps them: where a user and a
        group have the same id, both are meant. Roles are those that members and groups
        have in the whole site.
        """
        if roles & EVERYBODY:
            return self.everybody()
        unlisted = self._unread(IRolesPlugin) if roles else frozenset()
        if roles or groups or (principals | users) - self._names.keys():
            unlisted |= self._unread(IGroupsPlugin)
        holders = {holder for role in roles for holder in self._holders.get(role, ())}
        either = principals | holders
        below, expanded = self._below(either | groups)
        if expanded & self._automatic_groups:
            everybody = self.everybody()
            return Selection(everybody.names, everybody.unlisted | unlisted)
        found = either | below | users
        names = {user: self._names[user] for user in found if user in self._names}
        others = users | (found - self._groups)
        elsewhere = self._found_by_others(others - names.keys())
        return Selection(names | elsewhere, unlisted)

    def _below(self, principals: Set[str]) -> tuple[set[str], set[str]]:
        """Return who is in principals, and the groups whose members count."""
        below: set[str] = set()
        expanded: set[str] = set()
        waiting = list(principals)
        while waiting:
            group = waiting.pop()
            expanded.add(group)
            members = self._group_members.get(group, set())
            below |= members
            if self._groups_nest:
                waiting.extend(members - expanded)
        return below, expanded

    def _plugins(self, interface: InterfaceClass, *classes: type) -> Iterator[Any]:
        for plugin in self._active(interface):
            if type(aq_base(plugin)) in classes:
                yield plugin

    def _others(self, interface: InterfaceClass) -> Iterator[Any]:
        for plugin in self._active(interface):
            if type(aq_base(plugin)) not in _READ[interface]:
                yield plugin

    def _active(self, interface: InterfaceClass) -> list[Any]:
        try:
            listed = self._user_folder.plugins.listPlugins(interface)
        except KeyError:
            # The root of Zope knows nothing of what Plone asks of groups.
            return []
        return [plugin for _id, plugin in listed]

    def _unread(
        self, interface: InterfaceClass
    ) -> frozenset[tuple[InterfaceClass, str]]:
        plugins = self._others(interface)
        return frozenset((interface, p.title or p.getId()) for p in plugins)

    @cached_property
    def _names(self) -> dict[str, str]:
        """All members who are known: full name by user id."""
        names = {}
        for plugin in self._others(IUserEnumerationPlugin):
            names |= _asked(plugin)
        for plugin in self._plugins(IUserEnumerationPlugin, *_USER_MAPS):
            for user in plugin._userid_to_login:
                names.setdefault(plugin.prefix + user, "")
        return self._with_full_names(names)

    def _with_full_names(self, names: dict[str, str]) -> dict[str, str]:
        """Return the names that members have given themselves, else those given."""
        named = dict(names)
        plugins = self._plugins(IPropertiesPlugin, ZODBMutablePropertyProvider)
        # The first plugin counts, so it comes last.
        for plugin in reversed(list(plugins)):
            for user in names:
                if name := (plugin._storage.get(user) or {}).get("fullname"):
                    named[user] = name
        return named

    def _found_by_others(self, users: Iterable[str]) -> dict[str, str]:
        """Return those whom plugins know by their id, without listing them."""
        names = {}
        for plugin in self._others(IUserEnumerationPlugin):
            for user in users:
                names |= _asked(plugin, id=user, exact_match=True)
        return self._with_full_names(names)

    @cached_property
    def _groups(self) -> set[str]:
        plugins = self._plugins(IGroupsPlugin, *_GROUP_MAPS)
        return {plugin.prefix + group for plugin in plugins for group in plugin._groups}

    @cached_property
    def _group_members(self) -> Mapping[str, set[str]]:
        """Users and groups by the group that they are directly in."""
        members = defaultdict(set)
        for plugin in self._plugins(IGroupsPlugin, *_GROUP_MAPS):
            for principal, groups in plugin._principal_groups.items():
                for group in groups:
                    members[plugin.prefix + group].add(principal)
        return members

    @cached_property
    def _groups_nest(self) -> bool:
        return any(self._plugins(IGroupsPlugin, RecursiveGroupsPlugin))

    @property
    def _known_groups(self) -> set[str]:
        """Groups of which somebody says that they are there."""
        maps = self._plugins(IGroupIntrospection, *_GROUP_MAPS)
        automatic = self._plugins(IGroupIntrospection, AutoGroup)
        listed = (group for plugin in maps for group in plugin._groups)
        return {*listed, *(plugin.group for plugin in automatic)}

    @cached_property
    def _automatic_groups(self) -> set[str]:
        """Groups that everybody is in."""
        return {plugin.group for plugin in self._plugins(IGroupsPlugin, AutoGroup)}

    @cached_property
    def _holders(self) -> Mapping[str, set[str]]:
        """Users and groups by the role that they have in the whole site."""
        holders = defaultdict(set)
        for plugin in self._plugins(IRolesPlugin, *_ROLE_MAPS):
            for principal, roles in plugin._principal_roles.items():
                for role in roles:
                    holders[role].add(principal)
        return holders


def _asked(plugin: Any, **criteria: Any) -> dict[str, str]:
    """Return name by user id of those whom a plugin finds, nobody where it fails."""
    try:
        found = plugin.enumerateUsers(**criteria) or ()
        return {info["id"]: info.get("title") or "" for info in found}
    except ConflictError:
        raise
    except Exception:
        # Whatever goes wrong there: the rest of the audience is known all the same.
        logger.exception("The plugin %r could not be asked for users", plugin.getId())
        return {}
