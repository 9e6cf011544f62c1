"""What the collector has to know of a site, read from Plone."""

from AccessControl import getSecurityManager
from Acquisition import aq_inner
from Acquisition import aq_parent
from datetime import timedelta
from plone import api
from plone.keyring.interfaces import IKeyManager
from plone.registry.interfaces import IRegistry
from slc.clicktracker.collector.verdict import SiteRules
from slc.clicktracker.interfaces import ITrackingPolicy
from slc.clicktracker.ticket import Keys
from slc.clicktracker.tracking import document_uid
from typing import Any
from zope.component import getUtility
from zope.component import queryUtility


def site_rules() -> SiteRules:
    """Return the UID, keys and ticket lifetime of the current site."""
    return SiteRules(
        site=document_uid(api.portal.get()),
        keys=site_keys(),
        lifetime=timedelta(hours=policy("ticket_lifetime")),
    )


def site_keys() -> Keys:
    """Return the secrets of plone.keyring's rings for log-ins and for others."""
    manager = queryUtility(IKeyManager)
    if manager is None:
        return Keys((), ())
    return Keys.of(manager.get("_forms") or (), manager.get("_anon") or ())


def policy(name: str) -> Any:
    """Return a setting of ``ITrackingPolicy``, its default where there is no record."""
    field = ITrackingPolicy[name]
    record = f"{ITrackingPolicy.__identifier__}.{name}"
    return getUtility(IRegistry).get(record, field.default)


def cookie_name() -> str:
    """Return the name of the cookie that carries a log-in of this site."""
    plugins = api.portal.get_tool("acl_users")
    for plugin in ("session", "credentials_cookie_auth"):
        name = getattr(plugins.get(plugin), "cookie_name", None)
        if name:
            return name
    return ""


def current_user() -> tuple[str, str]:
    """Return user id and path of the user folder, which is "" for the site's own.

    The same id in the site and in the root of Zope is two people. Both are
    empty for anonymous visitors.
    """
    user = getSecurityManager().getUser()
    user_id = user.getId()
    if not user_id:
        return "", ""
    path = aq_parent(aq_inner(user)).getPhysicalPath()
    own = api.portal.get_tool("acl_users").getPhysicalPath()
    return user_id, "" if path == own else "/".join(path)
