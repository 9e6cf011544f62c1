"""Times and durations on our screens: in the viewer's time zone and language."""

from datetime import date
from datetime import datetime
from datetime import time
from plone import api
from plone.app.event.base import default_timezone
from slc.clicktracker import _
from slc.clicktracker.sites.clock import site_timezone
from typing import Any
from zope.i18nmessageid import Message

import pytz


def viewer_timezone() -> Any:
    """Return the viewer's time zone, one of pytz; the site's, else UTC, where that of
    the viewer's account does not exist any more."""
    try:
        return default_timezone(as_tzinfo=True)
    except pytz.UnknownTimeZoneError:
        return site_timezone()


def local_time(moment: datetime) -> str:
    """Return a moment in the viewer's time zone and language."""
    local = moment.astimezone(viewer_timezone())
    # Plone would show a time with a zone in the zone of the server.
    return api.portal.get_localized_time(local.replace(tzinfo=None), long_format=True)


def local_day(day: date) -> str:
    """Return a day in the viewer's language."""
    return api.portal.get_localized_time(datetime.combine(day, time()))


def timezone_name() -> str:
    """Return the name of that time zone."""
    return viewer_timezone().zone


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


def ago(moment: datetime, now: datetime) -> Message:
    """Return how long ago something was. Of hosts whose clocks differ, something may be
    later than ``now``."""
    seconds = max(int((now - moment).total_seconds()), 0)
    for size, message in _AGO:
        if seconds >= size:
            return Message(message, mapping={"number": seconds // size})
    return _("just now")


_AGO = (
    (86_400, _("${number} d ago")),
    (3_600, _("${number} h ago")),
    (60, _("${number} min ago")),
    (1, _("${number} s ago")),
)
