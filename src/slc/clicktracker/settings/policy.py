"""``ITrackingPolicy``: which readers count, and for how long a page can be reported."""

from slc.clicktracker import _
from zope import schema
from zope.interface import Interface


class ITrackingPolicy(Interface):
    """Who is tracked, and how long a page that was shown can be reported."""

    track_anonymous = schema.Bool(
        title=_("Count anonymous visitors"),
        description=_(
            "Reads by visitors who are not logged in are counted as a whole, without "
            "names."
        ),
        default=False,
        required=False,
    )

    ticket_lifetime = schema.Int(
        title=_("Lifetime of a ticket in hours"),
        description=_(
            "For this long after a page was served, reads are accepted without a fresh "
            "ticket from the server. Three days at most, because the site's keys "
            "rotate daily."
        ),
        default=24,
        min=1,
        max=72,
    )
