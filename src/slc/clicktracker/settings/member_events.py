"""``IMemberEventsSettings``: what is recorded of which members."""

from slc.clicktracker import _
from slc.clicktracker.visitors.fields import lines
from zope import schema
from zope.interface import Interface


class IMemberEventsSettings(Interface):
    """Which members' events are recorded, for which stated purpose, and for how long."""

    enabled = schema.Bool(
        title=_("Record what members do"),
        description=_(
            "For the members below and a random sample of all others: what they add, "
            "edit, publish and comment on, when they log in, and what they read. "
            "Nothing is recorded for this about anybody else."
        ),
        default=False,
        required=False,
    )

    purpose = schema.Text(
        title=_("Purpose"),
        description=_(
            "Why this is recorded, who looks at it, and until when. All members can "
            "read this on the page @@clicktracker-purpose, and see whether they "
            "themselves are recorded. Without this text, nothing is recorded."
        ),
        default="",
        missing_value="",
        max_length=10_000,
        required=False,
    )

    users = lines(
        title=_("Followed members"),
        description=_("User ids, one per line."),
    )

    groups = lines(
        title=_("Followed groups"),
        description=_("Including groups in these groups."),
    )

    most_active = schema.Int(
        title=_("Most active members to follow, in percent"),
        description=_(
            "Measured by the visits of the last 30 days. If visits are not recorded, "
            "nobody counts as active."
        ),
        default=0,
        min=0,
        max=50,
    )

    sample_size = schema.Int(
        title=_("Size of the sample"),
        description=_("The number of other members to choose at random."),
        default=0,
        min=0,
        max=100_000,
    )

    seed = schema.TextLine(
        title=_("Random seed of the sample"),
        description=_("Any text. The same text always gives the same sample."),
        default="1",
        max_length=100,
    )

    page_events = schema.Bool(
        title=_("Events from pages"),
        description=_(
            "Scripts in the site's pages can report events with clicktracker.event, "
            "and elements with the attribute data-clicktracker-event. The active "
            "analytics services receive them. The site records them only for the "
            "members above, if that is switched on; events that are goals are noted "
            "for all members. What a browser reports proves nothing."
        ),
        default=False,
        required=False,
    )

    keep_events = schema.Int(
        title=_("Days to keep events"),
        description=_("The command clicktracker clean-up removes older ones."),
        default=180,
        min=1,
        max=3650,
    )
