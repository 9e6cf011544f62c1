"""``NamedVersions``: what the versions are called that a reading, an acknowledgement or a
snapshot is of."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from slc.clicktracker import _
from slc.clicktracker.reports.known_versions import known_versions
from slc.clicktracker.reports.known_versions import KnownVersions
from slc.clicktracker.reports.version_titles import VersionTitles
from slc.clicktracker.tracking.catalogued import content_with
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.words.times import local_time
from typing import Any
from zope.i18nmessageid import Message


class NamedVersions:
    """Of several documents, by their UIDs. ``dated`` is as for ``VersionTitles``: where a
    history doesn't say when something was saved, the storage is asked when it was first
    delivered.

    ``content_of`` returns the content with a UID, None for what is deleted; ``moment`` what
    a moment is called.
    """

    def __init__(
        self,
        dated: bool,
        content_of: Callable[[str], Any] = content_with,
        moment: Callable[[datetime], str] = local_time,
    ) -> None:
        self._dated = dated
        self._titles: Callable[[str], VersionTitles] = cache(
            lambda uid: VersionTitles(content_of(uid), dated, moment=moment)
        )
        self._known: Callable[[str], KnownVersions] = cache(known_versions)
        # Thousands of rows are of the same few versions.
        self._named: Callable[[str, str, str], Message] = cache(self._name)

    def of(self, uid: str, text: str, label: str) -> Message:
        """Return what a version is called, from what its text is known by and the number in
        the history that the storage has for it, "" where it has none."""
        return self._named(uid, text, label)

    def of_saved(self, uid: str, text: str, label: str) -> Message:
        """Return the same with the number that the content itself had: it may have been
        saved again since, or before, and said the same. Then it is still called as the
        storage knows it, which is by the first number of that text."""
        known = self._known(uid).first_of(text) if text else None
        return self.of(uid, text, known.label if known and known.label else label)

    def _name(self, uid: str, text: str, label: str) -> Message:
        if not text:
            return _("Unknown version")
        titles = self._titles(uid)
        is_asked = self._dated and not titles.tells_when_saved(label)
        known = self._known(uid).first_of(text) if is_asked else None
        return titles.of(DeclaredText(text, label, known and known.first))
