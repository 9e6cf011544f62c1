"""Audiences as sets of numbers: many of them, in which mostly are the same people."""

from collections.abc import Mapping
from collections.abc import Sequence
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.sets.bits import bits_of


Audiences = Sequence[tuple[Reader, ...]]


def members_of(audiences: Audiences) -> dict[int, Reader]:
    """Return all that are in audiences, each object once, by its identity.

    To compare readers, or to look at them one by one, takes long for a hundred audiences
    of thousands; and they mostly share the objects.
    """
    found: dict[int, Reader] = {}
    for audience in audiences:
        found.update(zip(map(id, audience), audience, strict=True))
    return found


def audience_sets(audiences: Audiences, numbers: Mapping[int, int | None]) -> list[int]:
    """Return each audience as a set of the ``numbers`` of its members, by the identity of
    these; without those who have none.

    One is mostly the one before with a few people more or less.
    """
    found = []
    before: frozenset[int | None] = frozenset()
    bits = 0
    for audience in audiences:
        members = frozenset(map(numbers.get, map(id, audience))) - {None}
        changed = members ^ before
        if len(changed) < len(members):
            bits ^= bits_of(changed)
        else:
            bits = bits_of(members)
        found.append(bits)
        before = members
    return found
