"""``Drain``: brings what is in the outbox to a service, batch by batch."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from random import Random
from slc.clicktracker.forwarding.interfaces import Sender
from slc.clicktracker.forwarding.problems import BECAUSE_OF_ANY
from slc.clicktracker.forwarding.problems import REJECTED
from slc.clicktracker.forwarding.problems import TO_BE_MENDED
from slc.clicktracker.storage.capabilities import IOutbox
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.outbox.model import Settlement
from typing import NamedTuple


#: After the first failure, after one that somebody has to mend, and at most.
FIRST_PAUSE = timedelta(seconds=30)
MENDING_PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=1)

#: Many sites must not come back to a service at the same moment.
_JITTER = 0.2

#: What one attempt may take longer than its sender says, until nobody knows any more what
#: became of it.
_SLACK = timedelta(minutes=2)

#: Hits that are removed at once when they are old.
_BATCH = 2000

_random = Random()  # noqa: S311 (no secret)


class Drained(NamedTuple):
    """What was done: how many hits were counted and set aside, and what went wrong in the
    end, if anything did."""

    counted: int = 0
    aside: int = 0
    problem: str = ""
    detail: str = ""

    def with_more(self, settlement: Settlement) -> "Drained":
        return Drained(
            self.counted + len(settlement.counted),
            self.aside + len(settlement.aside),
            settlement.problem,
            settlement.detail,
        )


class Drain:
    """Several of them for one service, in whatever processes, take turns.

    ``latest`` is when the next attempt is due at the latest after one that fails: when it
    was due before somebody asked for this one.
    """

    def __init__(
        self,
        outbox: IOutbox,
        service: str,
        sender: Sender,
        now: Callable[[], datetime] = utc_now,
        latest: datetime | None = None,
    ) -> None:
        self._outbox = outbox
        self._service = service
        self._sender = sender
        self._now = now
        self._latest = latest
        self._lease = timedelta(seconds=sender.seconds) + _SLACK

    def run(self, go_on: Callable[[], bool]) -> Drained:
        """Send until nothing waits, something goes wrong, or ``go_on`` says no.

        After a failure, which may be because of any of those that were sent together, as
        many are sent alone. Raises what the storage raises.
        """
        done, alone = Drained(), 0
        while go_on():
            most = 1 if alone else self._sender.batch
            claim = self._outbox.claim_hits(self._service, most, self._lease)
            if claim is None:
                break
            alone = self._sender.batch if claim.failures else alone
            settlement = self._sender.send(claim.hits)
            if alone and not done.problem and self._is_refused_alone(settlement):
                settlement = _set_aside(settlement)
            else:
                settlement = self._with_pause(settlement, claim.failures)
            alone = max(alone - 1, 0)
            self._outbox.settle_hits(self._service, claim, settlement)
            done = done.with_more(settlement)
            if settlement.due:
                break
        return done

    def tidy(self, go_on: Callable[[], bool]) -> None:
        """Remove what is old."""
        while go_on() and self._outbox.drop_old_hits(_BATCH):
            pass

    def _is_refused_alone(self, settlement: Settlement) -> bool:
        """Is it one hit that is refused, while others wait?

        They are tried before anybody believes that the service refuses all: what a browser
        calls itself may be enough for a firewall in front of it, and nobody is to stop the
        page views of all others by that.
        """
        return settlement.problem in BECAUSE_OF_ANY and bool(
            self._outbox.waiting_hits(self._service, 1)
        )

    def _with_pause(self, settlement: Settlement, failures: int) -> Settlement:
        """Say when the next attempt is due: after a while that is twice as long each
        time."""
        if not settlement.problem:
            return settlement
        pause = min(FIRST_PAUSE * 2 ** min(failures, 10), LONGEST_PAUSE)
        if settlement.problem in TO_BE_MENDED:
            pause = max(pause, MENDING_PAUSE)
        pause *= 1 - _JITTER * _random.random()
        due = self._now() + pause
        if self._latest is not None:
            # Never at once: what was due meanwhile would be tried again without a pause.
            due = min(due, max(self._latest, self._now() + FIRST_PAUSE))
        return replace(settlement, due=due)


def _set_aside(settlement: Settlement) -> Settlement:
    rejected = ((key, REJECTED) for key in settlement.back)
    return replace(settlement, back=(), aside=(*settlement.aside, *rejected))
