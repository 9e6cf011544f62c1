"""Chances of goals and exposures as plain values, for queues and files, and back again."""

from collections.abc import Iterable
from collections.abc import Sequence
from slc.clicktracker.storage.goals.model import BY_EVENT
from slc.clicktracker.storage.goals.model import Exposure
from slc.clicktracker.storage.goals.model import GoalChance
from slc.clicktracker.storage.goals.model import UNUSED
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import READING_LEVELS
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.outbox.plain import hits
from slc.clicktracker.storage.outbox.plain import PlainHit
from typing import NamedTuple


class PlainChance(NamedTuple):
    """A ``GoalChance`` in texts, and microseconds since 1970; ``pace`` and ``least`` are
    those of its rule."""

    goal: str
    level: str
    at: int
    issued: int
    uid: str
    label: str
    digest: str
    user: str
    folder: str
    pace: int
    least: int
    hits: tuple[PlainHit, ...] = ()


class PlainExposure(NamedTuple):
    """An ``Exposure`` in texts, and microseconds since 1970."""

    split: str
    variant: str
    user: str
    folder: str
    at: int


def chances(rows: Iterable[Sequence]) -> list[GoalChance]:
    """Return the chances that rows of values, in the order of ``PlainChance``, are.

    Raises ``ValueError``, ``TypeError`` or ``OverflowError`` for a row that can't be one.
    """
    return [_chance(PlainChance(*row)) for row in rows]


def exposures(rows: Iterable[Sequence]) -> list[Exposure]:
    """Return the exposures that rows of values, in the order of ``PlainExposure``, are.

    Raises ``ValueError``, ``TypeError`` or ``OverflowError`` for a row that can't be one.
    """
    return [_exposure(PlainExposure(*row)) for row in rows]


def _chance(row: PlainChance) -> GoalChance:
    if row.level not in (BY_EVENT, UNUSED, *READING_LEVELS):
        raise ValueError("a chance is of a level of readings, an event, or unused")
    if not (row.goal and row.user and row.uid):
        raise ValueError("a goal is reached by somebody, with a document")
    return GoalChance(
        goal=row.goal,
        level=row.level,
        at=from_microseconds(row.at),
        issued=from_microseconds(row.issued),
        uid=row.uid,
        version=Version(row.label, row.digest),
        reader=Reader(row.user, row.folder),
        rule=EngagementRule(row.pace, row.least),
        hits=tuple(hits(row.hits)),
    )


def _exposure(row: PlainExposure) -> Exposure:
    if not (row.split and row.variant and row.user):
        raise ValueError("a version of a split is shown to somebody")
    return Exposure(
        split=row.split,
        variant=row.variant,
        reader=Reader(row.user, row.folder),
        at=from_microseconds(row.at),
    )
