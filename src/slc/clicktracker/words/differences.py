"""Links to Plone's own comparison of versions."""

from plone import api
from plone.protect.authenticator import createToken
from typing import Any
from urllib.parse import urlencode


class Differences:
    """Where the current user can compare versions of content with what it is now."""

    def __init__(self, content: Any) -> None:
        self._content = content
        self._labels = frozenset(_comparable(content))
        self._addresses: dict[str, str] = {}

    def since(self, label: str) -> str | None:
        """Return the address, None for a version that isn't kept (any more)."""
        if label not in self._labels:
            return None
        if label not in self._addresses:
            asked = {"one": "current", "two": label, "_authenticator": createToken()}
            address = f"{self._content.absolute_url()}/@@history?{urlencode(asked)}"
            self._addresses[label] = address
        return self._addresses[label]


def _comparable(content: Any) -> list[str]:
    """Return the versions that are kept and that the current user may see."""
    repository = api.portal.get_tool("portal_repository")
    differences = api.portal.get_tool("portal_diff")
    if (
        not api.user.has_permission(
            "CMFEditions: Access previous versions", obj=content
        )
        or not repository.isVersionable(content)
        or not differences.getDiffForPortalType(content.portal_type)
    ):
        return []
    history = repository.getHistoryMetadata(content) or None
    if history is None:
        return []
    kept = range(history.getLength(countPurged=False))
    return [str(history.getVersionId(number, countPurged=False)) for number in kept]
