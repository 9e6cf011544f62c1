"""What a request asks of the report: which readers, in which order, which page."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import tzinfo
from slc.clicktracker import _
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import ATTESTED
from slc.clicktracker.reports.levels import DOWNLOADED
from slc.clicktracker.reports.levels import LEVELS
from slc.clicktracker.reports.levels import SERVED
from slc.clicktracker.storage.acknowledgements.model import KINDS
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import SORT_KEYS
from slc.clicktracker.storage.model import utc
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from typing import Any
from zope.i18nmessageid import Message

import re


PAGE_SIZE = 20
LARGEST_PAGE = 100
LAST_START = 10**9

#: Levels that a list can be narrowed to. Who was only served a page is in none. Those who
#: have acknowledged it, or are attested, can be at any.
LEVELS_ASKED = (
    *(level for level in (DOWNLOADED, *LEVELS) if level is not SERVED),
    ACKNOWLEDGED,
    ATTESTED,
)

#: The ways to ask for the opposite order: ours, and that of plone.restapi.
REVERSED = ("reverse", "descending")

_LONGEST_DAY = 20

#: ISO 8601 has other ways to write a day, which nobody means here.
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Day:
    """A day as it was typed: ``value`` is None where there is none, or none that can
    be used, and then ``problem`` says why."""

    text: str = ""
    value: date | None = None
    problem: Message | None = None


@dataclass(frozen=True)
class Asked:
    """What is asked for: strange values are the defaults, strange days are told.

    ``query`` is without documents. Of ``since`` and ``until`` both days are included,
    in the time zone of who asks. ``missing``: only of those who are missing.
    """

    query: ReadingQuery
    since: Day = Day()
    until: Day = Day()
    missing: bool = False

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the list, as the parameters of a request."""
        found = {
            "reader": self.query.search,
            "level": self.only,
            "since": self.since.value and self.since.value.isoformat(),
            "until": self.until.value and self.until.value.isoformat(),
            "missing": self.missing and "1",
        }
        return {name: value for name, value in found.items() if value}

    @property
    def only(self) -> str:
        """The name of the one of ``LEVELS_ASKED`` that the list is narrowed to, or ""."""
        return self.query.level or self.query.declared

    @property
    def page_size(self) -> int | None:
        """How many rows of a page are asked for, None for as many as usual."""
        return None if self.query.size == PAGE_SIZE else self.query.size

    @property
    def is_given(self) -> bool:
        """Was anything entered, also if it can't be looked at?"""
        return bool(self.filters or self.since.problem or self.until.problem)


def asked_of(
    form: Mapping[str, Any],
    timezone: tzinfo,
    narrows: bool,
    can_be_missing: bool = False,
) -> Asked:
    """Return what the form of a request asks for.

    A list that is not of readings knows of no levels and no days: ``narrows`` False. One in
    which nobody ``can_be_missing`` can't be of those alone.
    """
    missing = can_be_missing and bool(text_from(form.get("missing")))
    sort = form.get("sort_on")
    query = ReadingQuery(
        documents=(),
        search=storable(text_from(form.get("reader")), LIMITS["name"]).strip(),
        sort=sort if sort in SORT_KEYS else SORT_KEYS[0],
        reverse=form.get("sort_order") in REVERSED,
        start=number_from(form.get("b_start"), 0, 0, LAST_START),
        size=number_from(form.get("b_size"), PAGE_SIZE, 1, LARGEST_PAGE),
    )
    if not narrows:
        return Asked(query, missing=missing)
    since, until = days_from(form.get("since"), form.get("until"))
    level = form.get("level")
    only = level if level in [one.name for one in LEVELS_ASKED] else ""
    return Asked(
        replace(
            query,
            level="" if only in KINDS else only,
            declared=only if only in KINDS else "",
            since=beginning_of(since.value, timezone),
            until=beginning_of(until.value and until.value + _ONE_DAY, timezone),
        ),
        since,
        until,
        missing,
    )


_ONE_DAY = timedelta(days=1)

#: Days that are so in every time zone, and in a storage.
_FIRST, _LAST = date(1970, 1, 2), date(9999, 12, 30)


def days_from(since: Any, until: Any) -> tuple[Day, Day]:
    """Return the two days of a period as they were typed; it has none of both where the
    last is before the first."""
    first, last = _day(since), _day(until)
    if first.value and last.value and first.value > last.value:
        problem = _("The last day is before the first one.")
        return Day(first.text), Day(last.text, None, problem)
    return first, last


def _day(typed: Any) -> Day:
    text = storable(text_from(typed), _LONGEST_DAY).strip()
    if not text:
        return Day()
    try:
        value = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        value = None
    if value is None:
        problem = _("Enter a date like 2026-05-31.")
        return Day(text, None, problem)
    if not _FIRST <= value <= _LAST:
        return Day(text, None, _("This day is too far away."))
    return Day(text, value)


def beginning_of(day: date | None, timezone: tzinfo) -> datetime | None:
    """Return when a day begins, in UTC."""
    if day is None:
        return None
    # A zone of pytz has a method for that, as it would take its oldest offset. Where
    # clocks are set at midnight, there are two such moments, or none and the later
    # one of two counts.
    midnight = datetime.combine(day, time())
    moments = [timezone.localize(midnight, is_dst=summer) for summer in (True, False)]
    on_that_day = [each for each in moments if timezone.normalize(each).date() >= day]
    return utc(min(on_that_day))


def text_from(value: Any) -> str:
    """Return a text of a request, the last one of several, "" for anything else."""
    if isinstance(value, list):
        value = value[-1] if value else ""
    return value if isinstance(value, str) else ""


def number_from(text: Any, default: int, least: float, most: float) -> int:
    """Return a number of a request within bounds, the default for a strange one."""
    try:
        number = int(text)
    except (TypeError, ValueError, OverflowError):
        return default
    return int(max(least, min(number, most)))


def last_start(total: int, size: int) -> int:
    """Return where the last page starts, for those who ask for one beyond it."""
    return max(total - 1, 0) // size * size
