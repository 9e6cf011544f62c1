"""``TextState``: what is known of one reader with one text of a document."""

from typing import NamedTuple


class TextState(NamedTuple):
    """What is known of one reader with one text of a document.

    ``place`` is the number of the reader in sets. ``newest`` is when the last page with the
    text was served, or it was last downloaded, in microseconds since 1970, None where
    that isn't known. ``level`` is the number of what was reached: 0 is "opened". ``visits``
    are accesses of visitors without a log-in.

    ``first`` and ``last`` are when it was opened or downloaded, as ``newest`` is told,
    ``count`` is how often it was opened, for ``engaged`` milliseconds. ``acknowledged`` and
    ``attested`` are when that was, None where it doesn't stand.
    """

    place: int
    text: str
    newest: int | None
    served: bool
    downloaded: bool
    level: int
    visits: int
    first: int | None
    last: int | None
    count: int
    engaged: int
    acknowledged: int | None = None
    attested: int | None = None

    @property
    def declared(self) -> list[int]:
        """When it was acknowledged and attested."""
        return [at for at in (self.acknowledged, self.attested) if at is not None]

    @property
    def is_read(self) -> bool:
        return self.downloaded or self.level >= 0 or bool(self.declared)
