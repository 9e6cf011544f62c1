"""``@@who-read-this-reader``: what is known of one reader with content."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.audience.accounts import Accounts
from slc.clicktracker.audience.exceptions import AudienceException
from slc.clicktracker.browser.batches import batch_of
from slc.clicktracker.browser.report.report_view import BACK
from slc.clicktracker.browser.report.report_view import ReportView
from slc.clicktracker.interfaces import IAcknowledgements
from slc.clicktracker.reports.acknowledged import AcknowledgementRow
from slc.clicktracker.reports.acknowledged import rows_of
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.head import EXPLAINED
from slc.clicktracker.reports.known_versions import known_versions
from slc.clicktracker.reports.known_versions import KnownVersions
from slc.clicktracker.reports.levels import DECLARED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.matrix import MOST_ITEMS
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.progress import Missing
from slc.clicktracker.reports.progress import missing_in
from slc.clicktracker.reports.reader_rows import shown_name
from slc.clicktracker.reports.readers import history_of
from slc.clicktracker.reports.version_titles import VersionTitles
from slc.clicktracker.sites.openings import READER
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
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.words.addresses import view_url
from slc.clicktracker.words.names import name_of
from typing import Any
from urllib.parse import parse_qsl
from zope.i18nmessageid import Message


#: Which version is the first on the page, as ``b_start`` says it of each time that
#: something was opened.
VERSIONS_FROM = "versions"

#: A generation is the number of an account that has had the same id.
_MOST_GENERATIONS = 10**6

#: What may be asked of the list that somebody came from.
_ASKED_OF_LIST = frozenset(
    (
        *("view", "tab", "reader", "level", "since", "until"),
        *("sort_on", "sort_order", "b_start", "b_size"),
    )
)

_ORIGINS = {
    "page": _("The page came from the server."),
    "cache": _("The page came from a cache, from an earlier log-in."),
    "fetched": _("The page came from a cache, or was open for a long time."),
}


@dataclass(frozen=True)
class VersionRow:
    """A version on the screen: of which document ("" for the only one there is), what
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
    """An access on the screen: ``document`` and ``title`` are as for a version."""

    document: str
    title: Message
    origin: Message
    access: Access


