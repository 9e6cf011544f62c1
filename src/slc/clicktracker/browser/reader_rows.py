"""Readings as the lines of a report: names, notes, links and local times."""

from dataclasses import dataclass
from datetime import datetime
from datetime import tzinfo
from functools import cached_property
from plone import api
from slc.clicktracker import _
from slc.clicktracker.browser.differences import Differences
from slc.clicktracker.evidence.audience import Audience
from slc.clicktracker.evidence.levels import Level
from slc.clicktracker.evidence.levels import level_of
from slc.clicktracker.readers import Place
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from typing import Any
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class ReaderRow:
    """One line of the report: texts for the screen, times for machines beside them."""

    name: str
    user: str
    note: Message | None
    level: Level
    engaged: int
    depth: int
    ended: bool
    printed: bool
    behind: int
    version_known: bool
    changes: str | None
    count: int
    cached: int
    first: datetime | None
    last: datetime
    title: str
    url: str
    href: str | None


class ReaderRows:
    """Makes the lines for readings of a place, with times in a time zone.

    With an ``audience``, readers who are not in it have a note.
    """

    def __init__(
        self, place: Place, timezone: tzinfo, audience: Audience | None
    ) -> None:
        self._place = place
        self._timezone = timezone
        self._audience = audience
        self._known: dict[tuple[str, str], bool] = {}

    def of(self, reading: Reading) -> ReaderRow:
        """Return the line for a reading."""
        reader, document = reading.reader, reading.document
        brain = self._place.documents.get(document.uid)
        name, note = self._name(reading)
        return ReaderRow(
            name=name,
            user=reader.user,
            note=note,
            level=level_of(reading.level),
            engaged=reading.engaged,
            depth=reading.depth,
            ended=reading.ended,
            printed=reading.printed,
            behind=reading.behind,
            version_known=bool(reading.text),
            changes=self._changes(reading),
            count=reading.count,
            cached=reading.cached if reader.user else 0,
            first=reading.first and reading.first.astimezone(self._timezone),
            last=reading.last.astimezone(self._timezone),
            title=brain.Title if brain is not None else document.title,
            url=reading.url,
            href=brain.getURL() + _view(brain) if brain is not None else None,
        )

    def _changes(self, reading: Reading) -> str | None:
        """Where to see what has changed since the version that was read."""
        if not reading.behind:
            return None
        return self._differences.since(reading.label)

    @cached_property
    def _differences(self) -> Differences:
        return Differences(self._place.content)

    def _name(self, reading: Reading) -> tuple[str, Message | None]:
        reader = reading.reader
        if not reader.user:
            return api.portal.translate(_("Anonymous visitors")), None
        if reading.former:
            return reader.user, _("no longer a member")
        if not self._is_known(reader):
            return reader.user, _("not found among the members now")
        note = _("not among the expected readers") if self._is_surplus(reader) else None
        return reader.name or reader.user, note

    def _is_surplus(self, reader: Reader) -> bool:
        """Is it certain that nobody expects this reader?"""
        if self._audience is None or not self._audience.complete:
            return False
        return (reader.folder, reader.user) not in self._expected

    @cached_property
    def _expected(self) -> frozenset[tuple[str, str]]:
        return frozenset((each.folder, each.user) for each in self._audience.members)

    def _is_known(self, reader: Reader) -> bool:
        """Names of those whom the site doesn't know now are not shown, ids are."""
        who = reader.folder, reader.user
        if who not in self._known:
            self._known[who] = self._has_account(reader)
        return self._known[who]

    def _has_account(self, reader: Reader) -> bool:
        if not reader.folder:
            return api.user.get(userid=reader.user) is not None
        folder = self._place.content.unrestrictedTraverse(reader.folder, None)
        return folder is not None and folder.getUserById(reader.user) is not None


def _view(brain: Any) -> str:
    types = api.portal.get_registry_record(
        "plone.types_use_view_action_in_listings", default=()
    )
    return "/view" if brain.portal_type in types else ""
