"""What time it is in the current site."""

from plone import api
from plone.event.utils import validated_timezone
from typing import Any

import pytz


def site_timezone() -> Any:
    """Return the time zone of the current site, one of pytz; UTC where it does not exist."""
    name = api.portal.get_registry_record("plone.portal_timezone", default=None)
    return pytz.timezone(validated_timezone(name or "", "UTC"))
