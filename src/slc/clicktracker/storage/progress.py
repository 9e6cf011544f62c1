"""How far the audiences of many documents are."""

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.keys import name_key
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import LEVELS
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from typing import NamedTuple


#: User folder and id.
Who = tuple[str, str]


_USUAL = EngagementRule()


@dataclass(frozen=True)
class Expectation:
    """Something that an audience is expected to read.

    ``documents`` are UIDs: one, or several where reading one of them stands for all.
    ``current`` has the texts that count, as in ``ReadingQuery``; empty: any.
    ``audience`` is the place of the audience in the query.

    ``asks_for`` says how far: one of ``READING_LEVELS``, or ``ACKNOWLEDGED``. For the least
    of the levels, a download is enough. What is acknowledged, or attested, is enough for
    whatever is asked for.
    """

    documents: tuple[str, ...]
    current: tuple[str, ...]
    audience: int
    asks_for: str = LEVELS[0]


@dataclass(frozen=True)
class ProgressQuery:
    """Which documents, and who is expected to read them.

    Many documents share an audience, so ``audiences`` has each of them once. A reader
    is expected to read as many items as have an audience with the reader in it. ``rule``
    decides about the levels.
    """

    items: tuple[Expectation, ...]
    audiences: tuple[tuple[Reader, ...], ...]
    rule: EngagementRule = _USUAL

    @property
    def by_rule(self) -> bool:
        """Does the rule matter for what is asked for?"""
        return any(item.asks_for in LEVELS[1:] for item in self.items)


class LevelNumbers(NamedTuple):
    """How many of an audience have reached which level with a text that counts: each of
    them once, with the furthest one, as in ``READING_LEVELS``. Whoever has ``acknowledged``
    it, or else is ``attested`` to have read it, is there and nowhere else, as that is enough
    for any level."""

    downloaded: int
    opened: int
    engaged: int
    finished: int
    attested: int = 0
    acknowledged: int = 0


@dataclass(frozen=True)
class MemberProgress:
    """How many items somebody is expected to read, and is known to have read in a version
    that counts, as far as is asked for."""

    reader: Reader
    expected: int
    opened: int


@dataclass(frozen=True)
class MemberProgressPage:
    """One page of members, and how many there are in ``total``.

    Those with the most missing come first, then by name; ties are broken.
    """

    rows: tuple[MemberProgress, ...]
    total: int


#: Returns what tells a member from the others. There are thousands.
who: Callable[[Reader], Who] = attrgetter("folder", "user")


def most_behind(
    members: Iterable[MemberProgress], search: str, start: int, size: int | None
) -> MemberProgressPage:
    """Return one page of ``members``, who are sorted by name: those whose name or id
    contains the ``search``."""
    part = folded(storable(search, LIMITS["name"]))
    found = (row for row in members if not part or _is_found(row.reader, part))
    rows = sorted(found, key=lambda row: row.opened - row.expected)
    start = max(start, 0)
    end = None if size is None else start + max(size, 0)
    return MemberProgressPage(tuple(rows[start:end]), len(rows))


def by_name(reader: Reader) -> tuple[str, str, str, str]:
    """Return what members are sorted by; nobody is at the same place as somebody else."""
    return name_key(reader), id_key(reader), reader.user, reader.folder


def _is_found(reader: Reader, part: str) -> bool:
    return part in name_key(reader) or part in id_key(reader)
