"""The public contract: everything that other packages and sites depend on.

The names here are stored in existing sites (markers, registry records) and
used by other packages (the storage); they stay.
"""

from slc.clicktracker import _
from slc.clicktracker.activities.entries import are_rules
from slc.clicktracker.activities.interfaces import IActivity
from slc.clicktracker.storage.capabilities import IAccessRecorder
from slc.clicktracker.storage.capabilities import IAudienceProgress
from slc.clicktracker.storage.capabilities import IClickStorage
from slc.clicktracker.storage.capabilities import IMemberEvents
from slc.clicktracker.storage.capabilities import IOutbox
from slc.clicktracker.storage.capabilities import IReadDocuments
from slc.clicktracker.storage.capabilities import IReadingFigures
from slc.clicktracker.storage.capabilities import IReadingLists
from slc.clicktracker.storage.capabilities import IStorageMaintenance
from slc.clicktracker.storage.capabilities import IVisitRetention
from slc.clicktracker.storage.capabilities import IVisits
from slc.clicktracker.storage.capabilities import IVisitStatistics
from slc.clicktracker.visitors.entries import are_keywords
from slc.clicktracker.visitors.entries import are_networks
from slc.clicktracker.visitors.entries import are_paths
from slc.clicktracker.visitors.entries import are_statuses
from slc.clicktracker.visitors.entries import is_file
from slc.clicktracker.visitors.fields import choice
from slc.clicktracker.visitors.fields import lines
from zope import schema
from zope.interface import Interface
from zope.publisher.interfaces.browser import IDefaultBrowserLayer


