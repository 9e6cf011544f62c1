"""``IActivityRules``: which events are which activity."""

from slc.clicktracker import _
from slc.clicktracker.activities.entries import are_rules
from slc.clicktracker.visitors.fields import lines
from zope import schema
from zope.interface import Interface


class IActivityRules(Interface):
    """What members do, by name: how their events are made into activities."""

    run_gap = schema.Int(
        title=_("Pause that ends a run, in minutes"),
        description=_(
            "Everything that a member does without a longer pause is one run. Rules "
            "count within a run."
        ),
        default=30,
        min=1,
        max=1440,
    )

    rules = lines(
        title=_("Rules"),
        description=_(
            "One per line: a name, a colon, what members do, and conditions, separated "
            "by semicolons, for example “Bulk submitting: added; at least 5 within 10 "
            "minutes”. Members do these: added, edited, workflow, commented, "
            "logged-in, read, viewed, event. Conditions are “at least 5”, “at least 5 "
            "different”, “below /news”, “type News Item”, “not older than 7 days”. An "
            "event belongs to the first rule that claims it. Rules with the same name "
            "are one activity. A change applies at once, even to earlier records."
        ),
        constraint=are_rules,
    )

    smallest_group = schema.Int(
        title=_("Smallest group that is shown"),
        description=_(
            "Groups are not shown if fewer members did anything in the period, because "
            "it would be easy to guess who they are."
        ),
        default=5,
        min=3,
        max=1_000_000,
    )
