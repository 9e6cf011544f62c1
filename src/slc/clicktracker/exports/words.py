"""Typed cells as a program, and as a person in a language, has them."""

from collections.abc import Callable
from datetime import datetime
from datetime import tzinfo
from slc.clicktracker import _
from slc.clicktracker.reports.columns import Cell
from slc.clicktracker.reports.columns import Column
from slc.clicktracker.reports.few import INSTEAD
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.reported import NOT_REPORTED
from slc.clicktracker.reports.tabs import Tab
from zope.i18nmessageid import Message

import re


#: What is left of a cell for a person: numbers and times remain what they are.
PlainCell = str | int | float | datetime | None

_SURROGATES = re.compile("[\ud800-\udfff]")


class Words:
    """The words of one language, times in one time zone.

    ``translate`` returns a message in the language; it is asked for each one once.
    """

    def __init__(
        self,
        translate: Callable[[Message], str],
        timezone: tzinfo,
        language: str = "en",
    ) -> None:
        self.language = language
        self._translate = translate
        self.timezone = timezone
        self._known: dict[tuple | Message, str] = {}

    def translate(self, message: Message) -> str:
        """Return a message in the language."""
        # Messages are equal where their ids are: what stands in them is not compared.
        mapping = message.mapping
        key = (message, tuple(sorted(mapping.items()))) if mapping else message
        if key not in self._known:
            self._known[key] = self._translate(message)
        return self._known[key]

    def data(self, cell: Cell) -> Cell:
        """Return a cell for a program: messages are translated, times in the time zone,
        and texts without lone surrogates, which no file can hold."""
        if cell is NOT_REPORTED:
            # A number, or none.
            return None
        match cell:
            case Message():
                # A number, or none.
                return None if cell in INSTEAD else self.translate(cell)
            case str():
                return cell if cell.isascii() else _SURROGATES.sub("\ufffd", cell)
            case datetime():
                return cell.astimezone(self.timezone)
        return cell

    def plain(self, cell: Cell) -> PlainCell:
        """Return a cell for a person: of what has a title, that, and "yes" or "no"."""
        match cell:
            case Column() | Level() | Tab():
                return self.translate(cell.title)
            case Message():
                return self.translate(cell)
            case bool():
                return self.translate(_("yes") if cell else _("no"))
        return self.data(cell)
