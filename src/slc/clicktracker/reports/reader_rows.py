"""Readings as the lines of a report: names, notes, links and local times."""

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import tzinfo
from plone import api
from slc.clicktracker import _
from slc.clicktracker.audience.accounts import Accounts
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.reports.known_versions import known_versions
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.minor_changes import title_of
from slc.clicktracker.reports.readers import Place
from slc.clicktracker.reports.surplus import Surplus
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import TextSums
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.words.addresses import view_url
from slc.clicktracker.words.differences import Differences
from zope.i18nmessageid import Message


#: The standing of what is to be compared with a file that has to be read first.
NOT_KNOWN_YET = _("current version not known yet")


@dataclass(frozen=True)
class ReaderRow:
    """One line of the report: texts for the screen, times for machines beside them.

    ``version`` is the number of the version that was read, else the day on which it
    was delivered first, "" where neither is known or asked for. ``standing`` compares it
    with the current one, None where nothing is to compare; ``counts_as`` names it
    where it is another one, but counts as that. All that says how far the reader got
    is of this version, as ``of_text`` is; the other sums are of all versions.
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

    @property
    def unknown(self) -> bool:
        """Is there a version to compare with, which is not known yet?"""
        return self.standing == NOT_KNOWN_YET


class ReaderRows:
    """Makes the lines for readings of a place, with times in a time zone.

    Readers whom nobody expects have a note: those who are not in the ``audience``, or
    in a folder not in that of the item; and so have those who are ``left_out``, as in a
    ``ReadingQuery``. ``dates_versions``
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
        self._audiences = Audiences()
        self._surplus: dict[str, Surplus | None] = {}
        self._known: dict[int, Surplus] = {}
        self._dates_versions = dates_versions
        self._left_out = frozenset((each.folder, each.user) for each in left_out)
        self._accounts = Accounts()
        self._shown_as: dict[str, tuple[str, str]] = {}
        self._differences: dict[str, Differences] = {}
        self._first: dict[str, dict[str, datetime]] = {}

    def of(self, reading: Reading) -> ReaderRow:
        """Return the line for a reading."""
        reader, document = reading.reader, reading.document
        downloaded = reading.downloaded
        title, href = self._shown(document)
        name, note = self._name(reading)
        behind, standing = self._standing(reading)
        return ReaderRow(
            name=name,
            user=reader.user,
            folder=reader.folder,
            generation=reading.generation,
            note=note,
            level=level_of(reading.level),
            engaged=reading.engaged,
            depth=reading.depth,
            marks=reading.marks,
            behind=behind,
            version=self._version(reading),
            standing=standing,
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
            of_text=self._of_text(reading),
        )

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
        uid = reading.document.uid
        content = self._place.content_of(uid) if reading.behind else None
        if content is None:
            return None
        if uid not in self._differences:
            self._differences[uid] = Differences(content)
        return self._differences[uid].since(reading.label)

    def _version(self, reading: Reading) -> str:
        if reading.label or not (reading.text and self._dates_versions):
            return reading.label
        first = self._first_delivered(reading)
        return first.astimezone(self._timezone).date().isoformat() if first else ""

    def _standing(self, reading: Reading) -> tuple[int, Message | None]:
        """Return how many versions behind a reader is, and that in words."""
        current = self._current(reading)
        if current is None:
            return 0, NOT_KNOWN_YET
        if reading.behind and (current or self._place.content is None):
            return reading.behind, _("older version")
        if not (current and reading.text):
            return 0, None
        if reading.text == current[0] and not self._by_several(reading):
            return 0, _("current")
        return 0, _("counts as current")

    def _counts_as(self, reading: Reading) -> Message | None:
        current = self._current(reading)
        if not (current and reading.text) or reading.behind:
            return None
        if self._by_several(reading):
            number = {"number": reading.of_text.texts}
            return _(
                "together from ${number} versions that count as one", mapping=number
            )
        if reading.text == current[0]:
            return None
        first = None if reading.label else self._first_delivered(reading)
        version = title_of(DeclaredText(reading.text, reading.label, first), dated=True)
        return _(
            "${version}, which counts as the current one", mapping={"version": version}
        )

    def _by_several(self, reading: Reading) -> bool:
        """Did the reader get so far with several versions that stand for one another?"""
        of_text = reading.of_text
        return not reading.behind and of_text is not None and of_text.texts > 1

    def _current(self, reading: Reading) -> tuple[str, ...] | None:
        """Return the texts that count; see ``Place.texts_of``."""
        uid = reading.document.uid
        return self._place.texts_of((uid,))[uid] if uid else ()

    def _first_delivered(self, reading: Reading) -> datetime | None:
        uid = reading.document.uid
        if uid not in self._first:
            known = known_versions(uid).texts
            self._first[uid] = {each.text: each.first for each in known}
        return self._first[uid].get(reading.text)

    def _name(self, reading: Reading) -> tuple[str, Message | None]:
        name, note = shown_name(reading.reader, reading.former, self._accounts)
        if note is None and reading.reader.user:
            note = self._surplus_note(reading)
        return name, note

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
        content = self._place.content_of(uid)
        return None if content is None else self._audiences.of(content)


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
