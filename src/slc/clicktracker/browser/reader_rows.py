"""Readings as the lines of a report: names, notes, links and local times."""

from dataclasses import dataclass
from datetime import datetime
from datetime import tzinfo
from functools import cached_property
from plone import api
from slc.clicktracker import _
from slc.clicktracker.browser.addresses import view_url
from slc.clicktracker.browser.differences import Differences
from slc.clicktracker.browser.known_versions import known_versions
from slc.clicktracker.browser.minor_changes import title_of
from slc.clicktracker.evidence.accounts import Accounts
from slc.clicktracker.evidence.audience import Audience
from slc.clicktracker.evidence.levels import Level
from slc.clicktracker.evidence.levels import level_of
from slc.clicktracker.evidence.minor_changes import DeclaredText
from slc.clicktracker.evidence.visible import text_key
from slc.clicktracker.evidence.visible import visible_version
from slc.clicktracker.readers import Place
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class ReaderRow:
    """One line of the report: texts for the screen, times for machines beside them.

    ``version`` is the number of the version that was read, else the day on which it
    was delivered first, "" where neither is known or asked for. ``counts_as`` names it
    where it is not the current one, but counts as that.
    """

    name: str
    user: str
    folder: str
    generation: int
    note: Message | None
    level: Level
    engaged: int
    depth: int
    ended: bool
    printed: bool
    behind: int
    version: str
    counts_as: Message | None
    version_known: bool
    changes: str | None
    count: int
    cached: int
    first: datetime | None
    last: datetime
    title: str
    url: str
    href: str | None
    downloaded: datetime | None


class ReaderRows:
    """Makes the lines for readings of a place, with times in a time zone.

    With an ``audience``, readers who are not in it have a note, and so have those who
    are ``left_out``, as in a ``ReadingQuery``. ``dates_versions``
    finds the days of versions without a number, which takes a question to the storage.
    """

    def __init__(
        self,
        place: Place,
        timezone: tzinfo,
        audience: Audience | None,
        dates_versions: bool = False,
        left_out: tuple[Reader, ...] = (),
    ) -> None:
        self._place = place
        self._timezone = timezone
        self._audience = audience
        self._dates_versions = dates_versions
        self._left_out = frozenset((each.folder, each.user) for each in left_out)
        self._accounts = Accounts()
        self._shown_as: dict[str, tuple[str, str]] = {}
        self._differences: dict[str, Differences] = {}
        self._current: dict[str, str] = {}
        self._first: dict[str, dict[str, datetime]] = {}

    def of(self, reading: Reading) -> ReaderRow:
        """Return the line for a reading."""
        reader, document = reading.reader, reading.document
        downloaded = reading.downloaded
        title, href = self._shown(document)
        name, note = self._name(reading)
        return ReaderRow(
            name=name,
            user=reader.user,
            folder=reader.folder,
            generation=reading.generation,
            note=note,
            level=level_of(reading.level),
            engaged=reading.engaged,
            depth=reading.depth,
            ended=reading.ended,
            printed=reading.printed,
            behind=reading.behind,
            version=self._version(reading),
            counts_as=self._counts_as(reading),
            version_known=bool(reading.text),
            changes=self._changes(reading),
            count=reading.count,
            cached=reading.cached if reader.user else 0,
            first=reading.first and reading.first.astimezone(self._timezone),
            last=reading.last.astimezone(self._timezone),
            title=title,
            url=reading.url or self._path(document),
            href=href,
            downloaded=downloaded and downloaded.astimezone(self._timezone),
        )

    def _shown(self, document: Document) -> tuple[str, str | None]:
        """Return the title of a document, and its address where there is one now."""
        brain = self._place.documents.get(document.uid)
        if brain is None:
            return document.title, None
        if document.uid not in self._shown_as:
            address = view_url(brain)
            self._shown_as[document.uid] = brain.Title, address
        return self._shown_as[document.uid]

    def _path(self, document: Document) -> str:
        """Return where a document is in the site: no page of a file is opened that
        would have an address."""
        brain = self._place.documents.get(document.uid)
        path = brain.getPath() if brain else document.path
        return path.removeprefix("/".join(api.portal.get().getPhysicalPath()))

    def _changes(self, reading: Reading) -> str | None:
        """Where to see what has changed since the version that was read."""
        if not reading.behind or self._place.content is None:
            return None
        uid = reading.document.uid
        if uid not in self._differences:
            self._differences[uid] = Differences(self._place.content_of(uid))
        return self._differences[uid].since(reading.label)

    def _version(self, reading: Reading) -> str:
        if reading.label or not (reading.text and self._dates_versions):
            return reading.label
        first = self._first_delivered(reading)
        return first.astimezone(self._timezone).date().isoformat() if first else ""

    def _counts_as(self, reading: Reading) -> Message | None:
        if self._audience is None or reading.behind or not reading.text:
            return None
        uid = reading.document.uid
        if uid not in self._current:
            content = self._place.content_of(uid)
            self._current[uid] = text_key(visible_version(content))
        if reading.text == self._current[uid]:
            return None
        first = None if reading.label else self._first_delivered(reading)
        version = title_of(DeclaredText(reading.text, reading.label, first), dated=True)
        return _(
            "${version}, which counts as the current one", mapping={"version": version}
        )

    def _first_delivered(self, reading: Reading) -> datetime | None:
        uid = reading.document.uid
        if uid not in self._first:
            known = known_versions(uid).texts
            self._first[uid] = {each.text: each.first for each in known}
        return self._first[uid].get(reading.text)

    def _name(self, reading: Reading) -> tuple[str, Message | None]:
        name, note = shown_name(reading.reader, reading.former, self._accounts)
        if note is None and reading.reader.user:
            note = self._surplus(reading.reader)
        return name, note

    def _surplus(self, reader: Reader) -> Message | None:
        """Why nobody expects this reader, None where that is not certain."""
        who = reader.folder, reader.user
        if who in self._left_out:
            return _("may edit this, not counted")
        if self._audience is None or who in self._expected:
            return None
        if who in self._excused:
            return _("excused")
        if self._audience.complete:
            return _("not among the expected readers")
        return None

    @cached_property
    def _expected(self) -> frozenset[tuple[str, str]]:
        return frozenset((each.folder, each.user) for each in self._audience.members)

    @cached_property
    def _excused(self) -> frozenset[tuple[str, str]]:
        readers = (each.reader for each in self._audience.excused)
        return frozenset((each.folder, each.user) for each in readers)


def shown_name(
    reader: Reader, is_former: bool, accounts: Accounts
) -> tuple[str, Message | None]:
    """Return what a reader is called on screens, and a note where it is not the name.

    Members have the name that they have now, or the last one that the storage heard
    where the site has none. Names of those whom the site doesn't know now are not
    shown, ids are.
    """
    if not reader.user:
        return api.portal.translate(_("Anonymous visitors")), _("visits, no readers")
    if is_former:
        return reader.user, _("no longer a member")
    name = accounts.name_of(reader)
    if name is None:
        return reader.user, _("not found among the members now")
    return name or reader.name or reader.user, None
