"""How far the audiences of many documents are."""

from collections.abc import Mapping
from dataclasses import dataclass
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.keys import name_key
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.sets.audiences import audience_sets
from slc.clicktracker.storage.sets.audiences import members_of
from slc.clicktracker.storage.sets.bits import counts
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable


#: User folder and id.
Who = tuple[str, str]


@dataclass(frozen=True)
class Expectation:
    """Something that an audience is expected to read.

    ``documents`` are UIDs: one, or several where reading one of them stands for all.
    ``current`` has the texts that count, as in ``ReadingQuery``; empty: any.
    ``audience`` is the place of the audience in the query.
    """

    documents: tuple[str, ...]
    current: tuple[str, ...]
    audience: int


@dataclass(frozen=True)
class ProgressQuery:
    """Which documents, and who is expected to read them.

    Many documents share an audience, so ``audiences`` has each of them once. A reader
    is expected to read as many items as have an audience with the reader in it.
    """

    items: tuple[Expectation, ...]
    audiences: tuple[tuple[Reader, ...], ...]


@dataclass(frozen=True)
class MemberProgress:
    """How many items somebody is expected to read, and is known to have opened or
    downloaded in a version that counts."""

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


def who(reader: Reader) -> Who:
    """Return what tells a member from the others."""
    return reader.folder, reader.user


def most_behind(
    query: ProgressQuery,
    opened: Mapping[Who, int],
    search: str,
    start: int,
    size: int | None,
) -> MemberProgressPage:
    """Return one page of members, for how many items each has ``opened``.

    The members come with the query, so they are sorted and cut here.
    """
    everybody = members_of(query.audiences)
    members = {who(reader): reader for reader in everybody.values()}
    numbers = {member: number for number, member in enumerate(members)}
    known = {place: numbers[who(reader)] for place, reader in everybody.items()}
    audiences = audience_sets(query.audiences, known)
    expected = counts((audiences[item.audience] for item in query.items), len(members))
    part = folded(storable(search, LIMITS["name"]))
    rows = [
        MemberProgress(reader, number, opened.get(member, 0))
        for (member, reader), number in zip(members.items(), expected, strict=True)
        if part in name_key(reader) or part in id_key(reader)
    ]
    rows.sort(key=_missing)
    start = max(start, 0)
    end = None if size is None else start + max(size, 0)
    return MemberProgressPage(tuple(rows[start:end]), len(rows))


def _missing(row: MemberProgress) -> tuple:
    reader = row.reader
    names = name_key(reader), id_key(reader), reader.user, reader.folder
    return row.opened - row.expected, *names
