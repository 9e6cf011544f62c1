"""What people call a version of a document: by when it was new, not by what a program
tells it from others by."""

from collections.abc import Callable
from datetime import datetime
from slc.clicktracker import _
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.saved_versions import SavedVersions
from slc.clicktracker.words.times import local_time
from typing import Any
from zope.i18nmessageid import Message


class VersionTitles:
    """Titles of the versions of ``content``, None of what is deleted.

    What was delivered is a page, or a file; when that was tells that somebody has got it, so
    it is for those who may see readers: ``dated``. ``numbered`` titles have the number as
    well, for files whose rows are told by it. ``moment`` returns what a moment is called.
    """

    def __init__(
        self,
        content: Any,
        dated: bool,
        numbered: bool = False,
        moment: Callable[[datetime], str] = local_time,
    ) -> None:
        self._saved = None if content is None else SavedVersions(content)
        self._dated, self._numbered, self._moment = dated, numbered, moment

    def tells_when_saved(self, label: str) -> bool:
        """Is it known when a version was saved, so that nothing else is asked?"""
        return self._saved is not None and self._saved.at(label) is not None

    def of(self, version: DeclaredText) -> Message:
        """Return the title of a version: when it was saved, else when it was delivered first,
        else its number."""
        saved = self._saved and self._saved.at(version.label)
        if saved:
            return self._of_saved(version.label, saved)
        if self._dated and version.first is not None:
            moment = self._moment(version.first)
            return _("The version first delivered on ${time}", mapping={"time": moment})
        if version.label:
            return _("Version ${label}", mapping={"label": version.label})
        return _("A version without a number")

    def _of_saved(self, label: str, saved: datetime) -> Message:
        moment = {"time": self._moment(saved)}
        if self._saved.is_alone(label) and not self._numbered:
            return _("Version of ${time}", mapping=moment)
        mapping = moment | {"label": label}
        return _("Version of ${time} (no. ${label})", mapping=mapping)
