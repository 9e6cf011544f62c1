"""What happened when: figures over time and over documents, without names."""

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from slc.clicktracker.storage.model import Document


@dataclass(frozen=True)
class Activity:
    """Accesses of some documents between two days, by the day (UTC) on which the page
    was served.

    ``by_day`` has the days with any, in order, ``by_document`` the UIDs with any, most
    accesses first, then by UID. Notes of served pages are not among them, downloads
    are not either. What 0.4 recorded has no days.
    """

    by_day: tuple[tuple[date, int], ...]
    by_document: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class KnownText:
    """A text of a document that somebody was served, has opened, downloaded or acknowledged,
    or is attested to have read.

    ``text`` is the digest, or the label where there is none; ``label`` the first label it
    had. ``first`` and ``last`` are when a page with it was served, or any of the others
    happened, for the first and the last time. ``readers`` are named readers of whom more is
    known than that it was served.
    """

    uid: str
    text: str
    label: str
    first: datetime
    last: datetime
    readers: int


@dataclass(frozen=True)
class ReadDocument:
    """A document that somebody has opened, downloaded or acknowledged, or is attested to have
    read, as it was last recorded.

    ``readers`` are named readers who have, each account once: 0 where anonymous visitors
    alone have. ``last`` is when anybody was last seen with it, or one of the others happened.
    """

    document: Document
    readers: int
    last: datetime
