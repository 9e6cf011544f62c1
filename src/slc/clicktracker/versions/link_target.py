"""Where a link in a text leads, the same whichever way it is written."""

from plone import api
from plone.app.redirector.interfaces import IRedirectionStorage
from typing import Any
from urllib.parse import unquote
from urllib.parse import urlsplit
from zope.component import queryUtility
from zope.component.hooks import getSite

import re


_BY_UID = re.compile(
    r"(?:[^?#]*/)?resolveuid/([^/?#]+)/?(.*)", re.IGNORECASE | re.DOTALL
)


def link_target(address: str) -> str:
    """Return an address, that of content in this site by its UID.

    An editor writes ``../resolveuid/<UID>`` where a REST client gets, and sends
    back, the whole address. Which host that names isn't looked at: it's the one by
    which somebody has reached the site, so it may be another one for an editor and for
    each reader, and a version has to be the same for all of them. So a link to another
    site counts as one to this site where this site has content at the same path. What
    was moved is known by its former addresses, as Plone leads from them to it.
    """
    address = address.strip()
    by_uid = _BY_UID.fullmatch(address)
    if by_uid:
        return _shown(*by_uid.groups())
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme not in ("", "http", "https") or not parts.path.startswith("/"):
        return address
    uid, view = _in_site(unquote(parts.path).strip("/"))
    if not uid:
        return address
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return _shown(uid, view + query + fragment)


def _shown(uid: str, rest: str) -> str:
    return f"resolveuid/{uid}/{rest}".rstrip("/")


def _in_site(path: str) -> tuple[str, str]:
    """Return the UID of what is at a path below the site's address, which may end with
    the site's id, and the view behind it; empty for what is none."""
    site = getSite()
    if site is None or not path:
        return "", ""
    catalog = api.portal.get_tool("portal_catalog")
    moved = queryUtility(IRedirectionStorage, default={})
    root = "/".join(api.portal.get().getPhysicalPath())
    of_content, _, view = path.partition("/@@")
    view = view and f"@@{view}"
    if not view and of_content.endswith("/view"):
        of_content, view = of_content.removesuffix("/view"), "view"
    for place in (f"{root}/{of_content}", f"/{of_content}"):
        if place.startswith(f"{root}/"):
            uid = _uid_at(catalog, place) or _uid_at(catalog, moved.get(place, ""))
            if uid:
                return uid, view
    return "", ""


def _uid_at(catalog: Any, path: str) -> str:
    rid = catalog.getrid(path)
    return "" if rid is None else catalog.Indexes["UID"].getEntryForObject(rid, "")
