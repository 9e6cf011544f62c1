"""Very many times or days on one page, as Plone writes them."""

from datetime import date
from datetime import datetime
from datetime import time
from plone import api
from plone.base.i18nl10n import get_formatstring_from_registry
from slc.clicktracker.words.times import local_day
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import viewer_timezone

import re


#: What a language says for a day and a time, and for a day, in Plone's catalog, and what is
#: in it: "${d}.${m}.${Y} ${H}:${M}".
_TIME, _DAY = "date_format_long", "date_format_short"
_ELEMENT = re.compile(r"\$\{(\w+)\}|(\$)")

#: Elements that are put in here, and the character that stands for each meanwhile.
_PUT_IN = {each: chr(0xE000 + number) for number, each in enumerate("dHIMSp")}

#: Elements that are the same for all days of a month, or for its Mondays.
_OF_MONTH, _OF_WEEKDAY = frozenset("bBmyY"), frozenset("aA")


class LocalizedTimes:
    """Says what ``local_time`` does, for one request."""

    def __init__(self) -> None:
        self._zone = viewer_timezone()
        self._written = _Written(_TIME)

    def text(self, moment: datetime) -> str:
        """Return a moment in the viewer's time zone and language."""
        local = moment.astimezone(self._zone).replace(tzinfo=None)
        found = self._written.text(local)
        return local_time(moment) if found is None else found


class LocalizedDays:
    """Says what ``local_day`` does, for one request."""

    def __init__(self) -> None:
        self._written = _Written(_DAY)

    def text(self, day: date) -> str:
        """Return a day in the viewer's language."""
        found = self._written.text(datetime.combine(day, time()))
        return local_day(day) if found is None else found


class _Written:
    """Writes local times in one form.

    To write a time takes Plone longer than all the rest of a row of a list. So it writes
    each month once, or each of its Mondays where days of the week are named, and what
    is left of day and time is put in here.
    """

    def __init__(self, name: str) -> None:
        self._months: dict[tuple[int, int, int], str] = {}
        self._form, self._names_weekdays = _form(name)

    def text(self, local: datetime) -> str | None:
        """Return a time as it is written, None where only Plone can do that."""
        if self._form is None:
            return None
        weekday = local.weekday() if self._names_weekdays else 0
        month = local.year, local.month, weekday
        if month not in self._months:
            self._months[month] = self._of_month(local)
        return self._months[month] % {
            "d": f"{local.day:02}",
            "H": f"{local.hour:02}",
            "I": f"{local.hour % 12 or 12:02}",
            "M": f"{local.minute:02}",
            "S": f"{local.second:02}",
            "p": local.strftime("%p"),
        }

    def _of_month(self, local: datetime) -> str:
        """Return what is written for times of a month, with ``%(H)s`` for the hours."""
        written = api.portal.get_localized_time(local, long_format=self._form)
        text = written.replace("%", "%%")
        for element, mark in _PUT_IN.items():
            text = text.replace(mark, f"%({element})s")
        return text


def _form(name: str) -> tuple[str | None, bool]:
    """Return what the language has, with marks for what is put in, and whether it names
    days of the week; None for what only Plone can write: strftime's own forms, or a
    language without any."""
    form = get_formatstring_from_registry(name)
    if form is None:
        form = api.portal.translate(name, domain="plonelocales")
    elements = {one or other for one, other in _ELEMENT.findall(form)}
    known = _OF_MONTH.union(_OF_WEEKDAY, _PUT_IN)
    if not elements or "%" in form or not elements <= known:
        return None, False
    marked = _ELEMENT.sub(lambda found: _PUT_IN.get(found[1], found[0]), form)
    return marked, not _OF_WEEKDAY.isdisjoint(elements)