__all__ = [
    "IAccessRecorder",
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
    "IEvidenceSettings",
    "IMemberEvents",
    "IMemberEventsSettings",
    "IOutbox",
    "IReadDocuments",
    "IReadingFigures",
    "IReadingLists",
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


class IVisitorSettings(Interface):
    """Whose visits are recorded, what is known of them, and for how long.

    Nothing is recorded before it is switched on.
    """

    enabled = schema.Bool(
        title=_("Record visits"),
        description=_(
            "Which pages of the whole site people look at, tracked or not, when, from which "
            "address and with which browser; of members by name. Tell them before you "
            "switch it on."
        ),
        default=False,
        required=False,
    )

    source = choice(
        title=_("How page views are noticed"),
        description=_("Every list says which of the two a page view comes from."),
        options={
            "script": _(
                "By a script in the page: the page was shown in a browser, and the "
                "time on it is known. People who block scripts are not recorded."
            ),
            "server": _(
                "By the server: it has answered a request, whether or not anybody "
                "looked at the answer. Nobody can opt out, and programs are among the "
                "visitors."
            ),
        },
    )

    guest_cookie = choice(
        title=_("Cookie for guests"),
        description=_(
            "A random number that joins the page views of a guest into visits. It says "
            "nothing about the person. In many countries guests have to be asked first."
        ),
        options={
            "never": _(
                "Never: page views of guests are counted, and nobody knows which of them "
                "belong together."
            ),
            "consent": _("Only where a guest has agreed, as the consent banner tells."),
            "always": _("Always: guests are recognised unasked."),
        },
    )

    idle_gap = schema.Int(
        title=_("Pause that ends a visit, in minutes"),
        description=_("After a longer pause a new visit begins."),
        default=30,
        min=1,
        max=1440,
    )

    presence_timeout = schema.Int(
        title=_("Presence: minutes since the last page"),
        description=_(
            "People count as present for this long after their last page. Others see "
            "how many there are; people who may see names see who."
        ),
        default=10,
        min=1,
        max=1440,
    )

    presence_minimum = schema.Int(
        title=_("Smallest number of people shown as present"),
        description=_(
            "Smaller numbers are not shown on pages, as it is easily guessed who two "
            "people are. 0 shows all."
        ),
        default=0,
        min=0,
        max=1_000_000,
    )

    query_strings = schema.Bool(
        title=_("Record query strings"),
        description=_(
            "What stands behind the “?” of an address. What people search for is in it, "
            "and at times a secret or a name."
        ),
        default=False,
        required=False,
    )

    untracked_paths = lines(
        title=_("Pages that are not recorded"),
        description=_(
            "Paths in the site, one per line: /news is that page and everything below "
            "it, and not /newsletter. What people do there is not recorded."
        ),
        constraint=are_paths,
    )

    untracked_agents = lines(
        title=_("Browsers that are not recorded"),
        description=_(
            "Keywords, one per line, in upper or lower case. Browsers that have one "
            "of them in their user agent are not recorded."
        ),
        constraint=are_keywords,
    )

    known_crawlers = schema.Bool(
        title=_("Leave out known crawlers"),
        description=_(
            "Search engines, feed readers and other programs that say what they are, "
            "and those that say nothing."
        ),
        default=True,
        required=False,
    )

    untracked_roles = schema.Tuple(
        title=_("Roles that are not recorded"),
        description=_(
            "People who have one of these roles in the whole site are not recorded. "
            "“Anonymous” is all guests, “Authenticated” all members."
        ),
        value_type=schema.Choice(vocabulary="plone.app.vocabularies.Roles"),
        default=(),
        missing_value=(),
        required=False,
    )

    untracked_groups = lines(
        title=_("Groups that are not recorded"),
        description=_(
            "People in these groups are not recorded: people who have objected to it, "
            "for example."
        ),
    )

    untracked_statuses = lines(
        title=_("Answers that are not recorded"),
        description=_(
            "HTTP statuses, one per line: 404, or 5xx for all from 500 to 599. Such "
            "answers are not recorded."
        ),
        constraint=are_statuses,
    )

    internal_networks = lines(
        title=_("Networks that are not recorded"),
        description=_(
            "Addresses or networks, one per line: 192.0.2.7, 192.0.2.0/24, "
            "2001:db8::/32. People who come from there are not recorded, such as the "
            "people of your office."
        ),
        constraint=are_networks,
    )

    location_file = schema.TextLine(
        title=_("Database of places for the map"),
        description=_(
            "The whole path of a file on the server, in MaxMind's format (.mmdb), with "
            "cities or with countries alone. It says where a network address is, and "
            "nobody else is asked. A file that is replaced is noticed."
        ),
        constraint=is_file,
        required=False,
    )

    location_reading = choice(
        title=_("How that database is read"),
        description=_("It makes no difference to what is found."),
        options={
            "auto": _(
                "Automatically: memory-mapped, or in memory where that can't be done."
            ),
            "mapped": _(
                "Memory-mapped: a copy in the folder for temporary files, of which the "
                "system keeps in memory what is used."
            ),
            "memory": _("In memory: all of it, in each process."),
        },
    )

    keep_page_views = schema.Int(
        title=_("Days that page views are kept"),
        description=_(
            "After that it is forgotten which pages somebody has seen. Sums that name "
            "nobody are kept."
        ),
        default=90,
        min=1,
        max=36_500,
    )

    keep_visits = schema.Int(
        title=_("Days that visits are kept"),
        description=_("After that it is forgotten that somebody was there, and when."),
        default=365,
        min=1,
        max=36_500,
    )

    keep_addresses = schema.Int(
        title=_("Days that addresses are kept"),
        description=_(
            "After that an address is cut to its network, which many people share."
        ),
        default=7,
        min=1,
        max=36_500,
    )


class IAnalyticsSettings(Interface):
    """What holds for all services for web analytics that a site's pages feed.

    Nothing is sent before a service is configured. There are no secrets in here, as
    whoever may see the registry by REST sees them.
    """

    auto_identify = schema.Bool(
        title=_("Name members to the services"),
        description=_(
            "With each page that members open while logged in, the browser sends who they "
            "are to each service that is configured below. Guests are never named. Code "
            "of the site can name others for a page, or nobody."
        ),
        default=True,
        required=False,
    )

    identify_by = choice(
        title=_("What a member is named by"),
        description=_("This is what the services get to know, and keep."),
        options={
            "user_id": _("The user ID, which is often the login name."),
            "login": _("The login name, which is an e-mail address on some sites."),
            "full_name": _("The full name. Members who have none are not named."),
            "pseudonym": _(
                "A pseudonym: a random-looking text, always the same for a member and "
                "another one for each service. Only this site can tell who it is."
            ),
        },
    )

    internal_networks = lines(
        title=_("Internal addresses"),
        description=_(
            "Addresses or networks, one per line: 192.0.2.7, 192.0.2.0/24, "
            "2001:db8::/32. The services learn nothing of people who come from there."
        ),
        constraint=are_networks,
    )

    consent = choice(
        title=_("Consent"),
        description=_(
            "Whether a visitor has agreed is told by the consent banner of the site, as "
            "for the cookie of guests."
        ),
        options={
            "none": _("Visitors are not asked."),
            "cookies": _(
                "The services set no cookies before a visitor has agreed. They are told of "
                "page views all the same, and who the member is."
            ),
            "all": _(
                "Nothing is loaded from the services or sent to them before a visitor has "
                "agreed."
            ),
        },
    )

    respect_signals = schema.Bool(
        title=_("Respect “Do Not Track” and “Global Privacy Control”"),
        description=_(
            "Nothing is sent from browsers whose users have switched on one of them."
        ),
        default=False,
        required=False,
    )

    reset_after_logout = schema.Bool(
        title=_("Forget the member after the log-out"),
        description=_(
            "Services are told to take guests for somebody else than the member who was "
            "named before in the same browser."
        ),
        default=True,
        required=False,
    )

    noscript_image = schema.Bool(
        title=_("Count browsers without scripts"),
        description=_(
            "By an image that only they fetch. It is left out where a script has to look "
            "first whether the visitor is internal, has agreed or does not want to be "
            "tracked."
        ),
        default=True,
        required=False,
    )


class IActivityRules(Interface):
    """What members do, by name: how their events are made into activities."""

    run_gap = schema.Int(
        title=_("Pause that ends a run, in minutes"),
        description=_(
            "What a member does without a longer pause is looked at together. Rules count "
            "within such a run."
        ),
        default=30,
        min=1,
        max=1440,
    )

    rules = lines(
        title=_("Rules"),
        description=_(
            "One per line: a name, a colon, what members do, and conditions between "
            "semicolons. Bulk submitting: added; at least 5 within 10 minutes. Members do "
            "these: added, edited, workflow, commented, logged-in, read, viewed, event. "
            "Conditions are: at least 5; at least 5 different; below /news; type News Item; "
            "not older than 7 days. An event belongs to the first rule that claims it. "
            "Rules with the same name are one activity. A change counts at once, also for "
            "what was recorded before."
        ),
        constraint=are_rules,
    )

    smallest_group = schema.Int(
        title=_("Smallest group that is shown"),
        description=_(
            "Nothing is said of a group of which fewer members did anything on the days "
            "that are looked at, as it is easily guessed who they are."
        ),
        default=5,
        min=3,
        max=1_000_000,
    )


class IMemberEventsSettings(Interface):
    """Which members' events are recorded, for which stated purpose, and for how long."""

    enabled = schema.Bool(
        title=_("Record what members do"),
        description=_(
            "Of the members below, and of a random sample of all others: what they add, "
            "edit, publish and comment on, when they log in, and what they read. Nothing is "
            "recorded of anybody else for this."
        ),
        default=False,
        required=False,
    )

    purpose = schema.Text(
        title=_("Purpose"),
        description=_(
            "What for, by whom it is looked at, and until when. All members can read it on "
            "the page @@clicktracker-purpose, with whether they are among those who are "
            "recorded. Without it nothing is."
        ),
        default="",
        missing_value="",
        max_length=10_000,
        required=False,
    )

    users = lines(
        title=_("Members who are followed"),
        description=_("User ids, one per line."),
    )

    groups = lines(
        title=_("Groups whose members are followed"),
        description=_("Also of groups in these groups."),
    )

    most_active = schema.Int(
        title=_("Share of the most active members who are followed, in percent"),
        description=_(
            "By the visits of the last 30 days. Where visits are not recorded, nobody is."
        ),
        default=0,
        min=0,
        max=50,
    )

    sample_size = schema.Int(
        title=_("Size of the sample"),
        description=_("So many of all other members, at random."),
        default=0,
        min=0,
        max=100_000,
    )

    seed = schema.TextLine(
        title=_("Seed of the sample"),
        description=_("Any text. The same one gives the same sample."),
        default="1",
        max_length=100,
    )

    page_events = schema.Bool(
        title=_("Events from pages"),
        description=_(
            "Scripts of the site's pages can say what happens on them, by "
            "clicktracker.event, and elements by the attribute data-clicktracker-event. The "
            "services for web analytics that are on are told of it. It is recorded of the "
            "members above alone, if that is on. What a browser says is no proof."
        ),
        default=False,
        required=False,
    )

    keep_events = schema.Int(
        title=_("Days that events are kept"),
        description=_("The command clicktracker clean-up removes older ones."),
        default=180,
        min=1,
        max=3650,
    )
