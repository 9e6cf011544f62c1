"""Who has looked at what is recorded about a member, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.my_reading.coverage import Coverage
from slc.clicktracker.my_reading.part import Cell
from slc.clicktracker.my_reading.part import Data
from slc.clicktracker.my_reading.part import kept_for
from slc.clicktracker.my_reading.part import OwnPart
from slc.clicktracker.my_reading.part import Page
from slc.clicktracker.my_reading.titles import Titles
from slc.clicktracker.sites import looks
from slc.clicktracker.sites import openings
from slc.clicktracker.sites.looks import Look
from slc.clicktracker.sites.looks import looks_at
from slc.clicktracker.sites.openings import Opening
from slc.clicktracker.sites.openings import openings_of
from slc.clicktracker.sites.visitor_rules import visitor_setting
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.words.names import name_of
from zope.i18nmessageid import Message


_LOOKS = {
    looks.FEED: _("The live feed, with a page that you were on"),
    looks.PATH: _("All of your visits"),
    looks.MAP: _("The map, with the place that you were at"),
    looks.REPORT: _("How often members were on the site"),
}

#: What was opened, in the words of those who are in it.
OPENINGS = {
    openings.READERS: _("A list of readers"),
    openings.MATRIX: _("A table of people and papers"),
    openings.READER: _("All that is known of you as a reader"),
    openings.ADDRESSES: _("The addresses of people who have not read it yet"),
    openings.MEMBERS: _("A list of members and what they have not read"),
    openings.MEMBER: _("What you have not read"),
    openings.AUDIENCE: _("Who is expected to read it, and who is excused"),
    openings.DECLARATIONS: _("What was declared, also about people"),
    openings.SUMMARY: _("A report by mail"),
    openings.REMINDER: _("A mail about a deadline, with who is missing"),
    openings.AS_OF: _("Who had read it at an earlier moment"),
    openings.TO_BE_REMINDED: _("Who would be reminded of a deadline"),
    openings.SEAL: _("A sealed report"),
    openings.VISITS: _("How often members were on the site"),
}

#: Names of forms that aren't those of files.
FORMS = {
    openings.PRINT: _("Print view"),
    openings.MAIL: _("Mail"),
}


@dataclass(frozen=True)
class OwnLook:
    """That somebody has looked, of whichever kind."""

    by: Reader
    at: datetime
    what: Message
    kind: str
    uid: str
    names: int
    as_file: str
    reason: str

    @classmethod
    def of_look(cls, look: Look) -> "OwnLook":
        what = _LOOKS.get(look.what, look.what)
        return cls(look.by, look.at, what, look.what, "", 1, "", look.reason)

    @classmethod
    def of_opening(cls, opening: Opening) -> "OwnLook":
        listed = opening.listed
        return cls(
            by=opening.by,
            at=opening.at,
            what=OPENINGS.get(listed.what, listed.what),
            kind=listed.what,
            uid=listed.uid,
            names=opening.names,
            as_file=listed.as_file,
            reason=opening.reason,
        )


class OwnLooks(OwnPart):
    """Looks at them alone, and openings of lists that they are in."""

    name = "looks"
    places = ("looks", "openings")
    title = _("Who has looked")
    says = _(
        "Who has looked at what is recorded about you. A list of several people is here "
        "if you have read something that it is about, or are expected to read it. "
        "The site doesn't record which page of a long list somebody has looked at, so "
        "not everybody here has seen your name. Each list is recorded once an hour."
    )
    columns = (
        _("When"),
        _("Who"),
        _("What"),
        _("Where"),
        _("Names in the list"),
        _("Form"),
        _("Reason"),
    )

    @property
    def kept(self) -> Message:
        return kept_for(visitor_setting("keep_visits"))

    @cached_property
    def _found(self) -> list[OwnLook]:
        me, covers = self.reader, Coverage(self.reader).covers
        found = [OwnLook.of_look(each) for each in looks_at(me)]
        found += [
            OwnLook.of_opening(each)
            for each in openings_of(me, covers)
            if not self._is_mine(each) and self._is_searched(each)
        ]
        return sorted(found, key=lambda each: each.at, reverse=True)

    def _is_mine(self, opening: Opening) -> bool:
        by = opening.by
        return (by.folder, by.user) == (self.reader.folder, self.reader.user)

    def _is_searched(self, opening: Opening) -> bool:
        """A list that was narrowed to a name is of nobody else."""
        searched = folded(dict(opening.listed.filters).get("reader", ""))
        names = (self.reader.name, self.reader.user)
        return any(searched in folded(name) for name in names)

    def page(self, start: int, size: int) -> Page:
        shown = self._found[start : start + size]
        titles = Titles(each.uid for each in shown)
        return [self._row(each, titles) for each in shown], len(self._found)

    def _row(self, look: OwnLook, titles: Titles) -> tuple[Cell, ...]:
        return (
            look.at,
            name_of(look.by)
            if look.by.user
            else _("Somebody who is no longer a member"),
            look.what,
            titles.of(look.uid) if look.uid else "",
            str(look.names or ""),
            FORMS.get(look.as_file, look.as_file.upper()),
            look.reason,
        )

    def data(self) -> Iterator[Data]:
        for each in self._found:
            yield {
                "at": each.at,
                "by": each.by.user or None,
                "what": each.kind,
                "document_uid": each.uid,
                "names": each.names,
                "taken_away_as": each.as_file,
                "reason": each.reason,
            }
