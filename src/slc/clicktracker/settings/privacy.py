"""``IPrivacySettings``: what people learn of each other, and what readers are told."""

from slc.clicktracker import _
from zope import schema
from zope.interface import Interface


class IPrivacySettings(Interface):
    """Who is protected from being found out, and what readers know of those who look."""

    smallest_group = schema.Int(
        title=_("Smallest group that is counted"),
        description=_(
            "People who manage tracking but may not see readers get numbers without "
            "names. Numbers about fewer people than this are not shown, because it "
            "would be easy to guess who they are."
        ),
        default=5,
        min=3,
        max=1_000_000,
    )
