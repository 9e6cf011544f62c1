"""The public contract: everything that other packages and sites depend on.

The names here are stored in existing sites (markers, registry records) and
used by other packages (the storage); they stay.
"""

from slc.clicktracker import _
from slc.clicktracker.storage.capabilities import IAccessRecorder
from slc.clicktracker.storage.capabilities import IAudienceProgress
from slc.clicktracker.storage.capabilities import IClickStorage
from slc.clicktracker.storage.capabilities import IReadDocuments
from slc.clicktracker.storage.capabilities import IReadingFigures
from slc.clicktracker.storage.capabilities import IReadingLists
from slc.clicktracker.storage.capabilities import IStorageMaintenance
from zope import schema
from zope.interface import Interface
from zope.publisher.interfaces.browser import IDefaultBrowserLayer


__all__ = [
    "IAccessRecorder",
    "IAudienceProgress",
    "IClickStorage",
    "IClickTrackerLayer",
    "IClickTrackerSettings",
    "ICollectorSettings",
    "IContentIsExcluded",
    "IContentIsIgnored",
    "IContentIsTracked",
    "IEvidenceSettings",
    "IReadDocuments",
    "IReadingFigures",
    "IReadingLists",
    "IStorageMaintenance",
    "ITrackingPolicy",
]


class IClickTrackerLayer(IDefaultBrowserLayer):
    """The add-on is installed in the site of this request."""


class IContentIsTracked(Interface):
    """Marker on content: its reads and those of what is below are recorded."""


class IContentIsExcluded(Interface):
    """Marker on content: not tracked, nor what is below it, although an
    ancestor is."""


class IContentIsIgnored(Interface):
    """Marker on a request: tracking is off for this one request.

    Put it on the request before the page is rendered.
    """


class IClickTrackerSettings(Interface):
    """Where readings are stored.

    This is not the schema of a control panel served by REST: the address may
    hold a password.
    """

    dsn = schema.TextLine(
        title=_("Database address (DSN)"),
        description=_(
            "The PostgreSQL database, in libpq form: dbname=tracking host=db.example.org "
            "user=plone password=… Without one, readings are kept in a SQLite file."
        ),
        required=False,
    )


class ITrackingPolicy(Interface):
    """Who is tracked, and how long a page that was shown can be reported."""

    track_anonymous = schema.Bool(
        title=_("Count anonymous visitors"),
        description=_(
            "Reads by visitors who are not logged in are counted together, without names."
        ),
        default=False,
        required=False,
    )

    ticket_lifetime = schema.Int(
        title=_("Lifetime of a ticket in hours"),
        description=_(
            "How long after a page was served its reading is accepted without asking "
            "the server for a fresh ticket. Three days at most, as the site's keys rotate daily."
        ),
        default=24,
        min=1,
        max=72,
    )


class ICollectorSettings(Interface):
    """How much the collector takes, and how safely it keeps that."""

    strict = schema.Bool(
        title=_("Wait for the disk"),
        description=_(
            "Each read is on the disk before it is acknowledged. Otherwise a power cut "
            "may cost the last second; a crash of Plone costs nothing either way."
        ),
        default=False,
        required=False,
    )

    spool_limit = schema.Int(
        title=_("Largest spool, in megabytes"),
        description=_(
            "How much each server process keeps while the storage is down. Beyond that "
            "browsers are asked to try again later. 200 MB are some 400,000 reads."
        ),
        default=200,
        min=1,
        max=100_000,
    )

    reader_limit = schema.Int(
        title=_("Messages per minute and reader"),
        description=_(
            "What one reader may send in a minute, more at once after a pause. "
            "0 is without limit."
        ),
        default=120,
        min=0,
        max=1_000_000,
    )

    address_limit = schema.Int(
        title=_("Messages per minute and address"),
        description=_(
            "What may come from one network address in a minute without a log-in that "
            "counts: anonymous visits and refused messages, and for a moment after the "
            "site's keys have changed, which is once a day, also messages that Plone has "
            "to look at before their readers are known. Other messages of readers who "
            "are logged in are not counted here, so a whole office may share an address. "
            "0 is without limit."
        ),
        default=1200,
        min=0,
        max=1_000_000,
    )


class IEvidenceSettings(Interface):
    """What counts as having read something, and how far."""

    words_per_minute = schema.Int(
        title=_("Skimming pace, in words per minute"),
        description=_(
            "A text counts as engaged when it was in front of the reader for as long as "
            "it takes at this pace. What browsers report is kept as it is, so a change "
            "evaluates earlier readings anew."
        ),
        default=600,
        min=50,
        max=10_000,
    )

    least_seconds = schema.Int(
        title=_("Least time for any text, in seconds"),
        description=_(
            "However short a text is, it has to be in front of the reader for so long "
            "to count as engaged. This, too, holds for earlier readings."
        ),
        default=5,
        min=1,
        max=3600,
    )

    any_translation = schema.Bool(
        title=_("Reading any translation counts"),
        description=_(
            "Who has read a translation of a page is not listed as missing from the "
            "page itself. Otherwise each translation has to be read."
        ),
        default=True,
        required=False,
    )

    editors_count = schema.Bool(
        title=_("Count people who may edit"),
        description=_(
            "Who may edit a page or manage its tracking opens it to work on it, also by "
            "saving it. Such people are recorded and listed. Unless this is chosen, "
            "they are not expected to read it and not counted as its readers, except "
            "where the audience names them, a group that they are in, or a role that "
            "they have."
        ),
        default=False,
        required=False,
    )
