"""Readings as the lines of a report: names, notes, links and local times."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from datetime import tzinfo
from functools import cached_property
from functools import lru_cache
from functools import partial
from plone import api
from slc.clicktracker import _
from slc.clicktracker.audience.accounts import Accounts
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.reports.known_versions import known_versions
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.place import Place
from slc.clicktracker.reports.surplus import Surplus
from slc.clicktracker.reports.version_titles import VersionTitles
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import TextSums
from slc.clicktracker.storage.progress import Who
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.words.addresses import view_url
from slc.clicktracker.words.differences import Differences
from typing import NamedTuple
from zope.i18nmessageid import Message


#: Readers, and texts, of which it is remembered what is said about them: enough for the
#: lines of a large folder, in whatever order.
_REMEMBERED = 20_000

#: The standing of what is to be compared with a file that has to be read first.
NOT_KNOWN_YET = _("current version not known yet")


class ReaderRow(NamedTuple):
    """One line of the report: texts for the screen, times for machines beside them.

    ``version`` is the number of the version that was read, else the day on which it
    was delivered first, "" where neither is known or asked for. ``standing`` compares it
    with the current one, None where nothing is to compare; ``counts_as`` names it
    where it is another one, but counts as that. All that says how far the reader got
    is of this version, as ``of_text`` is; the other sums are of all versions.
    ``is_overdue`` is None where no deadline is asked about.
    """

    name: str
    user: str
    folder: str
    generation: int
    note: Message | None
    level: Level
    engaged: int
    depth: int
    marks: Marks
    behind: int
    version: str
    standing: Message | None
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
    of_text: TextSums
    acknowledged: datetime | None = None
    attested: datetime | None = None
    is_overdue: bool | None = None

    @property
    def unknown(self) -> bool:
        """Is there a version to compare with, which is not known yet?"""
        return self.standing == NOT_KNOWN_YET


#: Returns one with values in their order, without the time that names take.
_row: Callable[[tuple], ReaderRow] = partial(tuple.__new__, ReaderRow)


class ReadText(NamedTuple):
    """What is said of every reader of a text who is as many versions ``behind``."""

    behind: int
    version: str
    standing: Message | None
    counts_as: Message | None


class ReaderRows:
    """Makes the lines for readings of a place, with times in a time zone.

    Readers whom nobody expects have a note: those who are not in the ``audience``, or
    in a folder not in that of the item; and so have those who are ``left_out``, as in a
    ``ReadingQuery``.

    Lines ``for_file`` are very many. They have the days of versions without a number,
    which takes a question to the storage, and no links to what has changed; their times
    are left in UTC. Of others there may be ``at_least`` so many. Those who are ``overdue``
    say so, None where that is not asked.
    """

    def __init__(
        self,
        place: Place,
        timezone: tzinfo,
        audience: Audience | None,
        for_file: bool = False,
        left_out: tuple[Reader, ...] = (),
        at_least: int = 0,
        overdue: AbstractSet[Who] | None = None,
    ) -> None:
        self._overdue = overdue
        self._place = place
        self._timezone = timezone
        self._audience = audience
        self._audiences = Audiences()
        self._surplus: dict[str, Surplus | None] = {}
        self._known: dict[int, Surplus] = {}
        self._for_file = for_file
        self._left_out = frozenset((each.folder, each.user) for each in left_out)
        self._accounts = Accounts(at_least)
        self._shown_as: dict[str, tuple[str, str, str]] = {}
        self._differences: dict[str, Differences] = {}
        self._first: dict[str, dict[str, datetime]] = {}
        self._name = lru_cache(_REMEMBERED)(self._find_name)
        self._text = lru_cache(_REMEMBERED)(self._find_text)

    def of(self, reading: Reading) -> ReaderRow:
        """Return the line for a reading."""
        reader, document, of_text = reading.reader, reading.document, reading.of_text
        user = reader.user
        title, href, path = self._shown(document)
        name, note = self._name(reader.folder, user, reader.name, reading.former)
        if note is None and user:
            note = self._surplus_note(reading)
        texts = of_text.texts if of_text else 1
        behind, version, standing, counts_as = self._text(
            document.uid, reading.text, reading.label, reading.behind, texts
        )
        if not (of_text and user):
            of_text = self._of_text(reading)
        times = (
            *(reading.first, reading.last, reading.downloaded),
            *(reading.acknowledged, reading.attested),
        )
        changes = None
        if not self._for_file:
            times = map(self._moment, times)
            changes = self._changes(reading)
        first, last, downloaded, *declared = times
        overdue = self._overdue
        if overdue is not None:
            # An account from before is somebody else.
            overdue = (reader.folder, user) in overdue and not reading.former
        return _row(
            (
                name,
                user,
                reader.folder,
                reading.generation,
                note,
                level_of(reading.level),
                reading.engaged,
                reading.depth,
                reading.marks,
                behind,
                version,
                standing,
                counts_as,
                bool(reading.text),
                changes,
                reading.count,
                reading.cached if user else 0,
                first,
                last,
                title,
                reading.url or path,
                href,
                downloaded,
                of_text,
                *declared,
                overdue,
            )
        )

    def _moment(self, moment: datetime | None) -> datetime | None:
        return moment and moment.astimezone(self._timezone)

    def _of_text(self, reading: Reading) -> TextSums:
        """Return the sums of what was read; of all, where no versions are told apart."""
        of_text = reading.of_text or TextSums(
            texts=1,
            count=reading.count,
            cached=reading.cached,
            first=reading.first,
            last=reading.last,
            downloaded=reading.downloaded,
        )
        return of_text if reading.reader.user else replace(of_text, cached=0)

    def _shown(self, document: Document) -> tuple[str, str | None, str]:
        """Return the title of a document, its address where there is one now, and where
        it is in the site: no page of a file is opened that would have an address."""
        known = self._shown_as.get(document.uid)
        if known is None:
            item = self._place.documents.get(document.uid)
            if item is None:
                return document.title, None, self._in_site(document.path)
            known = item.title, view_url(item.brain), self._in_site(item.path)
            self._shown_as[document.uid] = known
        return known

    def _in_site(self, path: str) -> str:
        return path.removeprefix(self._site_path)

    @cached_property
    def _site_path(self) -> str:
        return "/".join(api.portal.get().getPhysicalPath())

    def _changes(self, reading: Reading) -> str | None:
        """Where to see what has changed since the version that was read."""
        if not reading.behind:
            return None
        uid = reading.document.uid
        content = self._place.content_of(uid)
        if content is None:
            return None
        if uid not in self._differences:
            self._differences[uid] = Differences(content)
        return self._differences[uid].since(reading.label)

    def _find_text(
        self, uid: str, text: str, label: str, behind: int, texts: int
    ) -> ReadText:
        """Return what is said of readers who are so many versions ``behind`` with a text
        of a document, or got as far as they did with several ``texts`` that stand for it."""
        current = self._place.texts_of((uid,))[uid] if uid else ()
        version = self._version(uid, text, label)
        if current is None:
            return ReadText(0, version, NOT_KNOWN_YET, None)
        if behind and (current or self._place.content is None):
            return ReadText(behind, version, _("older version"), None)
        if not (current and text):
            return ReadText(0, version, None, None)
        if not behind and texts > 1:
            mapping = {"number": texts}
            counts_as = _(
                "sum of ${number} versions that count as one", mapping=mapping
            )
            return ReadText(0, version, _("counts as current"), counts_as)
        if text == current[0]:
            return ReadText(0, version, _("current"), None)
        counts_as = self._counts_as(uid, text, label)
        return ReadText(0, version, _("counts as current"), counts_as)

    def _version(self, uid: str, text: str, label: str) -> str:
        if label or not (text and self._for_file):
            return label
        first = self._first_delivered(uid, text)
        return first.astimezone(self._timezone).date().isoformat() if first else ""

    def _counts_as(self, uid: str, text: str, label: str) -> Message:
        first = None if label else self._first_delivered(uid, text)
        titles = VersionTitles(self._place.content_of(uid), dated=True)
        version = titles.of(DeclaredText(text, label, first))
        return _("${version}, counts as current", mapping={"version": version})

    def _first_delivered(self, uid: str, text: str) -> datetime | None:
        if uid not in self._first:
            known = known_versions(uid).texts
            self._first[uid] = {each.text: each.first for each in known}
        return self._first[uid].get(text)

    def _find_name(
        self, folder: str, user: str, name: str, is_former: bool
    ) -> tuple[str, Message | None]:
        return shown_name(Reader(user, folder, name), is_former, self._accounts)

    def _surplus_note(self, reading: Reading) -> Message | None:
        """Why nobody expects this reader, None where that is not certain."""
        if (reading.reader.folder, reading.reader.user) in self._left_out:
            return _("may edit this, not counted")
        surplus = self._surplus_of(reading.document.uid)
        return surplus.of(reading.reader) if surplus else None

    def _surplus_of(self, uid: str) -> Surplus | None:
        """Return what knows whom nobody expects to read a document, None where that
        is nobody's business any more."""
        if uid not in self._surplus:
            audience = self._audience or self._audience_of_item(uid)
            self._surplus[uid] = audience and self._surplus_on(audience)
        return self._surplus[uid]

    def _surplus_on(self, audience: Audience) -> Surplus:
        # Most items of a folder have one and the same, which is compared by its id, as
        # its members may be many.
        if id(audience) not in self._known:
            self._known[id(audience)] = Surplus(audience)
        return self._known[id(audience)]

    def _audience_of_item(self, uid: str) -> Audience | None:
        if self._place.is_single or uid not in self._place.documents:
            return None
        return self._audiences.of_item(self._place.documents[uid])


def shown_name(
    reader: Reader, is_former: bool, accounts: Accounts
) -> tuple[str, Message | None]:
    """Return what a reader is called on screens, and a note where it is not the name.

    Members have the name that they have now, or the last one that the storage heard
    where the site has none. Names of those whom the site doesn't know now are not
    shown, ids are.
    """
    if not reader.user:
        return api.portal.translate(_("Anonymous visitors")), _("visits, not readers")
    if is_former:
        return reader.user, _("no longer a member")
    name = accounts.name_of(reader)
    if name is None:
        return reader.user, _("not found among the members now")
    return name or reader.name or reader.user, None
