"""``IEvidenceSettings``: what counts as having read."""

from slc.clicktracker import _
from zope import schema
from zope.interface import Interface


class IEvidenceSettings(Interface):
    """What counts as having read something, and how far."""

    words_per_minute = schema.Int(
        title=_("Skimming pace, in words per minute"),
        description=_(
            "A text counts as engaged when it was in front of the reader for as long as "
            "it takes at this pace. What browsers report is kept as it is, so a change "
            "evaluates earlier readings anew."
        ),
        default=600,
        min=50,
        max=10_000,
    )

    least_seconds = schema.Int(
        title=_("Least time for any text, in seconds"),
        description=_(
            "However short a text is, it has to be in front of the reader for so long "
            "to count as engaged. This, too, holds for earlier readings."
        ),
        default=5,
        min=1,
        max=3600,
    )

    any_translation = schema.Bool(
        title=_("Reading any translation counts"),
        description=_(
            "Who has read a translation of a page is not listed as missing from the "
            "page itself. Otherwise each translation has to be read."
        ),
        default=True,
        required=False,
    )

    editors_count = schema.Bool(
        title=_("Count people who may edit"),
        description=_(
            "Who may edit a page or manage its tracking opens it to work on it, also by "
            "saving it. Such people are recorded and listed. Unless this is chosen, "
            "they are not expected to read it and not counted as its readers, except "
            "where the audience names them, a group that they are in, or a role that "
            "they have."
        ),
        default=False,
        required=False,
    )
