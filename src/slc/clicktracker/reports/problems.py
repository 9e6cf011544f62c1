"""Why a report can't be shown, in words for whoever asked for it."""

from slc.clicktracker import _
from slc.clicktracker import logger
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.reports.readers import WholeFolderOnly
from slc.clicktracker.storage.errors import RecordingOff
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import StorageNotSetUp
from slc.clicktracker.versions.file_digest import DigestUnknown
from zope.i18nmessageid import Message


_RECORDING_IS_OFF = _(
    "Recording is switched off for this instance (CLICKTRACKER_DSN=off), so earlier "
    "records can't be shown here."
)

_WHOLE_FOLDER_ONLY = _(
    "The storage of this site can only report a folder as a whole, and "
    "you may not see everything in this one. Open the report of "
    "a single page."
)
_NOT_SET_UP = _(
    "The database for readings is not set up yet, so nothing can be said "
    "about who has read this. A site administrator can do that in "
    "Site Setup, ClickTracker Settings."
)
_UNAVAILABLE = _(
    "The storage for readings can't be reached now, so nothing is known about who has "
    "read this. Try again later. For details, see the log of the site and Site Setup, "
    "ClickTracker Settings."
)
_VERSION_UNKNOWN = _(
    "The version of this file is not known yet. The site is reading the file to tell "
    "versions apart, which takes a while. Until then, nothing can be said about who "
    "has read the current version. Look again soon."
)

#: What programs are told that ask for names before there is a reason.
NEEDS_REASON = _(
    "This site asks for a reason before names are shown. Enter one in a browser, or send "
    "it to @clicktracker-reason; it is valid for an hour."
)

#: What a page says where something else went wrong, of which the log knows more.
UNKNOWN = _("At present, nobody can tell whether you have read this.")

#: Why nothing can be said about who has read content.
PROBLEMS = (StorageError, WholeFolderOnly, DigestUnknown)

_said = OnceAMinute()


def problem_of(error: StorageError | WholeFolderOnly | DigestUnknown) -> Message:
    """Return what somebody who can't see the storage has to know of an error; the log
    says the rest."""
    if isinstance(error, DigestUnknown):
        return _VERSION_UNKNOWN
    if isinstance(error, WholeFolderOnly):
        return _WHOLE_FOLDER_ONLY
    if isinstance(error, RecordingOff):
        return _RECORDING_IS_OFF
    log_failure(error)
    return _NOT_SET_UP if isinstance(error, StorageNotSetUp) else _UNAVAILABLE


def log_failure(error: StorageError) -> None:
    """Say in the log why a page doesn't show what the storage knows."""
    if _said.is_due(str(error)):
        logger.error("Readings can't be shown: %s", error)
