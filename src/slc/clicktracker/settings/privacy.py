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

    ask_reason = schema.Bool(
        title=_("Ask for a reason before names are shown"),
        description=_(
            "People who open or export a list of readers say why, once an hour. It is "
            "recorded who opens such lists, with or without a reason, and the people "
            "in them can read it on the page @@my-reading."
        ),
        default=False,
        required=False,
    )

    respect_signals = schema.Bool(
        title=_("Record less if browsers ask for it"),
        description=_(
            "If “Global Privacy Control” or “Do Not Track” is switched on in a browser, "
            "its visits, page views, events and goals are not recorded, nor are reads by "
            "guests. That members have opened or downloaded tracked content is still "
            "recorded, because it is evidence. Analytics services have a setting of "
            "their own."
        ),
        default=True,
        required=False,
    )

    shows_notice = schema.Bool(
        title=_("Tell readers that they are recorded"),
        description=_(
            "Below the content of each page where something is recorded, with a link "
            "for members to what is recorded about them."
        ),
        default=True,
        required=False,
    )

    notice = schema.Text(
        title=_("Text of this notice on tracked content"),
        description=_(
            "Without this text, readers get a sentence in their language. The link is "
            "added in any case."
        ),
        default="",
        missing_value="",
        max_length=2_000,
        required=False,
    )
