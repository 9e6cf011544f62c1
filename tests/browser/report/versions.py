"""Versions of a document, and who has read them."""

from datetime import timedelta
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
