"""What the collector has to know of a site, read from Plone."""

from AccessControl import getSecurityManager
from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from datetime import timedelta
from plone import api
from plone.keyring.interfaces import IKeyManager
from plone.registry.interfaces import IRegistry
from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker.interfaces import ICollectorSettings
from slc.clicktracker.interfaces import ITrackingPolicy
from slc.clicktracker.sites.cohorts import are_page_events_on
from slc.clicktracker.sites.cohorts import recorded_members
from slc.clicktracker.sites.forwarding import forward_rules
from slc.clicktracker.sites.goals import goal_rules
from slc.clicktracker.sites.origins import allowed_origins
from slc.clicktracker.sites.signals import respects_signals
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.sites.storage import takes_batches
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.sites.visits import visit_rules
from slc.clicktracker.tickets.credential import LogInCookie
from slc.clicktracker.tickets.ticket import Keys
from slc.clicktracker.tickets.verdict import SiteRules
from typing import Any
from zope.component import getUtility
from zope.component import queryUtility
from zope.interface.interface import InterfaceClass


_MEGABYTE = 1_000_000


def site_rules() -> SiteRules:
    """Return what the collector goes by in the current site."""
    return SiteRules(
        site=document_uid(api.portal.get()),
        keys=site_keys(),
        lifetime=timedelta(hours=policy("ticket_lifetime")),
        cookie=log_in_cookie(),
        recording=is_recording(),
        takes_batches=takes_batches(),
        strict=collector_setting("strict"),
        spool_limit=spool_limit(),
        reader_limit=collector_setting("reader_limit"),
        address_limit=collector_setting("address_limit"),
        visits=visit_rules(),
        forwarding=forward_rules(),
        members=recorded_members() if takes_batches() else {},
        page_events=takes_batches() and are_page_events_on(),
        goals=goal_rules(),
        signals=respects_signals(),
        origins=allowed_origins(),
    )


def spool_limit() -> int:
    """Return how many bytes a process may keep."""
    return collector_setting("spool_limit") * _MEGABYTE


def site_keys() -> Keys:
    """Return the secrets of plone.keyring's rings for log-ins and for others."""
    manager = queryUtility(IKeyManager)
    if manager is None:
        return Keys((), ())
    return Keys.of(manager.get("_forms") or (), manager.get("_anon") or ())


def policy(name: str) -> Any:
    """Return a setting of ``ITrackingPolicy``, its default where there is no record."""
    return _setting(ITrackingPolicy, name)


def collector_setting(name: str) -> Any:
    """Return a setting of ``ICollectorSettings``, its default where there is no record."""
    return _setting(ICollectorSettings, name)


def _setting(schema: InterfaceClass, name: str) -> Any:
    default = schema[name].default
    return getUtility(IRegistry).get(f"{schema.__identifier__}.{name}", default)


def log_in_cookie() -> LogInCookie:
    """Return the cookie that carries a log-in of this site."""
    plugins = _user_folder()
    for name in ("session", "credentials_cookie_auth"):
        plugin = plugins.get(name)
        cookie = getattr(plugin, "cookie_name", None)
        if cookie:
            return LogInCookie(cookie, getattr(plugin, "timeout", 0))
    return LogInCookie("")


def is_logged_in() -> bool:
    """Is the current user anybody? This takes less time than who it is."""
    return bool(getSecurityManager().getUser().getId())


def current_user() -> tuple[str, str]:
    """Return user id and path of the user folder, which is "" for the site's own.

    The same id in the site and in the root of Zope is two people. Both are
    empty for anonymous visitors.
    """
    return account_of(getSecurityManager().getUser())


def account_of(user: Any) -> tuple[str, str]:
    """Return the same of any user. Who is in no user folder, as code may make one up for
    a moment, has no account."""
    user_id = user.getId()
    folder = aq_parent(aq_inner(user))
    if not user_id or folder is None:
        return "", ""
    # Where it is tells whose it is: to get the site's own takes far longer.
    if aq_base(aq_parent(aq_inner(folder))) is aq_base(getUtility(ISiteRoot)):
        return user_id, ""
    return user_id, "/".join(folder.getPhysicalPath())


def _user_folder() -> Any:
    """Return the site's own user folder.

    As an item it takes a small part of the time that ``get_tool`` takes, or as an
    attribute, which Dexterity looks for in the schemas of the site first.
    """
    return getUtility(ISiteRoot)["acl_users"]
