"""The versions of content that somebody was served, as far as the storage knows."""

from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.interfaces import IReadDocuments
from slc.clicktracker.reports.problems import log_failure
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.activity import KnownText
from slc.clicktracker.storage.errors import RecordingOff
from slc.clicktracker.storage.errors import StorageError
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class KnownVersions:
    """Texts, the newest first; none where ``problem`` says why that isn't known."""

    texts: tuple[KnownText, ...] = ()
    problem: Message | None = None

    def first_of(self, text: str) -> KnownText | None:
        return next((each for each in self.texts if each.text == text), None)

    def between(self, current: str, earlier: str) -> tuple[KnownText, ...]:
        """Return the texts from the one next to the current one to an earlier one.

        What was served after a text that is current again is not between it and
        those before. ``ValueError`` for an earlier one that is not known.
        """
        names = [each.text for each in self.texts]
        start = names.index(current) if current in names else -1
        end = names.index(earlier)
        if end < start:
            return self.texts[end:start]
        return self.texts[start + 1 : end + 1]


def known_versions(uid: str) -> KnownVersions:
    """Return what the storage of the site knows of a document."""
    try:
        storage = storage_with(IReadDocuments)
        if storage is not None:
            return KnownVersions(_named(storage.texts((uid,))))
    except RecordingOff:
        return KnownVersions(
            problem=_(
                "Recording is switched off for this instance (CLICKTRACKER_DSN=off), "
                "so nothing is known about which versions were read."
            )
        )
    except StorageError as error:
        log_failure(error)
        return KnownVersions(
            problem=_(
                "The storage for readings can't be used now, so nothing is known about "
                "which versions were read. Try again later. For details, see Site "
                "Setup, ClickTracker Settings and the log of the site."
            )
        )
    return KnownVersions(
        problem=_(
            "The storage of this site does not know which version somebody has read, so "
            "a change can't be declared minor."
        )
    )


def _named(texts: tuple[KnownText, ...]) -> tuple[KnownText, ...]:
    """Leave out readings of old that don't tell of what text they are."""
    return tuple(each for each in texts if each.text)
