"""The outbox in memory."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.outbox.model import Aside
from slc.clicktracker.storage.outbox.model import Claim
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.outbox.model import IN_DOUBT
from slc.clicktracker.storage.outbox.model import KEPT
from slc.clicktracker.storage.outbox.model import OutboxState
from slc.clicktracker.storage.outbox.model import Settlement
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.testing.memory.tables import KnownHit
from slc.clicktracker.testing.memory.tables import KnownService
from slc.clicktracker.testing.memory.tables import Tables
from uuid import uuid4


class OutboxInMemory:
    """The methods of ``IOutbox`` for a ``MemoryStorage``."""

    site: str
    now: Callable[[], datetime]
    tables: Tables

    def put_hits(self, hits: Sequence[Hit]) -> None:
        """Keep hits; see ``IOutbox``."""
        with self.tables.lock:
            for hit in self._taken(hits):
                if hit.at >= self.now() - KEPT:
                    key = self.site, hit.service, hit.key
                    self.tables.hits.setdefault(key, KnownHit(hit.at, hit))

    def claim_hits(self, service: str, most: int, lease: timedelta) -> Claim | None:
        """Return a claim on waiting hits, if there are any; see ``IOutbox``."""
        with self.tables.lock:
            known, now = self._service(service), self.now()
            if known.until is not None and known.until > now:
                return None
            for lost in self._in(service, "sending"):
                lost.state, lost.reason = "aside", IN_DOUBT
            known.claim, known.until = "", None
            if known.due is not None and known.due > now:
                return None
            waiting = self._oldest(service, 1 if known.failures else most)
            if not waiting:
                return None
            for one in waiting:
                one.state = "sending"
            known.claim, known.until = uuid4().hex, now + lease
            hits = tuple(one.hit for one in waiting)
            return Claim(known.claim, hits, known.failures)

    def settle_hits(self, service: str, claim: Claim, settlement: Settlement) -> None:
        """Say what became of a claim; see ``IOutbox``."""
        with self.tables.lock:
            known = self._service(service)
            for key, reason in settlement.aside:
                for one in self._unsettled(service, [key]):
                    one.state, one.reason = "aside", storable(reason, LIMITS["reason"])
            for one in self._unsettled(service, settlement.back):
                one.state, one.reason = "waiting", ""
            counted = [
                one
                for one in self._with(service, settlement.counted)
                if one.state != "done"
            ]
            for one in counted:
                _finish(one)
            if counted:
                known.sent, known.last = known.sent + len(counted), self.now()
            if known.claim == claim.token:
                known.claim, known.until = "", None
            known.failures = known.failures + 1 if settlement.problem else 0
            known.problem, known.detail = settlement.problem, settlement.detail
            known.due = settlement.due

    def waiting_hits(self, service: str, most: int) -> tuple[Hit, ...]:
        """Return some waiting hits; see ``IOutbox``."""
        with self.tables.lock:
            return tuple(one.hit for one in self._oldest(service, most))

    def outbox(self, service: str) -> OutboxState:
        """Return how it is with a service; see ``IOutbox``."""
        with self.tables.lock:
            known = self._service(service)
            waiting = [one.at for one in self._in(service, "waiting")]
            aside: dict[str, list[datetime]] = {}
            for one in self._in(service, "aside"):
                aside.setdefault(one.reason, []).append(one.at)
            return OutboxState(
                waiting=len(waiting),
                oldest=min(waiting, default=None),
                sending=len(self._in(service, "sending")),
                sent=known.sent,
                last=known.last,
                problem=known.problem,
                detail=known.detail,
                due=known.due,
                aside=tuple(
                    Aside(reason, len(times), min(times))
                    for reason, times in sorted(aside.items())
                ),
            )

    def send_again(self, service: str, reason: str) -> int:
        """Let hits wait again that were set aside; see ``IOutbox``."""
        with self.tables.lock:
            found = self._aside(service, reason)
            for one in found:
                one.state, one.reason = "waiting", ""
            known = self._service(service)
            known.due = None
            known.failures = min(known.failures, max(known.failures - 1, 1))
            return len(found)

    def discard_hits(self, service: str, reason: str) -> int:
        """Give up hits that were set aside; see ``IOutbox``."""
        with self.tables.lock:
            found = self._aside(service, reason)
            for one in found:
                _finish(one)
            return len(found)

    def drop_old_hits(self, most: int) -> int:
        """Remove some old hits; see ``IOutbox``."""
        with self.tables.lock:
            before = self.now() - KEPT
            old = [
                key
                for key, one in self.tables.hits.items()
                if key[0] == self.site and one.at < before
            ][:most]
            for key in old:
                del self.tables.hits[key]
            return len(old)

    def _number_of_hits(self, reader: Reader) -> int:
        kept = [
            each.hit for key, each in self.tables.hits.items() if key[0] == self.site
        ]
        who = reader.user, reader.folder
        return sum((h.reader.user, h.reader.folder) == who for h in kept if h)

    def forget_hits(self, reader: Reader, until: datetime) -> None:
        """Remove what services were to be told of what somebody has done until a time."""
        for key, one in list(self.tables.hits.items()):
            who = one.hit and (one.hit.reader.user, one.hit.reader.folder)
            is_of = who == (reader.user, reader.folder) != ("", "")
            if key[0] == self.site and is_of and one.at <= until:
                del self.tables.hits[key]

    def _service(self, service: str) -> KnownService:
        return self.tables.services.setdefault((self.site, service), KnownService())

    def _oldest(self, service: str, most: int) -> list[KnownHit]:
        waiting = self._in(service, "waiting")
        return sorted(waiting, key=lambda one: (one.at, one.hit.key))[:most]

    def _in(self, service: str, state: str) -> list[KnownHit]:
        return [
            one
            for key, one in self.tables.hits.items()
            if key[:2] == (self.site, service) and one.state == state
        ]

    def _aside(self, service: str, reason: str) -> list[KnownHit]:
        return [one for one in self._in(service, "aside") if one.reason == reason]

    def _with(self, service: str, keys: Iterable[str]) -> list[KnownHit]:
        found = (self.tables.hits.get((self.site, service, key)) for key in keys)
        return [one for one in found if one is not None]

    def _unsettled(self, service: str, keys: Iterable[str]) -> list[KnownHit]:
        """Return those of which nobody else has said what became of them."""
        return [
            one
            for one in self._with(service, keys)
            if one.state == "sending"
            or (one.state == "aside" and one.reason == IN_DOUBT)
        ]


def _finish(one: KnownHit) -> None:
    one.hit, one.state, one.reason = None, "done", ""
