"""``Traces``: how much a storage knows of one person."""

from dataclasses import dataclass
from dataclasses import fields


@dataclass(frozen=True)
class Traces:
    """Numbers of what there is of all accounts that have had an id: what ``forget``
    removes. ``acknowledgements`` are also those by which somebody vouched for others. ``readings`` are also those of pages that were served and never opened."""

    readings: int = 0
    accesses: int = 0
    page_views: int = 0
    visits: int = 0
    events: int = 0
    hits: int = 0
    goals: int = 0
    exposures: int = 0
    acknowledgements: int = 0

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))
