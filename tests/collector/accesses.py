"""Accesses for tests that need no Plone."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.plain import plain
from slc.clicktracker.tickets.credential import LogInCookie
from slc.clicktracker.tickets.ticket import Keys
from slc.clicktracker.tickets.verdict import SiteRules


NOON = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
RULES = SiteRules("site", Keys((), ()), timedelta(hours=24), LogInCookie(""))


def access(number=0, **changes):
    values = {
        "key": f"{number:032x}",
        "issued": NOON,
        "opened": NOON + timedelta(seconds=number),
        "seen": NOON + timedelta(seconds=number),
        "document": Document("uid", "/site/agenda", "Agenda"),
        "reader": Reader("bob", "", "Bob Berger"),
        "url": "/agenda",
    }
    return Access(**values | changes)


def plain_access(number=0, **changes):
    return plain(access(number, **changes))
