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
            "members above alone, if that is on. Events that are a goal are noted of all "
            "members. What a browser says is no proof."
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
