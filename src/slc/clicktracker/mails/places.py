"""Where a summary is about: content of the current site by its UID, or the site."""

from AccessControl import getSecurityManager
from plone import api
from plone.uuid.interfaces import IUUID
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.tracking.catalogued import content_with
from typing import Any


def place_uid(content: Any) -> str:
    """Return the UID by which a place is found again: of content that all languages share,
    that in one of them."""
    return IUUID(content)


def place_with(uid: str) -> Any:
    """Return the content with a UID, whoever may see it; None where it is gone."""
    portal = api.portal.get()
    if uid == place_uid(portal):
        return portal
    return content_with(uid)


def may_have_summary(content: Any) -> bool:
    """May the current user have a summary of a place? Whoever may see the report of it."""
    may_view = getSecurityManager().checkPermission("View", content)
    return bool(may_view) and may_see_readers(content)
