"""What the current site forgets of readings and declarations, by its settings."""

from collections.abc import Callable
from collections.abc import Iterator
from datetime import datetime
from slc.clicktracker.interfaces import IReadingRetention
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.sites.retention import kept_since
from slc.clicktracker.storage.retention import ENGAGED
from slc.clicktracker.storage.retention import OPENED
from typing import NamedTuple


class EvidenceKind(NamedTuple):
    """What is removed, by which setting, and how: ``drop`` yields how many each batch had,
    ``count`` says how many there are."""

    name: str
    setting: str
    drop: Callable[[IReadingRetention, datetime, int], Iterator[int]]
    count: Callable[[IReadingRetention, datetime], int]


def _readings(name: str, setting: str, kind: str) -> EvidenceKind:
    return EvidenceKind(
        name,
        setting,
        lambda storage, before, most: storage.drop_readings(
            kind, before, most, engagement_rule()
        ),
        lambda storage, before: storage.old_readings(kind, before, engagement_rule()),
    )


#: In this order: single accesses tell most.
EVIDENCE_KINDS = (
    EvidenceKind(
        "accesses",
        "keep_accesses",
        lambda storage, before, most: storage.drop_accesses(before, most),
        lambda storage, before: storage.old_accesses(before),
    ),
    _readings("opened", "keep_opened", OPENED),
    _readings("engaged", "keep_engaged", ENGAGED),
    EvidenceKind(
        "days",
        "keep_days",
        lambda storage, before, most: storage.drop_days(before, most),
        lambda storage, before: storage.old_days(before),
    ),
)

#: Declarations that have ended, which the site itself keeps.
DECLARATIONS = "declarations"


def evidence_limits(now: datetime) -> dict[str, datetime]:
    """Return since when each kind is kept, by its name; none of what is kept for good."""
    settings = {kind.name: kind.setting for kind in EVIDENCE_KINDS}
    settings[DECLARATIONS] = "keep_declarations"
    limits = {name: kept_since(setting, now) for name, setting in settings.items()}
    found = {name: limit for name, limit in limits.items() if limit is not None}
    if "days" in found:
        # Whole months, so that charts of a month are right or empty.
        found["days"] = found["days"].replace(day=1)
    return found
