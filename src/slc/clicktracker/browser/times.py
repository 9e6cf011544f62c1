"""Times on our screens: in the viewer's time zone and language."""

from datetime import datetime
from plone import api
from plone.app.event.base import default_timezone


def local_time(moment: datetime) -> str:
    """Return a moment in the viewer's time zone and language."""
    local = moment.astimezone(default_timezone(as_tzinfo=True))
    # Plone would show a time with a zone in the zone of the server.
    return api.portal.get_localized_time(local.replace(tzinfo=None), long_format=True)


def timezone_name() -> str:
    """Return the name of that time zone."""
    return default_timezone()