class ReaderHistoryView(ReportView):
    """The screen behind each name of the report."""

    index = ViewPageTemplateFile("templates/reader-history.pt")

    def __call__(self) -> str:
        page = super().__call__()
        if not self.asks_reason and not self.problem and self.history is None:
            self.request.response.setStatus(404)
        return page

    def note_opening(self) -> None:
        if self.history is not None:
            self.note_names(READER, 1, person=self.reader)

    @cached_property
    def reader(self) -> Reader:
        """Who is asked for, without a name."""
        form = self.request.form
        return Reader(text_from(form.get("reader")), text_from(form.get("folder")))

    @cached_property
    def query(self) -> HistoryQuery:
        form = self.request.form
        return HistoryQuery(
            documents=(),
            reader=self.reader,
            # There is none with the number 0, which is what strange ones are.
            generation=number_from(form.get("generation", 1), 0, 0, _MOST_GENERATIONS),
            start=number_from(form.get("b_start"), 0, 0, LAST_START),
            size=PAGE_SIZE,
        )

    @cached_property
    def problem(self) -> Message | None:
        """Why nothing can be said, None where something can."""
        try:
            if not self.report.knows_evidence:
                return _("The storage of this site keeps no history of single readers.")
            self._history = self._found()
            self.acknowledgements = self._acknowledgements()
        except StorageError as error:
            return problem_of(error)
        return None

    def _found(self) -> ReaderHistory | None:
        if not self.reader.user:
            # Anonymous visitors are many.
            return None
        found = history_of(self.place, self.query)
        if found is not None and found.total and not found.accesses:
            start = last_start(found.total, self.query.size)
            self.query = replace(self.query, start=start)
            found = history_of(self.place, self.query)
        return found

    @property
    def history(self) -> ReaderHistory | None:
        """What was recorded, None where nothing was or ``problem`` says why not."""
        return None if self.problem else self._history

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
            return missing_in(self.context, self.reader)
        except StorageError:
            return None

    link = staticmethod(view_url)

    @property
    def levels(self) -> list[Level]:
        """The levels that are on the page, to be explained once."""
        shown = {row.level for row in self.versions}
        return [level for level in (*EXPLAINED, DECLARED) if level in shown]

    facts = ViewPageTemplateFile("../acknowledgements/templates/facts.pt")

    def _acknowledgements(self) -> list[AcknowledgementRow]:
        """What the reader has acknowledged and others have attested, the latest first."""
        storage = storage_with(IAcknowledgements)
        if storage is None or not self.reader.user:
            return []
        asked = self.place.uids, self.reader, self.query.generation
        return rows_of(storage.acknowledgements(AcknowledgementQuery(*asked)))

    @property
    def recorded_by(self) -> str:
        return name_of(self.exception.by)

    def rows_of(self, versions: Iterable[VersionRead]) -> list[VersionRow]:
        """Return versions as they are on the screen."""
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

    @cached_property
    def versions(self) -> Batch:
        """A page of them: in a folder there are as many as somebody has read."""
        versions = self.history.versions
        start = number_from(self.request.form.get(VERSIONS_FROM), 0, 0, LAST_START)
        if start >= len(versions):
            start = last_start(len(versions), PAGE_SIZE)
        page = self.rows_of(versions[start : start + PAGE_SIZE])
        return batch_of(page, len(versions), PAGE_SIZE, start, VERSIONS_FROM)

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
    def batch(self) -> Batch:
        rows = [
            AccessRow(
                document=self._title_of(access.document.uid),
                title=self._version_title(access.document.uid, access.version),
                origin=_ORIGINS[access.origin],
                access=access,
            )
            for access in self.history.accesses
        ]
        query = self.query
        return batch_of(rows, self.history.total, query.size, query.start)

    @cached_property
    def kinds_of_times(self) -> dict[Message, str]:
        """The columns of times, with the name of each in a version: downloads where there
        are any."""
        kinds = {_("Served"): "served", _("Opened"): "opened"}
        if any(row.read.downloaded for row in self.versions):
            kinds[_("Downloaded")] = "downloaded"
        return kinds

    def times_of(self, read: VersionRead) -> list[tuple[datetime, ...]]:
        """Return the first time for each of these columns, as far as it is known, and the
        last one if that was on another day."""
        return [
            self._on_days(getattr(read, name)) for name in self.kinds_of_times.values()
        ]

    def _on_days(self, moments: tuple[datetime, ...]) -> tuple[datetime, ...]:
        days = {each.astimezone(self.timezone).date() for each in moments}
        return moments if len(days) > 1 else moments[:1]

    def _title_of(self, uid: str) -> str:
        """Return the title of a document where there are several."""
        item = self.place.documents.get(uid) if len(self.place.uids) > 1 else None
        return "" if item is None else item.title

    def _version_title(self, uid: str, version: Version) -> Message:
        if uid not in self._titles:
            self._titles[uid] = _Titles(uid, self._content_of(uid))
        return self._titles[uid].of(version)

    @cached_property
    def _titles(self) -> dict[str, "_Titles"]:
        return {}

    def _content_of(self, uid: str) -> Any:
        item = self.place.documents.get(uid)
        return self.place.content if item is None else item.content

    @property
    def report_url(self) -> str:
        """Where the list is that led here, as it was then."""
        asked = parse_qsl(text_from(self.request.form.get(BACK)))
        return self.address_of(**{k: v for k, v in asked if k in _ASKED_OF_LIST})


class _Titles:
    """What the versions of one document are called; the storage is asked where its history
    doesn't say."""

    def __init__(self, uid: str, content: Any) -> None:
        self._uid, self._titles = uid, VersionTitles(content, dated=True)

    def of(self, version: Version) -> Message:
        text = text_key(version)
        if not text:
            return _("Unknown version")
        is_saved = self._titles.tells_when_saved(version.label)
        known = None if is_saved else self._known.first_of(text)
        return self._titles.of(DeclaredText(text, version.label, known and known.first))

    @cached_property
    def _known(self) -> KnownVersions:
        return known_versions(self._uid)
