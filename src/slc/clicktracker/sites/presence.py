"""Who is on the site now, in numbers, for every page that wants to say so."""

from datetime import timedelta
from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.sites.visitor_rules import visitor_setting
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.visits.model import Presence
from threading import Lock
from zope.component import getUtility

import logging
import time


logger = logging.getLogger("slc.clicktracker")

#: Seconds that an answer is good for. A storage that is down is left alone for longer:
#: no page is to wait for it again and again.
FRESH = 5.0
LEFT_ALONE = 30.0

#: Pages whose numbers are kept.
MOST_PAGES = 1000

_Known = tuple[float, Presence | None]

_known: Bounded[tuple[str, str, str], _Known] = Bounded(MOST_PAGES)

#: Until when the storage of a site is left alone.
_down: dict[str, float] = {}
_lock = Lock()
_said = OnceAMinute()


def presence(uid: str = "", url: str = "") -> Presence | None:
    """Return who is on the site now, and on the page with this UID, or this site-relative
    address where it has none.

    None where visits are not recorded, and where nobody knows, as the storage is down. It
    may be some seconds old.
    """
    if not visitor_setting("enabled"):
        return None
    site = document_uid(getUtility(ISiteRoot))
    page = site, uid, url
    now = time.monotonic()
    until, found = _known.get(page, (0.0, None))
    if now < until:
        return found
    if now < _down.get(site, 0.0):
        return None
    try:
        found = _asked(uid, url)
    except StorageError as error:
        _down[site] = time.monotonic() + LEFT_ALONE
        if _said.is_due("presence"):
            logger.error("Pages can't say how many visitors there are: %s", error)
        return None
    with _lock:
        _known[page] = now + FRESH, found
    return found


def _asked(uid: str, url: str) -> Presence | None:
    since = utc_now() - timedelta(minutes=visitor_setting("presence_timeout"))
    storage = storage_with(IVisits)
    return None if storage is None else storage.presence(since, uid, url)
