"""``IVisitorSettings``: visits, presence, bans and the map."""

from slc.clicktracker import _
from slc.clicktracker.visitors.entries import are_keywords
from slc.clicktracker.visitors.entries import are_networks
from slc.clicktracker.visitors.entries import are_paths
from slc.clicktracker.visitors.entries import are_statuses
from slc.clicktracker.visitors.entries import is_file
from slc.clicktracker.visitors.fields import choice
from slc.clicktracker.visitors.fields import lines
from zope import schema
from zope.interface import Interface


class IVisitorSettings(Interface):
    """Whose visits are recorded, what is known of them, and for how long.

    Nothing is recorded before it is switched on.
    """

    enabled = schema.Bool(
        title=_("Record visits"),
        description=_(
            "Records which pages of the whole site people look at, tracked or not, "
            "when, from which address and with which browser; members by name. Tell "
            "them before you switch this on."
        ),
        default=False,
        required=False,
    )

    source = choice(
        title=_("How page views are detected"),
        description=_("Every list shows which of these a page view comes from."),
        options={
            "script": _(
                "By a script in the page: it reports that the page was shown, and for "
                "how long. People who block scripts are not recorded."
            ),
            "server": _(
                "By the server: it notes each request that it answers, whether or not "
                "anybody looks at the page. Nobody can opt out, and programs are "
                "counted as visitors."
            ),
        },
    )

    guest_cookie = choice(
        title=_("Cookie for guests"),
        description=_(
            "A random number that joins the page views of a guest into visits. It says "
            "nothing about the person. In many countries, you have to ask guests first."
        ),
        options={
            "never": _(
                "Never: page views of guests are counted, but nobody knows which of "
                "them belong together."
            ),
            "consent": _("Only if a guest has agreed in the consent banner."),
            "always": _("Always: guests are recognised without being asked."),
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
            "For this long after their last page, people count as present. Others only "
            "see how many there are; people who may see names see who they are."
        ),
        default=10,
        min=1,
        max=1440,
    )

    presence_minimum = schema.Int(
        title=_("Smallest number of people shown as present"),
        description=_(
            "Smaller numbers are not shown on pages, because it is easy to guess who "
            "two people are. 0 shows all."
        ),
        default=0,
        min=0,
        max=1_000_000,
    )

    query_strings = schema.Bool(
        title=_("Record query strings"),
        description=_(
            "The part of an address after the “?”. It shows what people search for, "
            "and sometimes contains a secret or a name."
        ),
        default=False,
        required=False,
    )

    untracked_paths = lines(
        title=_("Pages that are not recorded"),
        description=_(
            "Paths in the site, one per line: /news is that page and everything below "
            "it, but not /newsletter. Visits to these pages are not recorded."
        ),
        constraint=are_paths,
    )

    untracked_agents = lines(
        title=_("Browsers that are not recorded"),
        description=_(
            "Keywords, one per line; case doesn't matter. Browsers whose user agent "
            "contains one of them are not recorded."
        ),
        constraint=are_keywords,
    )

    known_crawlers = schema.Bool(
        title=_("Leave out known crawlers"),
        description=_(
            "Search engines, feed readers and other programs that identify themselves, "
            "and those that send no user agent."
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
            "Members of these groups are not recorded, for example people who have "
            "objected to it."
        ),
    )

    untracked_statuses = lines(
        title=_("Answers that are not recorded"),
        description=_(
            "HTTP statuses, one per line: 404, or 5xx for all from 500 to 599. Answers "
            "with these statuses are not recorded."
        ),
        constraint=are_statuses,
    )

    internal_networks = lines(
        title=_("Networks that are not recorded"),
        description=_(
            "Addresses or networks, one per line: 192.0.2.7, 192.0.2.0/24, "
            "2001:db8::/32. Visits from there are not recorded, for example from your "
            "own office."
        ),
        constraint=are_networks,
    )

    location_file = schema.TextLine(
        title=_("Database of places for the map"),
        description=_(
            "The full path of a file on the server in MaxMind's format (.mmdb), with "
            "cities or only with countries. It says where network addresses are, so "
            "nobody else has to be asked. A replaced file is detected automatically."
        ),
        constraint=is_file,
        required=False,
    )

    location_reading = choice(
        title=_("How that database is read"),
        description=_("It doesn't affect the result."),
        options={
            "auto": _("Automatic: memory-mapped or, if that is impossible, in memory."),
            "mapped": _(
                "Memory-mapped: a copy in the folder for temporary files. The system "
                "keeps only the used parts in memory."
            ),
            "memory": _("In memory: the whole file, in each process."),
        },
    )

    keep_page_views = schema.Int(
        title=_("Days to keep page views"),
        description=_(
            "After that, the record of who looked at which pages is removed. Sums "
            "without names are kept."
        ),
        default=90,
        min=1,
        max=36_500,
    )

    keep_visits = schema.Int(
        title=_("Days to keep visits"),
        description=_("After that, the record of who was there, and when, is removed."),
        default=365,
        min=1,
        max=36_500,
    )

    keep_addresses = schema.Int(
        title=_("Days to keep addresses"),
        description=_(
            "After that, only the network of an address is kept, which many people "
            "share."
        ),
        default=7,
        min=1,
        max=36_500,
    )
