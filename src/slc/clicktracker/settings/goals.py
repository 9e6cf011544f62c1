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
            "One per line: a name, a colon, and what is to be reached with tracked content, "
            "for example “Read to the end: finished”. That is a level of evidence (opened, "
            "engaged, finished, downloaded) or an event that a page sends (“event sign-up”). "
            "Behind semicolons there may be a place (“below /news”), and the numbers of the "
            "goal at services that are to be told of it (“matomo 3; clicky 17”). A member "
            "counts once for each version of a document. Where it is changed what is to be "
            "reached, or where, the goal begins anew."
        ),
        constraint=are_goals,
    )

    splits = lines(
        title=_("Split tests"),
        description=_(
            "One per line: a name, a colon, the variants, and behind a semicolon the goals "
            "by which they are compared, for example “headline: short, long; goal Read to "
            "the end”. A template of the site asks which variant it is to show. Each member "
            "is always shown the same one, guests the first. With other variants, or in "
            "another order, members are dealt anew: take a new name. Behind another "
            "semicolon there may be the dimension of Matomo that is told (“matomo dimension "
            "3”)."
        ),
        constraint=are_splits,
    )

    smallest_group = schema.Int(
        title=_("Smallest number of readers that is shown"),
        description=_(
            "For fewer readers the report gives no figures, as it is easily guessed who they "
            "are."
        ),
        default=5,
        min=3,
        max=1_000_000,
    )
