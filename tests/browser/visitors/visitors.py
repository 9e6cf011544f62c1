"""What visitors have done, as the storage knows it."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import PageView
from tests.layers import FULL_NAMES

import uuid


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
GUEST = "3fa9" + 28 * "0"


def seen(content, user="", ago=12, now=None, **more):
    """Record that somebody opened a page so many seconds ago, or before another ``now``; it
    is of content or an address."""
    if isinstance(content, str):
        page = Page(content)
    else:
        path = "/" + "/".join(content.getPhysicalPath()[2:])
        page = Page(path, content.UID(), content.Title())
    at = (now or datetime.now(timezone.utc)) - timedelta(seconds=ago)
    values = {
        "key": uuid.uuid4().hex,
        "at": at,
        "seen": at,
        "page": page,
        "reader": Reader(user, name=FULL_NAMES.get(user, "")),
        "session": f"log-in of {user}" if user else "",
        "address": "198.51.100.7",
        "agent": FIREFOX,
    }
    site_storage().record_views([PageView(**{**values, **more})])
