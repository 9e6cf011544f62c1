"""Readers whom nobody expects."""

from slc.clicktracker import _
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.progress import who
from zope.i18nmessageid import Message


class Surplus:
    """Says of readers why an audience doesn't have them."""

    def __init__(self, audience: Audience) -> None:
        self._is_complete = audience.complete
        self._expected = frozenset(map(who, audience.members))
        self._excused = frozenset(who(each.reader) for each in audience.excused)

    def of(self, reader: Reader) -> Message | None:
        """Return why nobody expects this reader, None where that is not certain."""
        account = who(reader)
        if account in self._expected:
            return None
        if account in self._excused:
            return _("excused")
        return _("not among the expected readers") if self._is_complete else None
