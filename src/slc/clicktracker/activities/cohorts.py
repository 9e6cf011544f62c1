"""Who is followed, and who is in the sample: two groups that have nobody in common."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from hashlib import blake2b
from heapq import nsmallest
from typing import NamedTuple


class Cohorts(NamedTuple):
    """User ids."""

    followed: frozenset[str] = frozenset()
    sample: frozenset[str] = frozenset()


def cohorts(
    everybody: Collection[str],
    chosen: Iterable[str],
    by_activity: Sequence[str],
    percent: int,
    size: int,
    seed: str,
) -> Cohorts:
    """Return both groups of ``everybody``.

    Followed are those who are ``chosen``, and the first ``percent`` of all members in
    ``by_activity``, the most active first. The sample is ``size`` of all others.
    """
    members = frozenset(everybody)
    most = len(members) * percent // 100
    active = [member for member in by_activity if member in members][:most]
    followed = members.intersection(chosen).union(active)
    return Cohorts(followed, sample_of(members - followed, size, seed))


def sample_of(members: Iterable[str], size: int, seed: str) -> frozenset[str]:
    """Return as many of the members, the same ones for the same seed.

    Each member has a place in an order that depends on the seed and the user id alone. So
    whoever comes or goes changes the sample by one at most.
    """
    key = blake2b(seed.encode("utf-8", "surrogatepass")).digest()

    def place(member: str) -> bytes:
        text = member.encode("utf-8", "surrogatepass")
        return blake2b(text, digest_size=16, key=key).digest()

    return frozenset(nsmallest(max(size, 0), members, key=place))
