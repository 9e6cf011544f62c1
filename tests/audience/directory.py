"""A user folder that finds somebody by the id, but can't list all."""

from Products.PluggableAuthService.interfaces.plugins import IGroupsPlugin
from Products.PluggableAuthService.interfaces.plugins import IRolesPlugin
from Products.PluggableAuthService.interfaces.plugins import IUserEnumerationPlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from zope.interface import implementer


@implementer(IUserEnumerationPlugin, IGroupsPlugin, IRolesPlugin)
class Directory(BasePlugin):
    """Knows dora and emil, as a directory of a company does, if one asks for them."""

    people = {"dora": "Dora Dahl", "emil": "Emil Ekberg"}
    lists_all = False

    def enumerateUsers(self, exact_match=False, **criteria):
        if exact_match:
            wanted = [criteria.get("id") or criteria["login"]]
        else:
            wanted = self.people if self.lists_all else ()
        return [
            {"id": user, "login": user, "pluginid": "company", "title": name}
            for user, name in self.people.items()
            if user in wanted
        ]

    def getGroupsForPrincipal(self, principal, request=None):
        return ("Engineers",) if principal.getId() in self.people else ()

    def getRolesForPrincipal(self, principal, request=None):
        return ("Reviewer",) if principal.getId() in self.people else ()
