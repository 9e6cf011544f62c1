"""``Language``: words, numbers and days in the language of who gets a mail.

Nobody's request says which one that is: a command sends to one after the other.
"""

from datetime import datetime
from datetime import time
from slc.clicktracker import _
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.storage.model import utc
from slc.clicktracker.words.numbers import locale_of
from typing import Any
from zope.i18n import translate
from zope.i18nmessageid import Message


class Language:
    """The language with a ``code``, as "de". Days are those of the site's time zone."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._locale = locale_of(code)

    def say(self, message: Message, **values: Any) -> str:
        """Return a message with values, or with those that it has; numbers as the language
        has them."""
        if values:
            said = {name: self._said(value) for name, value in values.items()}
            message = Message(message, mapping=said)
        return translate(message, target_language=self.code)

    def deadline(self, deadline: Deadline) -> str:
        """Return day and time of a deadline with the time zone in which they were said."""
        day = self._locale.dates.getFormatter("date", "long").format(deadline.day)
        if not deadline.time:
            names = {"day": day, "zone": deadline.zone}
            return self.say(_("${day}, end of the day (${zone})", mapping=names))
        said = time.fromisoformat(deadline.time)
        clock = self._locale.dates.getFormatter("time", "short").format(said)
        return f"{day}, {clock} ({deadline.zone})"

    def moment(self, moment: datetime) -> str:
        """Return the day and the minute: a day alone could mean all of it."""
        local = moment.astimezone(site_timezone())
        return ", ".join(
            self._locale.dates.getFormatter(kind, length).format(value)
            for kind, length, value in (
                ("date", "full", local.date()),
                ("time", "short", local.time()),
            )
        )

    def utc_day(self, moment: datetime) -> str:
        """Return the day by UTC that a moment is on."""
        formatter = self._locale.dates.getFormatter("date", "long")
        return formatter.format(utc(moment).date())

    def number(self, number: int) -> str:
        """Return a number as the language has it."""
        return self._locale.numbers.getFormatter("decimal").format(number)

    def _said(self, value: Any) -> str:
        return self.number(value) if isinstance(value, int) else value
