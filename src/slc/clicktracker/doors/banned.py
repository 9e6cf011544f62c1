"""Keeping those out who are banned, as soon as Zope comes to the site.

The filter in front of Zope does the same, by what is told to it here.
"""

from Products.CMFPlone.Portal import PloneSite
from Products.Five.browser import BrowserView
from slc.clicktracker.doors.plain_refusal import BODY
from slc.clicktracker.doors.plain_refusal import HEADERS
from slc.clicktracker.doors.plain_refusal import is_banned
from slc.clicktracker.doors.plain_refusal import STATUS
from slc.clicktracker.doors.process import running
from slc.clicktracker.sites.bans import bans_in_force
from slc.clicktracker.sites.installed import is_installed
from slc.clicktracker.visitors.bans import BansInForce
from zExceptions import HTTPException
from zope.traversing.interfaces import IBeforeTraverseEvent
from ZPublisher.HTTPRequest import HTTPRequest


class Banned(HTTPException):
    """The request comes from where a ban holds."""

    status = STATUS
    body = BODY.decode()
    headers = {name.lower(): value for name, value in HEADERS}


class BannedView(BrowserView):
    """What Zope shows for that, instead of the site's page about errors."""

    def __call__(self) -> bytes:
        response = self.request.response
        # Else Plone sets another one later, by the name of the exception.
        response.setStatus(STATUS, lock=True)
        for name, value in HEADERS:
            response.setHeader(name, value)
        return BODY


def keep_out(site: PloneSite, event: IBeforeTraverseEvent) -> None:
    """Refuse a request for a site with the add-on if it is banned there."""
    request = event.request
    bans = bans_in_force(site)
    if bans is None or _is_looked_at(request, site) or not is_installed(site):
        return
    _tell(request, bans)
    if bans and is_banned(bans, request.environ):
        # Else it would be the site's, whose log of errors would get each refusal.
        request["PUBLISHED"] = Banned
        raise Banned


def _is_looked_at(request: HTTPRequest, site: PloneSite) -> bool:
    """Was it already? Zope comes to a site more than once on its way."""
    sites = request.__dict__.setdefault("_clicktracker_sites", set())
    count = len(sites)
    sites.add(site._p_oid)
    return len(sites) == count


def _tell(request: HTTPRequest, bans: BansInForce) -> None:
    """Let the filter know, if it is there, which bans hold at the site's address."""
    process = running()
    path = path_to_site(request) if process else None
    if process and path is not None:
        process.bans.tell(request.environ.get("HTTP_HOST", ""), path, bans)


def path_to_site(request: HTTPRequest) -> str | None:
    """Return a path, as the server gives it, by which Zope has come to the site.

    Whatever begins with it leads there. None where nothing can be said.
    """
    environ = request.environ
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    parts = path.removesuffix("/").split("/")
    if any(part in ("", ".", "..") for part in parts[1:]):
        return None
    # What Zope has still to go through, the last part first.
    names = request["TraversalRequestNameStack"]
    same = 0
    for name, part in zip(names, reversed(parts[1:]), strict=False):
        if name != part:
            break
        same += 1
    if not _are_of_virtual_host(names[same:]):
        return None
    # Zope has decoded it.
    return "/".join(parts[: len(parts) - same]).encode().decode("latin-1")


def _are_of_virtual_host(names: list[str]) -> bool:
    """Did Zope put them there itself, or find them in front of what it put there?"""
    return not names or names[0].startswith("/")
