"""``Split``: several variants of something, each shown to some readers."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Split:
    """A split by its ``name``, with the names of its ``variants`` and of the ``goals`` by
    which they are compared. ``dimension`` is the number of the custom dimension of Matomo
    that is told which variant it was, 0 for none."""

    name: str
    variants: tuple[str, ...]
    goals: tuple[str, ...]
    dimension: int = 0

    def variant_of(self, site: str, folder: str, user: str) -> str:
        """Return which variant a user is shown: in each process and at any time the same,
        as likely as any other, and another one in other splits.

        A guest, who has no id, is shown the first one: caches share the pages of guests.
        """
        if not user:
            return self.variants[0]
        text = "\n".join((site, self.name, folder, user))
        digest = sha256(text.encode("utf-8", "surrogatepass")).digest()
        return self.variants[int.from_bytes(digest[:8], "big") % len(self.variants)]
