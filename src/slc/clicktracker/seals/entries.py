"""What a seal says of somebody whom the site still knows."""

from collections.abc import Set
from slc.clicktracker.seals.chain import body_of
from slc.clicktracker.seals.chain import Seal
from slc.clicktracker.seals.commitments import Commitments
from typing import Any


#: Where entries have commitments for people.
_PEOPLE = ("person", "by", "ended_by", "made_by")


def entries_about(seal: Seal, numbers: Set[int]) -> dict[str, list[dict[str, Any]]]:
    """Return the entries of a seal that are about somebody with these numbers, or that they
    have declared, by part; only parts that have one. ``head`` is among them where they have
    made the seal."""
    sealed = body_of(seal)
    file = sealed.file
    commitments = Commitments(file["head"]["nonce"])
    own = {commitments.of(number) for number in numbers.intersection(sealed.people)}
    parts = {"head": [file["head"]], **file["parts"]}
    found = {
        name: [each for each in part if _names_one_of(own, each)]
        for name, part in parts.items()
        if isinstance(part, list)
    }
    return {name: part for name, part in found.items() if part}


def _names_one_of(own: set[str], entry: dict[str, Any]) -> bool:
    return any(entry.get(name) in own for name in _PEOPLE)
