"""How long the current site keeps who has read what."""

from calendar import monthrange
from datetime import datetime
from plone.registry.interfaces import IRegistry
from slc.clicktracker.interfaces import IRetentionSettings
from typing import Any
from zope.component import getUtility


def retention_setting(name: str) -> Any:
    """Return a setting of ``IRetentionSettings``, its default where there is no record."""
    default = IRetentionSettings[name].default
    record = f"{IRetentionSettings.__identifier__}.{name}"
    return getUtility(IRegistry).get(record, default)


def kept_since(name: str, now: datetime) -> datetime | None:
    """Return the time before which something is to be removed, None where it is kept for
    good: midnight (UTC), so many months ago."""
    months = retention_setting(name)
    return months_before(now, months) if months else None


def months_before(now: datetime, months: int) -> datetime:
    """Return midnight of the same day of an earlier month, or of its last day."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    day = min(now.day, monthrange(year, month + 1)[1])
    return datetime(year, month + 1, day, tzinfo=now.tzinfo)
