"""A paper of the board that is read, and what was known of that."""

from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.versions.visible import visible_version
from tests.audience.people import expect
from tests.browser.report.readings import record
from tests.layers import FULL_NAMES
from uuid import uuid4
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent

import transaction


def read_agenda(board):
    """Return the agenda, which alice and bob are expected to read; alice has, and so has
    carol, who wasn't asked."""
    agenda = board.agenda
    expect(agenda, "alice", "bob")
    for reader in ("alice", "carol"):
        record(agenda, reader, utc_now())
    return agenda


def acknowledge(content, reader, kind=ACKNOWLEDGED, by=None, **more):
    """Have it recorded that somebody has acknowledged the current version now, or that
    somebody else attests it."""
    said = Acknowledgement(
        key=uuid4().hex,
        kind=kind,
        document=Document(content.UID(), "/plone/board/agenda", content.Title()),
        version=visible_version(content),
        reader=Reader(reader, name=FULL_NAMES[reader]),
        at=utc_now(),
        by=Reader(by or reader),
        **more,
    )
    assert site_storage().acknowledge([said])


def change(content):
    """Let a new version of content be the current one."""
    content.title = f"{content.title}, changed"
    notify(ObjectModifiedEvent(content))
    transaction.commit()


def who(found):
    """Return the ids of those who were expected, or had read, in a snapshot."""
    return [each.reader and each.reader.user for each in found]
