"""``Drain``: brings what is in the outbox to a service, batch by batch."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from random import Random
from slc.clicktracker.forwarding.interfaces import Sender
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


class Drain:
    """Several of them for one service, in whatever processes, take turns."""

    def __init__(
        self,
        outbox: IOutbox,
        service: str,
        sender: Sender,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._outbox = outbox
        self._service = service
        self._sender = sender
        self._now = now
        self._lease = timedelta(seconds=sender.seconds) + _SLACK

    def run(self, go_on: Callable[[], bool]) -> Drained:
        """Send until nothing waits, something goes wrong, or ``go_on`` says no.

        Raises what the storage raises.
        """
        counted = aside = 0
        while go_on():
            claim = self._outbox.claim_hits(
                self._service, self._sender.batch, self._lease
            )
            if claim is None:
                break
            settlement = self._with_pause(self._sender.send(claim.hits), claim.failures)
            self._outbox.settle_hits(self._service, claim, settlement)
            counted += len(settlement.counted)
            aside += len(settlement.aside)
            if settlement.problem:
                return Drained(counted, aside, settlement.problem, settlement.detail)
        return Drained(counted, aside)

    def tidy(self, go_on: Callable[[], bool]) -> None:
        """Remove what is old."""
        while go_on() and self._outbox.drop_old_hits(_BATCH):
            pass

    def _with_pause(self, settlement: Settlement, failures: int) -> Settlement:
        """Say when the next attempt is due: after a while that is twice as long each
        time."""
        if not settlement.problem:
            return settlement
        pause = min(FIRST_PAUSE * 2 ** min(failures, 10), LONGEST_PAUSE)
        if settlement.problem in TO_BE_MENDED:
            pause = max(pause, MENDING_PAUSE)
        pause *= 1 - _JITTER * _random.random()
        return replace(settlement, due=self._now() + pause)
