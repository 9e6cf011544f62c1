"""How the collector is doing: in one process, and in all that share a folder."""

from collections.abc import Iterable
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.storage.model import utc
from typing import Any

import json


#: What waits longer for the storage is worth an alarm.
STALLED = timedelta(seconds=60)

#: A process that is alive says so more often.
SILENT = timedelta(seconds=30)


@dataclass(frozen=True)
class SiteStatus:
    """What a process did for a site since it started, and what it has left to do.

    Both what was ``accepted`` and the notes of pages and files that were ``served`` is
    ``stored`` in the end.
    ``refused`` counts by reason; ``oldest`` is when the oldest access arrived that is
    not stored, ``problem`` why the last attempt to store failed, "" if it did not.
    """

    accepted: int = 0
    stored: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    spooled: int = 0
    oldest: datetime | None = None
    problem: str = ""
    served: int = 0

    def is_stalled(self, now: datetime) -> bool:
        """Does something wait for too long?"""
        return self.oldest is not None and now - self.oldest > STALLED

    def plus(self, other: "SiteStatus") -> "SiteStatus":
        """Return the sum of two processes."""
        refused = dict(self.refused)
        for reason, number in other.refused.items():
            refused[reason] = refused.get(reason, 0) + number
        moments = [one.oldest for one in (self, other) if one.oldest]
        return SiteStatus(
            self.accepted + other.accepted,
            self.stored + other.stored,
            refused,
            self.spooled + other.spooled,
            min(moments, default=None),
            self.problem or other.problem,
            self.served + other.served,
        )


@dataclass(frozen=True)
class ProcessStatus:
    """One process, named by host and number, as it was ``at`` that time.

    ``writer`` is "alive"; "dead" where nothing would store what is accepted, so
    that nothing is; "ended" where the process is gone and its spool waits
    for another one.
    """

    process: str
    started: datetime
    at: datetime
    writer: str
    sites: dict[str, SiteStatus]

    def of(self, site: str) -> SiteStatus:
        """Return what there is of a site."""
        return self.sites.get(site, SiteStatus())

    def to_json(self) -> str:
        """Return it as text; times are ISO 8601 in UTC."""
        return json.dumps(asdict(self), default=datetime.isoformat)

    @classmethod
    def from_json(cls, text: str) -> "ProcessStatus":
        """The way back. Raises ``ValueError``."""
        try:
            values = json.loads(text)
            for name in ("started", "at"):
                values[name] = utc(datetime.fromisoformat(values[name]))
            sites = {uid: _site(state) for uid, state in values.pop("sites").items()}
            return cls(**values, sites=sites)
        except (TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError(f"not a status: {error}") from error


@dataclass(frozen=True)
class CollectorStatus:
    """A site in all processes that share a spool folder."""

    site: str
    processes: tuple[ProcessStatus, ...]
    quarantined: int

    @property
    def total(self) -> SiteStatus:
        """The sum over the processes."""
        total = SiteStatus()
        for process in self.processes:
            total = total.plus(process.of(self.site))
        return total

    @property
    def writer(self) -> str:
        """ "alive", or what the worst process says."""
        states = {process.writer for process in self.processes}
        return next((state for state in ("dead", "ended") if state in states), "alive")

    def oldest_age(self, now: datetime) -> float:
        """Return for how many seconds the oldest access waits, 0 for none."""
        return age(self.total.oldest, now)


def age(moment: datetime | None, now: datetime) -> float:
    """Return the seconds since then; 0 for never, and for a clock set back."""
    return max((now - moment).total_seconds(), 0) if moment else 0


def published(texts: Iterable[tuple[str, bool]]) -> list[ProcessStatus]:
    """Return the status of other processes from what they published.

    Each comes with whether the process still owns its spool. What is not a status
    (of another version of the package) is left out.
    """
    found = []
    now = datetime.now(timezone.utc)
    for text, owned in texts:
        try:
            status = ProcessStatus.from_json(text)
        except ValueError:
            continue
        if not owned:
            status = _with_writer(status, "ended")
        elif now - status.at > SILENT:
            status = _with_writer(status, "dead")
        found.append(status)
    return found


def _with_writer(status: ProcessStatus, writer: str) -> ProcessStatus:
    return ProcessStatus(
        status.process, status.started, status.at, writer, status.sites
    )


def _site(values: dict[str, Any]) -> SiteStatus:
    oldest = values.pop("oldest")
    return SiteStatus(
        **values, oldest=datetime.fromisoformat(oldest) if oldest else None
    )
