"""``ICollectorSettings``: how much the collector takes, and how safely."""

from slc.clicktracker import _
from zope import schema
from zope.interface import Interface


class ICollectorSettings(Interface):
    """How much the collector takes, and how safely it keeps that."""

    strict = schema.Bool(
        title=_("Wait for the disk"),
        description=_(
            "Each read is written to the disk before it is acknowledged. Otherwise, a "
            "power failure may lose the last second. A crash of Plone loses nothing in "
            "either case."
        ),
        default=False,
        required=False,
    )

    spool_limit = schema.Int(
        title=_("Largest spool, in megabytes"),
        description=_(
            "How much each server process keeps while the storage is down. After that, "
            "browsers are asked to try again later. 200 MB hold about 400,000 reads."
        ),
        default=200,
        min=1,
        max=100_000,
    )

    reader_limit = schema.Int(
        title=_("Messages per minute and reader"),
        description=_(
            "The number of messages that one reader may send a minute, and more at "
            "once after a pause. 0 means no limit."
        ),
        default=120,
        min=0,
        max=1_000_000,
    )

    address_limit = schema.Int(
        title=_("Messages per minute and address"),
        description=_(
            "The number of messages a minute that one network address may send without "
            "a valid log-in: anonymous visits and refused messages. Once a day, for a "
            "moment after the site's keys have changed, this includes messages that "
            "Plone has to check first. Other messages of logged-in readers are not "
            "counted here, so a whole office may share an address. 0 means no limit."
        ),
        default=1200,
        min=0,
        max=1_000_000,
    )
