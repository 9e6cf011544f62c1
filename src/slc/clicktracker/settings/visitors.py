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
