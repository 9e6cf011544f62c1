"""What stands above a list of readers: how far the evidence goes, and its gap."""

from slc.clicktracker import _
from slc.clicktracker.evidence.levels import Level
from slc.clicktracker.evidence.levels import LEVELS
from slc.clicktracker.storage.model import Coverage
from zope.i18nmessageid import Message


class EvidenceSummary:
    """How many readers there are at each level, and of whom nothing came back.

    ``is_single`` tells a document, whose current version counts, from a folder.
    """

    def __init__(self, coverage: Coverage, is_single: bool) -> None:
        self._coverage = coverage
        self._is_single = is_single

    @property
    def figures(self) -> list[tuple[Level, int]]:
        return [(level, getattr(self._coverage, level.name)) for level in LEVELS]

    @property
    def scope(self) -> Message:
        """Whose readings of what are counted."""
        if self._is_single:
            return _(
                "All members who got the current version, whether they are expected to "
                "read it or not."
            )
        return _(
            "Each member counts once for each item, with whatever version. The report of "
            "an item tells its versions apart."
        )

    @property
    def gap(self) -> Message:
        """What is known of those who were served a page, and no more."""
        silent = self._coverage.served - self._coverage.opened
        if not silent:
            return _("Wherever a page was served, the browser has reported back.")
        numbers = {"silent": silent, "served": self._coverage.served}
        return _(
            "In ${silent} of ${served} cases the page was served, but the browser has not "
            "reported back: it blocks scripts, the page was closed at once, or the report "
            "is still on its way. Nothing is known about whether the page was read.",
            mapping=numbers,
        )
