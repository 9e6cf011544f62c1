"""What is known of one reader with content."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.audience.accounts import Accounts
from slc.clicktracker.audience.exceptions import AudienceException
from slc.clicktracker.interfaces import IAcknowledgements
from slc.clicktracker.reports.acknowledged import AcknowledgementRow
from slc.clicktracker.reports.acknowledged import rows_of
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.head import EXPLAINED
from slc.clicktracker.reports.levels import DECLARED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.matrix import MOST_ITEMS
from slc.clicktracker.reports.named_versions import NamedVersions
from slc.clicktracker.reports.progress import Missing
from slc.clicktracker.reports.progress import missing_in
from slc.clicktracker.reports.reader_rows import shown_name
from slc.clicktracker.reports.readers import history_of
from slc.clicktracker.reports.report import Report
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.acknowledgements.model import AcknowledgementQuery
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.history import ReaderHistory
from slc.clicktracker.storage.history import VersionRead
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.versions.file_digest import DigestUnknown
from slc.clicktracker.versions.file_digest import reading_little
from slc.clicktracker.versions.minor_changes import current_texts
from slc.clicktracker.versions.visible import text_key
from typing import Any
from zope.i18nmessageid import Message


#: Which version is the first on the page, as ``b_start`` says it of each time that
#: something was opened.
VERSIONS_FROM = "versions"

#: A generation is the number of an account that has had the same id.
_MOST_GENERATIONS = 10**6

_KEEPS_NO_HISTORY = _("The storage of this site keeps no history of single readers.")

_ORIGINS = {
    "page": _("The page came from the server."),
    "cache": _("The page came from a cache, from an earlier log-in."),
    "fetched": _("The page came from a cache, or was open for a long time."),
}


@dataclass(frozen=True)
class VersionRow:
    """A version that somebody got: of which document ("" for the only one there is), what
    it is called, whether it is the current one or counts as that (None where that
    is not known), how far the reader got."""

    document: str
    title: Message
    standing: Message | None
    level: Level
    read: VersionRead

    @property
    def last(self) -> datetime:
        """When something was last known of it."""
        read = self.read
        return max(read.served + read.downloaded + read.opened + read.declared)


@dataclass(frozen=True)
class AccessRow:
    """A time when something was opened: ``document`` and ``title`` are as for a version."""

    document: str
    title: Message
    origin: Message
    access: Access


class HistoryOfReader:
    """One reader of a report, as the ``form`` of a request asks for one: ``reader`` is
    the id, ``folder`` that of users, ``generation`` the number of the account."""

    def __init__(
        self, report: Report, form: Mapping[str, Any], size: int = PAGE_SIZE
    ) -> None:
        self.report = report
        self.place = report.place
        self.form = form
        self.size = size

    @cached_property
    def reader(self) -> Reader:
        """Who is asked for, without a name."""
        form = self.form
        return Reader(text_from(form.get("reader")), text_from(form.get("folder")))

    @cached_property
    def query(self) -> HistoryQuery:
        form = self.form
        return HistoryQuery(
            documents=(),
            reader=self.reader,
            # There is none with the number 0, which is what strange ones are.
            generation=number_from(form.get("generation", 1), 0, 0, _MOST_GENERATIONS),
            start=number_from(form.get("b_start"), 0, 0, LAST_START),
            size=self.size,
        )

    @property
    def problem(self) -> Message | None:
        """Why this storage can never say anything, None where it can."""
        return None if self.report.knows_evidence else _KEEPS_NO_HISTORY

    def ask(self) -> ReaderHistory | None:
        """Ask for all that there is to show. Return what was recorded, None for nothing.
        Raises ``StorageError``."""
        if self.history is not None:
            self.acknowledgements  # noqa: B018
        return self.history

    @cached_property
    def history(self) -> ReaderHistory | None:
        """What was recorded, None where nothing was. Raises ``StorageError``."""
        if not self.reader.user:
            # Anonymous visitors are many.
            return None
        found = history_of(self.place, self.query)
        if found is not None and found.total and not found.accesses:
            start = last_start(found.total, self.query.size)
            self.query = replace(self.query, start=start)
            found = history_of(self.place, self.query)
        return found

    @cached_property
    def name_and_note(self) -> tuple[str, Message | None]:
        return shown_name(self.history.reader, self.history.former, Accounts())

    @cached_property
    def is_expected(self) -> bool:
        members = self.report.audience.members if self.report.tabs else ()
        return not self.history.former and any(map(self._is_asked_for, members))

    @cached_property
    def exception(self) -> AudienceException | None:
        """What excuses the reader from reading this."""
        excused = self.report.audience.excused if self.report.tabs else ()
        found = (each for each in excused if self._is_asked_for(each.reader))
        return None if self.history.former else next(found, None)

    @property
    def expectation(self) -> Message | None:
        """Whether the reader is expected to read this; None where that is not asked, or
        where an exception says it."""
        audience = self.report.audience
        if audience is None or self.exception:
            return None
        if self.is_expected:
            return _("This person is expected to read this.")
        if audience.complete:
            return _("This person is not among the expected readers.")
        return _(
            "This person is not known to be expected to read this, but some expected "
            "readers can't be listed."
        )

    def _is_asked_for(self, reader: Reader) -> bool:
        asked = self.reader
        return (reader.folder, reader.user) == (asked.folder, asked.user)

    @cached_property
    def missing(self) -> Missing | None:
        """What the reader is expected to read in a folder and is not known to have read;
        None of a document, and where that isn't known, or is too much to look at."""
        is_folder = not self.report.tabs and self.place.content is not None
        if not is_folder or self.history.former or len(self.place.uids) > MOST_ITEMS:
            return None
        try:
            return missing_in(self.place.content, self.reader)
        except StorageError:
            return None

    @property
    def levels(self) -> list[Level]:
        """The levels that are on the page, to be explained once."""
        shown = {row.level for row in self.versions}
        return [level for level in (*EXPLAINED, DECLARED) if level in shown]

    @cached_property
    def acknowledgements(self) -> list[AcknowledgementRow]:
        """What the reader has acknowledged and others have attested, the latest first.
        Raises ``StorageError``."""
        storage = storage_with(IAcknowledgements)
        if storage is None:
            return []
        asked = self.place.uids, self.reader, self.query.generation
        every = storage.acknowledgements(AcknowledgementQuery(*asked))
        return rows_of(every, self._titles)

    @cached_property
    def versions(self) -> list[VersionRow]:
        """A page of them: in a folder there are as many as somebody has read."""
        start = self.versions_start
        return self.rows_of(self.history.versions[start : start + self.size])

    @property
    def versions_start(self) -> int:
        """The number of the first version on its page, from 0."""
        total = len(self.history.versions)
        start = number_from(self.form.get(VERSIONS_FROM), 0, 0, LAST_START)
        return start if start < total else last_start(total, self.size)

    def rows_of(self, versions: Iterable[VersionRead]) -> list[VersionRow]:
        """Return versions with what is said of them."""
        with reading_little():
            return [
                VersionRow(
                    document=self._title_of(read.uid),
                    title=self._version_title(read.uid, read.version),
                    standing=self._standing_of(read),
                    level=level_of(read.level),
                    read=read,
                )
                for read in versions
            ]

    def _standing_of(self, read: VersionRead) -> Message | None:
        """Compare a version with what its document says now."""
        text = text_key(read.version)
        current = self._current_texts(read.uid)
        if current is None:
            return _("current version not known yet")
        if not (text and current):
            return None
        if text == current[0]:
            return _("current")
        return _("counts as current") if text in current else _("older version")

    def _current_texts(self, uid: str) -> tuple[str, ...] | None:
        """Return the texts that stand for what a document says now, none where it is
        deleted, None where they are not known yet."""
        if uid not in self._current:
            content = self._content_of(uid)
            try:
                self._current[uid] = () if content is None else current_texts(content)
            except DigestUnknown:
                self._current[uid] = None
        return self._current[uid]

    @cached_property
    def _current(self) -> dict[str, tuple[str, ...] | None]:
        """What was found already, by document: a page says the same of all its versions
        although one may become known meanwhile."""
        return {}

    @cached_property
    def accesses(self) -> list[AccessRow]:
        """A page of the times when something was opened, the latest first."""
        return [
            AccessRow(
                document=self._title_of(access.document.uid),
                title=self._version_title(access.document.uid, access.version),
                origin=_ORIGINS[access.origin],
                access=access,
            )
            for access in self.history.accesses
        ]

    def _title_of(self, uid: str) -> str:
        """Return the title of a document where there are several."""
        item = self.place.documents.get(uid) if len(self.place.uids) > 1 else None
        return "" if item is None else item.title

    def _version_title(self, uid: str, version: Version) -> Message:
        return self._titles.of(uid, text_key(version), version.label)

    @cached_property
    def _titles(self) -> NamedVersions:
        return NamedVersions(True, self._content_of)

    def _content_of(self, uid: str) -> Any:
        item = self.place.documents.get(uid)
        return self.place.content if item is None else item.content
