"""``Language``: words, numbers and days in the language of who gets a mail.

Nobody's request says which one that is: a command sends to one after the other.
"""

from datetime import datetime
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
        """Return a message with values; numbers as the language has them."""
        said = {name: self._said(value) for name, value in values.items()}
        return translate(Message(message, mapping=said), target_language=self.code)

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

    def _said(self, value: Any) -> str:
        if isinstance(value, int):
            return self._locale.numbers.getFormatter("decimal").format(value)
        return value
