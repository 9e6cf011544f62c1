"""Hits as plain values, for queues and files, and back again."""

from collections.abc import Iterable
from collections.abc import Sequence
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.outbox.model import Hit
from typing import NamedTuple


class PlainHit(NamedTuple):
    """A hit in texts, and microseconds since 1970."""

    service: str
    key: str
    at: int
    url: str
    title: str
    user: str
    folder: str
    identity: str
    session: str
    agent: str
    referrer: str
    goal: str = ""


def plain_hit(hit: Hit) -> PlainHit:
    """Return the values of a hit; ``hits`` gives an equal one back."""
    return PlainHit(
        service=hit.service,
        key=hit.key,
        at=microseconds(hit.at),
        url=hit.url,
        title=hit.title,
        user=hit.reader.user,
        folder=hit.reader.folder,
        identity=hit.identity,
        session=hit.session,
        agent=hit.agent,
        referrer=hit.referrer,
        goal=hit.goal,
    )


def hits(rows: Iterable[Sequence]) -> list[Hit]:
    """Return the hits that rows of values, in the order of ``PlainHit``, are.

    Raises ``ValueError``, ``TypeError`` or ``OverflowError`` for a row that can't be one.
    """
    return [_hit(PlainHit(*row)) for row in rows]


def _hit(row: PlainHit) -> Hit:
    return Hit(
        service=row.service,
        key=row.key,
        at=from_microseconds(row.at),
        url=row.url,
        title=row.title,
        reader=Reader(row.user, row.folder),
        identity=row.identity,
        session=row.session,
        agent=row.agent,
        referrer=row.referrer,
        goal=row.goal,
    )
