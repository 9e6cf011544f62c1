"""Times and durations on our screens: in the viewer's time zone and language."""

from datetime import date
from datetime import datetime
from datetime import time
from plone import api
from plone.app.event.base import default_timezone
from slc.clicktracker import _
from zope.i18nmessageid import Message


def local_time(moment: datetime) -> str:
    """Return a moment in the viewer's time zone and language."""
    local = moment.astimezone(default_timezone(as_tzinfo=True))
    # Plone would show a time with a zone in the zone of the server.
    return api.portal.get_localized_time(local.replace(tzinfo=None), long_format=True)


def local_day(day: date) -> str:
    """Return a day in the viewer's language."""
    return api.portal.get_localized_time(datetime.combine(day, time()))


def timezone_name() -> str:
    """Return the name of that time zone."""
    return default_timezone()


def duration(milliseconds: int) -> Message:
    """Return how long something took, in the two largest units that fit."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        number = {"hours": hours, "minutes": minutes}
        return _("${hours} h ${minutes} min", mapping=number)
    if minutes:
        number = {"minutes": minutes, "seconds": seconds}
        return _("${minutes} min ${seconds} s", mapping=number)
    return _("${seconds} s", mapping={"seconds": seconds})
