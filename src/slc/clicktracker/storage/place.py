"""A place in the tree of content: a path and everything below it."""

from dataclasses import dataclass
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable


#: Characters of a path that are in an index; a row of a PostgreSQL index ends
#: at 2,700 bytes, and a character may have four.
INDEXED = 500


@dataclass(frozen=True)
class Place:
    """A path without the trailing slash; the empty one is everything."""

    path: str

    @classmethod
    def of(cls, prefix: str) -> "Place":
        """Return the place that a prefix means, with or without a slash."""
        return cls(storable(prefix, LIMITS["path"]).rstrip("/"))

    def covers(self, path: str) -> bool:
        """Say if ``path`` is this place or below it."""
        return not self.path or path == self.path or path.startswith(self.path + "/")

    @property
    def parameters(self) -> dict[str, str]:
        """The bounds for SQL: "0" is the character after "/"."""
        low, high = self.path + "/", self.path + "0"
        return {
            "place": self.path,
            "place_start": self.path[:INDEXED],
            "low": low,
            "low_start": low[:INDEXED],
            "high": high,
            "high_start": high[:INDEXED],
        }
