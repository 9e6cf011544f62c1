"""``AudienceSets``: audiences as sets of places, in many of which are the same people."""

from collections.abc import Mapping
from collections.abc import Sequence
from functools import cached_property
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.progress import by_name
from slc.clicktracker.storage.progress import who
from slc.clicktracker.storage.sets.bits import bits_of
from slc.clicktracker.storage.sets.bits import numbers_in


class AudienceSets:
    """Each of the ``audiences`` as one of the ``sets``, of the places that their
    members have, or are given after the others.

    ``size`` is more than the place of any of them.
    """

    def __init__(
        self,
        audiences: Sequence[tuple[Reader, ...]],
        places: Mapping[tuple[str, str], int],
        size: int,
    ) -> None:
        #: Kept, as the identity of each is what it is remembered by.
        self.audiences = audiences
        found = _members_of(audiences)
        accounts = list(map(who, found.values()))
        members = dict(zip(accounts, found.values(), strict=True))
        new = [account for account in members if account not in places]
        self.size = size + len(new)
        here = {**places, **dict(zip(new, range(size, self.size), strict=True))}
        self._members = [(each, here[account]) for account, each in members.items()]
        numbers = map(here.__getitem__, accounts)
        self._numbers = dict(zip(found, numbers, strict=True))
        self.sets = _sets(audiences, self._numbers)

    @cached_property
    def members(self) -> list[tuple[Reader, int]]:
        """All of them with their places, each once, by name."""
        return sorted(self._members, key=lambda each: by_name(each[0]))

    def without(self, audience: int, readers: int) -> tuple[Reader, ...]:
        """Return the members of one of the audiences who are not among some readers, each
        once, in its order."""
        left = self.sets[audience] & ~readers
        numbers = set(numbers_in(left)) if left else set()
        found: dict[int, Reader] = {}
        for member in self.audiences[audience] if numbers else ():
            number = self._numbers[id(member)]
            if number in numbers:
                found.setdefault(number, member)
        return tuple(found.values())


def _members_of(audiences: Sequence[tuple[Reader, ...]]) -> dict[int, Reader]:
    """Return all that are in audiences, each object once, by its identity.

    To compare readers, or to look at them one by one, takes long for a hundred audiences
    of thousands; and they mostly share the objects.
    """
    found: dict[int, Reader] = {}
    for audience in audiences:
        found.update(zip(map(id, audience), audience, strict=True))
    return found


def _sets(
    audiences: Sequence[tuple[Reader, ...]], numbers: Mapping[int, int]
) -> list[int]:
    """Return each audience as a set of the ``numbers`` of its members, by the identity of
    these. One is mostly the one before with a few people more or less."""
    found = []
    before: frozenset[int] = frozenset()
    bits = 0
    for audience in audiences:
        members = frozenset(map(numbers.__getitem__, map(id, audience)))
        changed = members ^ before
        if len(changed) < len(members):
            bits ^= bits_of(changed)
        else:
            bits = bits_of(members)
        found.append(bits)
        before = members
    return found
