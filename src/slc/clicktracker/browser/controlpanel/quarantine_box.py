"""What is in quarantine, for the control panel."""

from dataclasses import dataclass
from datetime import datetime
from plone import api
from slc.clicktracker.collector.quarantine import Quarantined
from slc.clicktracker.collector.quarantine import QuarantineUnavailable
from slc.clicktracker.collector.spool_line import unpacked
from slc.clicktracker.collector.spool_line import UnreadableRecord
from slc.clicktracker.doors.process import collector
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Access
from slc.clicktracker.tracking.allowed import allowed
from slc.clicktracker.words.times import local_time


#: How many are shown.
MOST = 10


@dataclass(frozen=True)
class Entry:
    """One read. ``access`` is None where its record is damaged, and where the
    viewer may not know who has read that document: ``is_hidden``."""

    since: datetime
    reason: str
    access: Access | None
    is_hidden: bool = False

    @classmethod
    def of(cls, found: Quarantined) -> "Entry":
        try:
            accesses = unpacked([found.record]).accesses
        except UnreadableRecord:
            return cls(found.since, found.reason, None)
        # Who has seen a page that is not tracked is for another screen.
        if not accesses or not _may_be_shown(accesses[0]):
            return cls(found.since, found.reason, None, is_hidden=True)
        return cls(found.since, found.reason, accesses[0])

    @property
    def time(self) -> str:
        return local_time(self.since)


@dataclass(frozen=True)
class QuarantineBox:
    """The oldest reads in quarantine, and how many there are in all.

    ``error`` says why that can't be told, "" where it can.
    """

    count: int
    entries: tuple[Entry, ...]
    error: str = ""

    @classmethod
    def now(cls) -> "QuarantineBox":
        """Look at those of the current site."""
        site = document_uid(api.portal.get())
        quarantine = collector().quarantine
        try:
            found = quarantine.first(site, MOST)
            count = quarantine.count(site)
        except QuarantineUnavailable as error:
            return cls(0, (), str(error))
        return cls(count, tuple(map(Entry.of, found)))

    @property
    def is_cut(self) -> bool:
        """Are there more than are shown?"""
        return self.count > len(self.entries)


def _may_be_shown(access: Access) -> bool:
    """May the viewer see the document, and who has read it? As in the report."""
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.searchResults(UID=access.document.uid, show_inactive=True)
    return bool(allowed(brains, VIEW_READERS))
