"""Why nothing can be said about visitors, in words for whoever asked."""

from slc.clicktracker import _
from slc.clicktracker.reports.problems import log_failure
from slc.clicktracker.storage.errors import RecordingOff
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import StorageNotSetUp
from zope.i18nmessageid import Message


_RECORDING_IS_OFF = _(
    "Recording is switched off for this instance (CLICKTRACKER_DSN=off), so nothing can "
    "be said about visitors here."
)
_NOT_SET_UP = _(
    "The database is not set up yet, so nothing can be said about visitors. A site "
    "administrator can do that in Site Setup, ClickTracker Settings."
)
_UNAVAILABLE = _(
    "The storage can't be reached now, so nothing can be said about visitors. Try again "
    "later; the log of the site and Site Setup, ClickTracker Settings say more."
)

#: Some storages know of readings alone.
KEEPS_NO_VISITS = _("The storage of this site keeps no visits.")


def visitors_problem(error: StorageError) -> Message:
    """Return what somebody who can't see the storage has to know of an error; the log
    says the rest."""
    if isinstance(error, RecordingOff):
        return _RECORDING_IS_OFF
    log_failure(error)
    return _NOT_SET_UP if isinstance(error, StorageNotSetUp) else _UNAVAILABLE
