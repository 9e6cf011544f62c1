"""``Links``: addresses in a mail, which nobody's request says how to make."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote


@dataclass(frozen=True)
class Links:
    """``base`` is the address of the site as its members see it, ``root`` its path."""

    base: str
    root: tuple[str, ...]

    def to(self, content: Any, view: str = "") -> str:
        """Return the address of content of the site, or of a view of it."""
        return self.at(content.getPhysicalPath()[len(self.root) :], view)

    def at(self, path: tuple[str, ...], view: str = "") -> str:
        """Return the same for a path within the site."""
        parts = [quote(part) for part in path]
        return "/".join([self.base, *parts, *([view] if view else ())])
