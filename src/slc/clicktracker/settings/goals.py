"""``IGoalSettings``: what readers are to reach, and what is tried with some of them."""

from slc.clicktracker import _
from slc.clicktracker.goals.entries import are_goals
from slc.clicktracker.goals.entries import are_splits
from slc.clicktracker.visitors.fields import lines
from zope import schema
from zope.interface import Interface


class IGoalSettings(Interface):
    """Goals, splits, and how few readers are too few to be told of."""

    goals = lines(
        title=_("Goals"),
        description=_(
            "One per line: a name, a colon, and what to reach with tracked content, "
            "for example “Read to the end: finished”. This is a level of evidence "
            "(opened, engaged, finished, downloaded) or an event that a page sends "
            "(“event sign-up”). After semicolons, you can add a place (“below /news”) "
            "and the numbers of the goal in services that should receive it (“matomo "
            "3; clicky 17”). A member counts once for each version of a document. If "
            "you change what to reach, or where, the goal starts from zero."
        ),
        constraint=are_goals,
    )

    splits = lines(
        title=_("Split tests"),
        description=_(
            "One per line: a name, a colon, the variants, and after a semicolon the "
            "goals by which they are compared, for example “headline: short, long; "
            "goal Read to the end”. A template of the site asks which variant to show. "
            "Each member always sees the same one, guests the first. If you change the "
            "variants or their order, members are assigned again: use a new name. "
            "After another semicolon, you can add the dimension of Matomo that "
            "receives the variant (“matomo dimension 3”)."
        ),
        constraint=are_splits,
    )

    smallest_group = schema.Int(
        title=_("Smallest number of readers that is shown"),
        description=_(
            "If there are fewer readers, the report shows no figures, because it would "
            "be easy to guess who they are."
        ),
        default=5,
        min=3,
        max=1_000_000,
    )
