"""Of what somebody was reminded already, so that nobody is twice of the same.

It is kept in the same transaction as the outcome of the mail.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds


#: By the key of the mails.
_record = SiteRecord("reminders")

#: How long it is kept: nothing is at a step for that long.
_KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Step:
    """A step of the schedule of one deadline for one document, by its UID."""

    uid: str
    deadline: tuple[int, str]
    step: int

    @classmethod
    def of(cls, uid: str, declaration: Declaration, step: int) -> "Step":
        return cls(uid, declaration.key, step)


@dataclass(frozen=True)
class Reminded:
    """``is_uncertain``: an earlier attempt was interrupted, so the mail may have come
    twice. ``is_refused``: the mail server takes none for that address."""

    step: Step
    at: datetime
    is_uncertain: bool = False
    is_refused: bool = False


def reminded(key: str) -> tuple[Reminded, ...]:
    """Return of what, the oldest first."""
    return tuple(map(_from_record, _record.get(key)))


def all_reminded() -> dict[str, tuple[Reminded, ...]]:
    """Return the same for all keys."""
    return {key: tuple(map(_from_record, kept)) for key, kept in _record.all().items()}


def keep_reminded(key: str, new: Iterable[Reminded], now: datetime) -> None:
    """Keep of what somebody was reminded now, and forget what was long ago."""
    kept = (*reminded(key), *new)
    recent = tuple(_to_record(each) for each in kept if now - each.at < _KEPT)
    if recent != _record.get(key):
        _record.set(key, recent)


def forget_reminded(key: str) -> None:
    """Forget all of it."""
    _record.set(key, ())


def prepare_reminded() -> None:
    """Make the place where it is kept, so that two runs don't both make it."""
    _record.made()


def _to_record(each: Reminded) -> tuple:
    step, at = each.step, microseconds(each.at)
    return step.uid, step.deadline, step.step, at, each.is_uncertain, each.is_refused


def _from_record(kept: tuple) -> Reminded:
    uid, deadline, step, at, is_uncertain, is_refused = kept
    return Reminded(
        Step(uid, deadline, step), from_microseconds(at), is_uncertain, is_refused
    )
