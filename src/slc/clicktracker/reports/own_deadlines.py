"""What a member still has to read, by when, and what is done already."""

from collections.abc import Iterable
from datetime import datetime
from plone import api
from slc.clicktracker.reports.own_documents import own_documents
from slc.clicktracker.reports.own_documents import OwnDocument
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.tracked import tracked_below
from slc.clicktracker.tracking.tracked import TrackedDocument


def own_deadlines(reader: Reader, now: datetime) -> tuple[OwnDocument, ...]:
    """Return the documents with a deadline of a reader, who has to be the current user: the
    soonest first.

    What is over is among them only where it isn't done. Raises ``StorageError``.
    """
    found = own_deadlines_among(tracked_below(api.portal.get(), "View"), reader)
    return tuple(
        each for each in found if not (each.is_done and each.deadline.has_passed(now))
    )


def own_deadlines_among(
    documents: Iterable[TrackedDocument], reader: Reader
) -> tuple[OwnDocument, ...]:
    """Return all of them among some documents that the reader may view, also what is over
    and done. Raises ``StorageError``."""
    found = own_documents(documents, reader, with_deadline=True)
    return tuple(sorted(found, key=_soonest))


def _soonest(own: OwnDocument) -> tuple[datetime, str]:
    return own.deadline.moment, own.document.item.path
