"""What a member has read, in which version, and each time that they opened it."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.interfaces import IReadDocuments
from slc.clicktracker.interfaces import IReadingLists
from slc.clicktracker.my_reading.part import Data
from slc.clicktracker.my_reading.part import kept_as_evidence
from slc.clicktracker.my_reading.part import OwnPart
from slc.clicktracker.my_reading.part import Page
from slc.clicktracker.my_reading.titles import Titles
from slc.clicktracker.reports.levels import DECLARED
from slc.clicktracker.reports.levels import DOWNLOADED
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.levels import LEVELS
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.sites.retention import retention_setting
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.history import ReaderHistory
from slc.clicktracker.storage.history import VersionRead
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import MARKS_BY_NAME
from slc.clicktracker.storage.model import CURRENT
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import duration
from zope.i18nmessageid import Message


def own_history(reader: Reader, start: int, size: int | None) -> ReaderHistory | None:
    """Return all that the storage knows of what somebody has read, with some of the
    accesses; None where that is nothing. Raises ``StorageError``."""
    storage = storage_with(IReadingLists, IReadDocuments)
    if storage is None:
        return None
    query = HistoryQuery(
        documents=tuple(storage.document_uids()),
        reader=reader,
        generation=CURRENT,
        start=start,
        size=size,
        rule=engagement_rule(),
    )
    return storage.history(query)


class _OfHistory(OwnPart):
    @property
    def is_kept(self) -> bool:
        return storage_with(IReadingLists, IReadDocuments) is not None


class OwnReadings(_OfHistory):
    """Each version of each document, and how far its reader got."""

    name = "readings"
    title = _("What you have read")
    says = _(
        "What the site knows about tracked content that you were served, opened or "
        "downloaded. Time and position in the text are what your browser has reported."
    )
    columns = (
        _("Document"),
        _("Version"),
        _("Evidence"),
        _("First"),
        _("Last"),
        _("Times opened"),
        _("Time read"),
    )

    @property
    def kept(self) -> Message:
        opened = retention_setting("keep_opened")
        if opened == retention_setting("keep_engaged"):
            return kept_as_evidence("keep_opened")
        return _(
            "What you have only been served or opened is kept for ${opened} months, the "
            "rest for ${engaged} months, then removed. 0 means without a time limit.",
            mapping={"opened": opened, "engaged": retention_setting("keep_engaged")},
        )

    @property
    def explained(self) -> tuple[tuple[Message, Message], ...]:
        """The levels that there are."""
        reached = {level_of(each.level) for each in self._versions}
        return tuple(
            (each.title, each.proves)
            for each in (*LEVELS, DOWNLOADED, DECLARED)
            if each in reached
        )

    @cached_property
    def _versions(self) -> tuple[VersionRead, ...]:
        found = own_history(self.reader, 0, 0)
        return found.versions if found else ()

    def page(self, start: int, size: int) -> Page:
        shown = self._versions[start : start + size]
        titles = Titles(each.uid for each in shown)
        rows = [
            (
                titles.of(each.uid),
                titles.version_of(each.uid, each.version),
                level_of(each.level).title,
                min(_times_of(each)),
                max(_times_of(each)),
                localized_number(each.count),
                duration(each.engaged) if each.count else "",
            )
            for each in shown
        ]
        return rows, len(self._versions)

    def data(self) -> Iterator[Data]:
        for each in self._versions:
            yield {
                "document_uid": each.uid,
                "version": each.version.label,
                "digest": each.version.digest,
                "level": each.level,
                "served": list(each.served),
                "downloaded": list(each.downloaded),
                "opened": list(each.opened),
                "acknowledged_or_attested": list(each.declared),
                "times_opened": each.count,
                "engaged_seconds": each.engaged / 1000,
                "depth_percent": each.depth,
                "marks": _marks_of(each.marks),
            }


class OwnTimes(_OfHistory):
    """Each time that something was opened."""

    name = "times"
    title = _("Each time")
    says = _("Each time that you opened tracked content.")
    columns = (
        _("Document"),
        _("Version"),
        _("Opened"),
        _("Last activity"),
        _("Time read"),
        _("Position in percent"),
        _("Address of the page"),
    )

    @property
    def kept(self) -> Message:
        return kept_as_evidence("keep_accesses")

    def page(self, start: int, size: int) -> Page:
        found = own_history(self.reader, start, size)
        if found is None:
            return [], 0
        titles = Titles(each.document.uid for each in found.accesses)
        rows = [
            (
                titles.of(each.document.uid),
                titles.version_of(each.document.uid, each.version),
                each.opened,
                each.seen,
                duration(each.engaged),
                localized_number(each.depth),
                each.url,
            )
            for each in found.accesses
        ]
        return rows, found.total

    def data(self) -> Iterator[Data]:
        found = own_history(self.reader, 0, None)
        for each in found.accesses if found else ():
            yield {
                "document_uid": each.document.uid,
                "version": each.version.label,
                "digest": each.version.digest,
                "url": each.url,
                "served": each.issued,
                "opened": each.opened,
                "last_activity": each.seen,
                "engaged_seconds": each.engaged / 1000,
                "depth_percent": each.depth,
                "marks": _marks_of(each.marks),
                "origin": each.origin,
            }


def _marks_of(marks: Marks) -> list[str]:
    return [name for name, mark in MARKS_BY_NAME.items() if mark in marks]


def _times_of(read: VersionRead) -> tuple[datetime, ...]:
    return read.served + read.downloaded + read.opened + read.declared
