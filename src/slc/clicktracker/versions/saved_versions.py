"""``SavedVersions``: when the versions of content were saved, as Plone's history says it."""

from collections import Counter
from datetime import datetime
from datetime import timezone
from functools import cached_property
from plone import api
from typing import Any


class SavedVersions:
    """The versions of one content by their number in its history. Nobody's permission is
    asked: that something was saved says nothing of what it said, nor of who has read it."""

    def __init__(self, content: Any) -> None:
        self._content = content

    def at(self, label: str) -> datetime | None:
        """Return when a version was saved, in UTC; None where the history doesn't say, as
        of a version that was purged."""
        return self._moments.get(label)

    def is_alone(self, label: str) -> bool:
        """Was no other version saved in the same minute?"""
        return self._minutes[_minute(self._moments[label])] == 1

    @cached_property
    def _moments(self) -> dict[str, datetime]:
        number = api.portal.get_tool("portal_historyidhandler").queryUid(self._content)
        if number is None:
            return {}
        # The repository asks whether the current user may see the versions themselves.
        storage = api.portal.get_tool("portal_historiesstorage")
        history = storage.getHistoryMetadata(number)
        if not history:
            return {}
        # Of a version that was purged it says when that was done.
        places = range(history.getLength(countPurged=False))
        kept = (history.getVersionId(each, countPurged=False) for each in places)
        found = {str(each): _moment(history.retrieve(each)) for each in kept}
        return {label: moment for label, moment in found.items() if moment is not None}

    @cached_property
    def _minutes(self) -> Counter[datetime]:
        return Counter(map(_minute, self._moments.values()))


def _moment(kept: Any) -> datetime | None:
    metadata = (kept or {}).get("metadata") or {}
    seconds = (metadata.get("sys_metadata") or {}).get("timestamp")
    return datetime.fromtimestamp(seconds, timezone.utc) if seconds else None


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
