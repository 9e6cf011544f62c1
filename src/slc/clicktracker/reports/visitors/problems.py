"""Why nothing can be said about visitors, in words for whoever asked."""

from slc.clicktracker import _
from slc.clicktracker.geography.errors import UnusableFile
from slc.clicktracker.geography.errors import Why
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
    "The storage can't be reached now, so nothing is known about visitors. Try again "
    "later. For details, see the log of the site and Site Setup, ClickTracker Settings."
)

#: What is wrong with the database of places, and what to do.
_OF_FILE = {
    Why.MISSING: _(
        "There is no file at the path of the database of places. Put it there, or "
        "correct the path in ClickTracker Settings."
    ),
    Why.UNREADABLE: _(
        "The database of places can't be read. The path must be that of a file, and "
        "the user that Zope runs as must be allowed to read it."
    ),
    Why.NOT_THIS_FORMAT: _(
        "The database of places is not a file in MaxMind's format (.mmdb). You may "
        "have to unpack the download first (.gz, .tar.gz)."
    ),
    Why.BROKEN: _(
        "The database of places is damaged or not completely written yet. If this "
        "doesn't change, download it again."
    ),
    Why.NO_PLACES: _(
        "The database of places is of another kind and contains no places. Get one "
        "with cities or countries."
    ),
    Why.TOO_LARGE: _("The database of places is larger than 2 GB."),
    Why.NO_COPY: _(
        "There is no room for a copy of the database of places in the folder for "
        "temporary files. Make room there, or choose “In memory” in ClickTracker "
        "Settings."
    ),
}

NO_FILE = _(
    "No database of places is set, so the places of visitors are unknown. Set one in "
    "ClickTracker Settings, in the part “Visitors”."
)

OUTDATED_FILE = _(
    "The database of places is older than half a year, so some places are wrong by now. "
    "Get a newer one."
)

#: Some storages know of readings alone.
KEEPS_NO_EVENTS = _("The storage of this site keeps no events of members.")
KEEPS_NO_GOALS = _("The storage of this site doesn't support goals.")
KEEPS_NO_VISITS = _("The storage of this site keeps no visits.")
KEEPS_NO_STATISTICS = _("The storage of this site keeps no statistics of visits.")


def visitors_problem(error: StorageError) -> Message:
    """Return what somebody who can't see the storage has to know of an error; the log
    says the rest."""
    if isinstance(error, RecordingOff):
        return _RECORDING_IS_OFF
    log_failure(error)
    return _NOT_SET_UP if isinstance(error, StorageNotSetUp) else _UNAVAILABLE


def file_problem(error: UnusableFile) -> Message:
    """Return what is wrong with the database of places, and what to do."""
    return _OF_FILE[error.why]
