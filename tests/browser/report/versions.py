"""Versions of a document, and who has read them."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.versions.visible import visible_version
from tests.browser.report.readings import NOON
from tests.layers import FULL_NAMES

import transaction
import uuid


def record(content, user, version=None, **more):
    """Record that somebody opened a version, the current one or another."""
    values = {
        "key": uuid.uuid4().hex,
        "issued": NOON,
        "opened": NOON,
        "seen": NOON + timedelta(minutes=5),
        "document": Document(content.UID(), "/plone/board/agenda", "Agenda"),
        "reader": Reader(user, name=FULL_NAMES.get(user, "")),
        "url": "/board/agenda",
        "version": version or visible_version(content),
    }
    site_storage().record([Access(**values | more)])


def edit(content, **fields):
    with api.env.adopt_roles(["Manager"]):
        for name, value in fields.items():
            setattr(content, name, value)
        api.portal.get_tool("portal_repository").save(content)
        content.reindexObject()
    transaction.commit()


def save_on_days(content):
    """Let the versions of content have been saved on days in May, at noon: number 1 on the
    first, and so on."""
    storage = api.portal.get_tool("portal_historiesstorage")
    number = api.portal.get_tool("portal_historyidhandler").queryUid(content)
    history = storage._getShadowHistory(number)
    for each in range(history.getLength(countPurged=True)):
        saved = datetime(2026, 5, 1, 12, tzinfo=timezone.utc) + timedelta(each - 1)
        kept = history.retrieve(each)["metadata"]["sys_metadata"]
        kept["timestamp"] = saved.timestamp()
    history._full._p_changed = True
    transaction.commit()


def title_of_version(number):
    """Return what a version of that number is called then."""
    return f"Version of May {number:02}, 2026 12:00 PM"
