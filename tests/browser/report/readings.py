"""Readings that no browser has reported."""

from datetime import datetime
from datetime import timezone
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.versions.visible import visible_version
from tests.layers import FULL_NAMES

import uuid


NOON = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)


def record(document, user, when=NOON, name=None, url=None, folder=""):
    """Record that somebody opened the current version of a document."""
    name = FULL_NAMES.get(user, "") if name is None else name
    path = "/".join(document.getPhysicalPath())
    site_storage().record(
        [
            Access(
                key=uuid.uuid4().hex,
                issued=when,
                opened=when,
                seen=when,
                document=Document(document.UID(), path, document.Title()),
                reader=Reader(user, folder, name),
                url=url or path.removeprefix("/plone"),
                version=visible_version(document),
            )
        ]
    )


def many_readers(document):
    for number in range(45):
        record(document, f"reader{number:02}", NOON, name=f"Reader {number:02}")
