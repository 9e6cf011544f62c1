"""``ICollectorSettings``: how much the collector takes, and how safely."""

from slc.clicktracker import _
from zope import schema
from zope.interface import Interface


class ICollectorSettings(Interface):
    """How much the collector takes, and how safely it keeps that."""

    strict = schema.Bool(
        title=_("Wait for the disk"),
        description=_(
            "Each read is on the disk before it is acknowledged. Otherwise a power cut "
            "may cost the last second; a crash of Plone costs nothing either way."
        ),
        default=False,
        required=False,
    )

    spool_limit = schema.Int(
        title=_("Largest spool, in megabytes"),
        description=_(
            "How much each server process keeps while the storage is down. Beyond that "
            "browsers are asked to try again later. 200 MB are some 400,000 reads."
        ),
        default=200,
        min=1,
        max=100_000,
    )

    reader_limit = schema.Int(
        title=_("Messages per minute and reader"),
        description=_(
            "What one reader may send in a minute, more at once after a pause. "
            "0 is without limit."
        ),
        default=120,
        min=0,
        max=1_000_000,
    )

    address_limit = schema.Int(
        title=_("Messages per minute and address"),
        description=_(
            "What may come from one network address in a minute without a log-in that "
            "counts: anonymous visits and refused messages, and for a moment after the "
            "site's keys have changed, which is once a day, also messages that Plone has "
            "to look at before their readers are known. Other messages of readers who "
            "are logged in are not counted here, so a whole office may share an address. "
            "0 is without limit."
        ),
        default=1200,
        min=0,
        max=1_000_000,
    )
