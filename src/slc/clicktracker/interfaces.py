"""The public contract: everything that other packages and sites depend on.

The names here are stored in existing sites (markers, registry records) and
used by other packages (the storage); they stay.
"""

from slc.clicktracker import _
from slc.clicktracker.activities.interfaces import IActivity
from slc.clicktracker.settings.acknowledgement import IAcknowledgementSettings
from slc.clicktracker.settings.activities import IActivityRules
from slc.clicktracker.settings.analytics import IAnalyticsSettings
from slc.clicktracker.settings.collector import ICollectorSettings
from slc.clicktracker.settings.evidence import IEvidenceSettings
from slc.clicktracker.settings.goals import IGoalSettings
from slc.clicktracker.settings.member_events import IMemberEventsSettings
from slc.clicktracker.settings.policy import ITrackingPolicy
from slc.clicktracker.settings.privacy import IPrivacySettings
from slc.clicktracker.settings.public_name import IPublicNameSettings
from slc.clicktracker.settings.reminders import IReminderSettings
from slc.clicktracker.settings.retention import IRetentionSettings
from slc.clicktracker.settings.seals import ISealSettings
from slc.clicktracker.settings.visitors import IVisitorSettings
from slc.clicktracker.storage.capabilities import IAccessRecorder
from slc.clicktracker.storage.capabilities import IAcknowledgements
from slc.clicktracker.storage.capabilities import IAudienceProgress
from slc.clicktracker.storage.capabilities import IClickStorage
from slc.clicktracker.storage.capabilities import IGoals
from slc.clicktracker.storage.capabilities import IMemberEvents
from slc.clicktracker.storage.capabilities import IOutbox
from slc.clicktracker.storage.capabilities import IPastReadings
from slc.clicktracker.storage.capabilities import IReadDocuments
from slc.clicktracker.storage.capabilities import IReaderSets
from slc.clicktracker.storage.capabilities import IReadingFigures
from slc.clicktracker.storage.capabilities import IReadingLists
from slc.clicktracker.storage.capabilities import IReadingRetention
from slc.clicktracker.storage.capabilities import IStorageMaintenance
from slc.clicktracker.storage.capabilities import IVisitRetention
from slc.clicktracker.storage.capabilities import IVisits
from slc.clicktracker.storage.capabilities import IVisitStatistics
from slc.clicktracker.storage.model import Reader
from zope import schema
from zope.interface import Attribute
from zope.interface import Interface
from zope.interface.interfaces import IObjectEvent
from zope.publisher.interfaces.browser import IDefaultBrowserLayer


__all__ = [
    "IAccessRecorder",
    "IAcknowledgementSettings",
    "IAcknowledgements",
    "IActivity",
    "IActivityRules",
    "IAnalyticsSettings",
    "IAudienceProgress",
    "IClickStorage",
    "IClickTrackerLayer",
    "IClickTrackerSettings",
    "ICollectorSettings",
    "IContentIsExcluded",
    "IContentIsIgnored",
    "IContentIsTracked",
    "IDeadlineMissedEvent",
    "IEvidenceSettings",
    "IGoalSettings",
    "IGoals",
    "IMemberEvents",
    "IMemberEventsSettings",
    "IOutbox",
    "IPastReadings",
    "IPlaceOfPeople",
    "IPrivacySettings",
    "IPublicNameSettings",
    "IReadByAudienceEvent",
    "IReadDocuments",
    "IReaderSets",
    "IReadingFigures",
    "IReadingLists",
    "IReadingRetention",
    "IReminderSettings",
    "IRetentionSettings",
    "ISealSettings",
    "IStorageMaintenance",
    "ITrackingPolicy",
    "IVisitRetention",
    "IVisitStatistics",
    "IVisitorSettings",
    "IVisits",
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


class IReadByAudienceEvent(IObjectEvent):
    """Everybody who is expected to read a document is known to have read it, as far as its
    deadline asks for. Once for each document and deadline."""

    deadline = Attribute("The deadline: slc.clicktracker.deadlines.deadline.Deadline")


class IDeadlineMissedEvent(IObjectEvent):
    """The deadline of a document is over, and somebody is not known to have read it. Once
    for each document and deadline."""

    deadline = Attribute("The deadline: slc.clicktracker.deadlines.deadline.Deadline")


class IPlaceOfPeople(Interface):
    """A place that knows people: a named utility. Whoever keeps who somebody was, by id or
    name, registers one, so that nobody is forgotten by half.

    Places are asked for in the current site. What a ``forget`` changes of the site is in
    the current transaction, and is done again where that fails.
    """

    title = Attribute("What is kept there of people: a message")

    def number_of(person: Reader) -> int:
        """Return how many entries there are that name a ``storage.model.Reader``, by
        ``user`` and ``folder``."""

    def forget(person: Reader, pseudonym: str, erase: bool) -> None:
        """Forget who it was: remove what is of the person alone, or where not to ``erase``,
        let the ``pseudonym`` stand for the id. That is by chance and leads back to nobody, so
        it also stands for the person in what is of others and has to stay."""


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
