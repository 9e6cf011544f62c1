"""Which lists of names a member has opened, and at whom they have looked."""

from collections.abc import Iterator
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.my_reading.looks import FORMS
from slc.clicktracker.my_reading.looks import OPENINGS
from slc.clicktracker.my_reading.part import Data
from slc.clicktracker.my_reading.part import kept_for
from slc.clicktracker.my_reading.part import OwnPart
from slc.clicktracker.my_reading.part import Page
from slc.clicktracker.my_reading.titles import Titles
from slc.clicktracker.sites import looks
from slc.clicktracker.sites import openings
from slc.clicktracker.sites.looks import Look
from slc.clicktracker.sites.looks import looks_by
from slc.clicktracker.sites.openings import Opening
from slc.clicktracker.sites.openings import openings_by
from slc.clicktracker.sites.visitor_rules import visitor_setting
from zope.i18nmessageid import Message


#: What was opened, in the words of who has opened it.
_WHAT = OPENINGS | {
    openings.READER: _("All that is known of one reader"),
    openings.MEMBER: _("What one member has not read"),
    looks.FEED: _("The live feed, with a page that somebody was on"),
    looks.PATH: _("All visits of somebody"),
    looks.MAP: _("The map, with the place that somebody was at"),
    looks.REPORT: _("How often somebody was on the site"),
}


class OwnOpenings(OwnPart):
    """Of whom it was is not said: they know themselves that somebody has looked."""

    name = "opened"
    places = ("looks", "openings")
    title = _("What you have opened")
    says = _(
        "Lists of names that you have opened, and what you have seen of single people, once "
        "an hour. These people can see that it was you."
    )
    columns = (_("When"), _("What"), _("Where"), _("Form"), _("Reason"))

    @property
    def kept(self) -> Message:
        return kept_for(visitor_setting("keep_visits"))

    @cached_property
    def _latest_first(self) -> list[Look | Opening]:
        found = (*looks_by(self.reader), *openings_by(self.reader))
        return sorted(found, key=lambda each: each.at, reverse=True)

    def page(self, start: int, size: int) -> Page:
        shown = self._latest_first[start : start + size]
        titles = Titles(map(_uid, shown))
        rows = [
            (
                each.at,
                _WHAT.get(_what(each), _what(each)),
                titles.of(_uid(each)) if _uid(each) else "",
                FORMS.get(_as_file(each), _as_file(each).upper()),
                each.reason,
            )
            for each in shown
        ]
        return rows, len(self._latest_first)

    def data(self) -> Iterator[Data]:
        for each in self._latest_first:
            yield {
                "at": each.at,
                "what": _what(each),
                "document_uid": _uid(each),
                "names": each.names if isinstance(each, Opening) else 1,
                "taken_away_as": _as_file(each),
                "reason": each.reason,
            }


def _what(each: Look | Opening) -> str:
    return each.listed.what if isinstance(each, Opening) else each.what


def _uid(each: Look | Opening) -> str:
    return each.listed.uid if isinstance(each, Opening) else ""


def _as_file(each: Look | Opening) -> str:
    return each.listed.as_file if isinstance(each, Opening) else ""
