"""The figures of visits, in the order in which they are shown, with what they are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import auto
from enum import Enum
from operator import attrgetter
from slc.clicktracker import _
from slc.clicktracker.reports.columns import Cell
from slc.clicktracker.storage.visits.statistics import VisitFigures
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import duration
from typing import Any
from zope.i18nmessageid import Message


LEFT_OUT = _("Page views left out: ${number}")

#: For figures of which some are of page views.
ONLY_VIEWS = _(
    "Page views outside of visits, which only count as page views: ${number}"
)


class Kind(Enum):
    """How a figure is written."""

    NUMBER = auto()
    AVERAGE = auto()
    PERCENT = auto()
    TIME = auto()


@dataclass(frozen=True)
class Figure:
    """A figure: its ``name`` for programs, its ``title``, and its value, None where there
    is none.

    ``file_title`` is its title where no unit stands beside it. ``is_part`` says that it is
    a part of the one before, ``left_out`` which page views it leaves out, as they can't be
    joined, and ``note`` what else has to be known. With ``keeps_digits`` all have the same
    number of digits on a screen, to be compared.
    """

    name: str
    title: Message
    value: Callable[[Any], int | float | timedelta | None]
    kind: Kind = Kind.NUMBER
    file_title: Message | None = None
    is_part: bool = False
    left_out: Message | None = None
    note: Message | None = None
    keeps_digits: bool = False

    def cell(self, of: Any) -> Cell:
        """Return the figure for a file: times in seconds, shares in percent."""
        value = self.value(of)
        if value is None:
            return None
        if self.kind is Kind.TIME:
            return round(value.total_seconds(), 1)
        if self.kind is Kind.PERCENT:
            return round(100 * value, 1)
        return round(value, 2) if self.kind is Kind.AVERAGE else value

    def words(self, of: Any) -> Message | str:
        """Return the figure for a screen."""
        value = self.value(of)
        if value is None:
            return "–"
        if self.kind is Kind.TIME:
            return duration(value // timedelta(milliseconds=1))
        if self.kind is Kind.PERCENT:
            number = self._number(100 * value, 1)
            return _("${percent} %", mapping={"percent": number})
        return self._number(value, 2)

    def _number(self, value: float, digits: int) -> str:
        if self.keeps_digits:
            return localized_number(value, digits)
        return _rounded(value, digits)

    def change(self, now: Any, before: Any) -> Message | str:
        """Return by how much it has changed, for a screen; "" where that says nothing."""
        new, old = self.value(now), self.value(before)
        if new is None or not old or self.kind is Kind.PERCENT:
            return ""
        percent = round(100 * (new / old - 1))
        sign = "+" if percent > 0 else "−" if percent else "±"
        number = f"{sign}{localized_number(abs(percent))}"
        return _("${percent} %", mapping={"percent": number})


def _rounded(number: float, digits: int) -> str:
    """Return a number for a screen, without a fraction that says nothing."""
    rounded = round(number, digits)
    whole = int(rounded)
    return localized_number(whole if whole == rounded else rounded)


def _errors(figures: VisitFigures) -> int:
    return sum(number for digit, number in figures.statuses if digit >= 4)


#: Of some days.
FIGURES = (
    Figure("visits", _("Visits"), attrgetter("visits"), left_out=LEFT_OUT),
    Figure(
        "visits_of_members",
        _("Visits of members"),
        attrgetter("members"),
        is_part=True,
    ),
    Figure(
        "visits_of_guests",
        _("Visits of guests with a cookie"),
        attrgetter("guests"),
        is_part=True,
    ),
    Figure(
        "visitors",
        _("Unique visitors"),
        attrgetter("visitors"),
        left_out=LEFT_OUT,
    ),
    Figure("members", _("Members"), attrgetter("unique_members"), is_part=True),
    Figure(
        "guests",
        _("Guests with a cookie"),
        attrgetter("unique_guests"),
        is_part=True,
    ),
    Figure(
        "return_ratio",
        _("Return ratio"),
        attrgetter("return_ratio"),
        Kind.PERCENT,
        _("Return ratio (percent)"),
        left_out=LEFT_OUT,
        note=_("Visits that were not their visitor's first in this period."),
    ),
    Figure(
        "time_mean",
        _("Time on site, mean"),
        attrgetter("mean"),
        Kind.TIME,
        _("Time on site, mean (seconds)"),
        left_out=LEFT_OUT,
    ),
    Figure(
        "time_median",
        _("Time on site, median"),
        attrgetter("median"),
        Kind.TIME,
        _("Time on site, median (seconds)"),
        left_out=LEFT_OUT,
        note=_("Half of the visits were not longer than this."),
    ),
    Figure(
        "pages_per_visit",
        _("Pages per visit"),
        attrgetter("pages_per_visit"),
        Kind.AVERAGE,
        left_out=LEFT_OUT,
    ),
    Figure("views", _("Page views"), attrgetter("views")),
    Figure("views_in_visits", _("In visits"), attrgetter("joined"), is_part=True),
    Figure(
        "views_not_joined",
        _("Guests without a cookie, not joined"),
        attrgetter("single"),
        is_part=True,
    ),
    Figure(
        "views_by_script",
        _("Reported by the browser"),
        attrgetter("from_script"),
        is_part=True,
    ),
    Figure(
        "views_by_server",
        _("Answered by the server"),
        attrgetter("from_server"),
        is_part=True,
    ),
    Figure(
        "views_with_error",
        _("Answered with an error (status 4xx or 5xx)"),
        _errors,
        is_part=True,
    ),
    Figure(
        "unique_views",
        _("Unique page views"),
        attrgetter("unique_views"),
        left_out=LEFT_OUT,
        note=_("Each page counts once in a visit, however often it was opened."),
    ),
)

_VISITS = Figure("visits", _("Visits"), attrgetter("visits"))
_VIEWS = Figure("views", _("Page views"), attrgetter("views"))

#: Of the visits of a list.
OF_VISITS = (
    _VISITS,
    _VIEWS,
    Figure(
        "seconds",
        _("Time on site"),
        attrgetter("time"),
        Kind.TIME,
        _("Time on site (seconds)"),
    ),
)

#: Of a page.
OF_PAGES = (
    _VIEWS,
    Figure("unique_views", _("Unique page views"), attrgetter("visits")),
    Figure(
        "seconds",
        _("Time engaged"),
        attrgetter("time"),
        Kind.TIME,
        _("Time engaged (seconds)"),
    ),
)

_BY_NAME = {each.name: each for each in FIGURES}

#: Of each step of time, as far as a screen has room; a file has all.
OF_STEPS = tuple(
    _BY_NAME[name]
    for name in ("visits", "visitors", "views", "unique_views", "time_mean")
)
