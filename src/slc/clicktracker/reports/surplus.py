"""Readers whom nobody expects."""

from slc.clicktracker import _
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.storage.model import Reader
from zope.i18nmessageid import Message


class Surplus:
    """Says of readers why an audience doesn't have them."""

    def __init__(self, audience: Audience) -> None:
        self._is_complete = audience.complete
        self._expected = _accounts(audience.members)
        self._excused = _accounts([each.reader for each in audience.excused])

    def of(self, reader: Reader) -> Message | None:
        """Return why nobody expects this reader, None where that is not certain."""
        who = reader.folder, reader.user
        if who in self._expected:
            return None
        if who in self._excused:
            return _("excused")
        return _("not among the expected readers") if self._is_complete else None


def _accounts(readers: list[Reader] | tuple[Reader, ...]) -> frozenset[tuple[str, str]]:
    return frozenset((each.folder, each.user) for each in readers)
