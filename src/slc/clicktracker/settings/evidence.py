"""``IEvidenceSettings``: what counts as having read."""

from slc.clicktracker import _
from zope import schema
from zope.interface import Interface


class IEvidenceSettings(Interface):
    """What counts as having read something, and how far."""

    words_per_minute = schema.Int(
        title=_("Skimming pace, in words per minute"),
        description=_(
            "Readers count as engaged with a text when it was in front of them for as "
            "long as this pace requires. Browser reports are kept unchanged, so a new "
            "value also applies to earlier readings."
        ),
        default=600,
        min=50,
        max=10_000,
    )

    least_seconds = schema.Int(
        title=_("Shortest time for any text, in seconds"),
        description=_(
            "The shortest time for which any text must be in front of the reader to "
            "count as engaged. A new value also applies to earlier readings."
        ),
        default=5,
        min=1,
        max=3600,
    )

    any_translation = schema.Bool(
        title=_("Reading any translation counts"),
        description=_(
            "People who have read a translation of a page are not missing from the "
            "page itself. Otherwise, each translation has to be read."
        ),
        default=True,
        required=False,
    )

    editors_count = schema.Bool(
        title=_("Count people who may edit"),
        description=_(
            "People who may edit a page or manage its tracking also open it to work on "
            "it, for example by saving it. They are recorded and listed. Unless you "
            "choose this, they are not expected to read it and don't count as readers, "
            "except if the audience names them, one of their groups or one of their "
            "roles."
        ),
        default=False,
        required=False,
    )
