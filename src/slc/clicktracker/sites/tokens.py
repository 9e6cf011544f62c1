"""Whom the tokens of plone.restapi log in, as the site's user folders say."""

from Products.CMFCore.interfaces import ISiteRoot
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from slc.clicktracker.sites.rules import account_of
from typing import Any
from zope.component import getUtility
from zope.publisher.interfaces.browser import IBrowserRequest


#: As plone.restapi finds its plugin.
_TOKENS = "JWT Authentication Plugin"


def user_of_token(token: str) -> tuple[str, str]:
    """Return user id and user folder of whoever a token logs in; both are empty where it
    is over, not genuine, or of an account that is gone."""
    site = getUtility(ISiteRoot)
    for place in (site, site.getPhysicalRoot()):
        users = place["acl_users"]
        plugins = getattr(users, "plugins", None)
        listed = plugins.listPlugins(IAuthenticationPlugin) if plugins else ()
        for name, plugin in listed:
            if plugin.meta_type != _TOKENS:
                continue
            asked = {"extractor": name, "token": token}
            found = plugin.authenticateCredentials(asked)
            user = users.getUserById(found[0]) if found else None
            if user is not None:
                return account_of(user)
    return "", ""


def whole_environ(request: IBrowserRequest) -> dict[str, Any]:
    """Return the WSGI environment of a request with the header that Zope takes out of it."""
    sent = getattr(request, "_auth", None)
    if not sent:
        return request.environ
    return {**request.environ, "HTTP_AUTHORIZATION": sent}
