"""``KeyIndex``: which keys of a ``SiteRecord`` are of whom, or of when.

A record that has an entry for each time somebody looked may be very large. Whoever asks for a
part of it finds the keys here, by one search, and need not look at the rest.
"""

from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Iterator
from slc.clicktracker.sites.site_record import SiteRecord
from typing import Any


class KeyIndex:
    """Keys by texts, in the order of both; kept in a ``record`` of its own."""

    def __init__(self, record: SiteRecord) -> None:
        self._record = record

    def add(self, texts: tuple[str, ...], key: Hashable) -> None:
        """Find a key by some texts from now on."""
        # Only what is missing is written.
        if (*texts, key) not in self._record.tree():
            self._record.made()[(*texts, key)] = (True,)

    def remove(self, texts: tuple[str, ...], key: Hashable) -> None:
        """Don't find it any more."""
        self._record.made().pop((*texts, key), None)

    def keys_of(self, *texts: str) -> list[Any]:
        """Return the keys of exactly these texts, the first ones."""
        last = (*texts[:-1], f"{texts[-1]}\0")
        return [each[-1] for each in self._record.tree().keys(texts, last)]

    def keys_before(self, text: str) -> Iterator[Any]:
        """Yield the keys whose first text is before this one, in this order."""
        for each in self._record.tree().keys(None, (text,)):
            yield each[-1]

    def all(self) -> Iterable[tuple]:
        """Return all texts with their keys; to be read only."""
        return self._record.tree().keys()

    def all_of(self, text: str) -> list[tuple]:
        """Return those with this first text."""
        return list(self._record.tree().keys((text,), (f"{text}\0",)))

    def clear(self) -> None:
        """Find nothing any more: it is going to be made again."""
        self._record.remove()
