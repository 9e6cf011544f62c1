"""``Paths``: is a page at one of many places in the site, or below it?"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import Any
from urllib.parse import unquote


@dataclass(frozen=True)
class Paths:
    """Places in a site, each known by the text that named it: ``/news`` is the page
    ``/news`` and what is below it, and not ``/newsletter``.

    Paths are looked up part by part, so it takes no longer with thousands of places.
    """

    # By the first part of the path: a tree of those that follow. The text of a place is
    # under None.
    _tree: Mapping[str | None, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Paths":
        """Return those that the texts name; of two texts for one place the first."""
        tree: dict[str | None, Any] = {}
        for text in texts:
            branch = tree
            for part in _parts(text):
                branch = branch.setdefault(part, {})
            branch.setdefault(None, text)
        return cls(tree)

    def holder(self, path: str) -> str | None:
        """Return the text of the uppermost place that a path is at or below, or None."""
        branch = self._tree
        if not branch:
            return None
        for part in _parts(path):
            if None in branch:
                break
            if part not in branch:
                return None
            branch = branch[part]
        return branch.get(None)


def _parts(path: str) -> Iterator[str]:
    """Return the ids in a path. Empty ones are none, as for Zope, and how a browser
    writes letters beyond ASCII makes no difference."""
    return filter(None, unquote(path).split("/"))
