"""What a storage may keep for services."""

from collections.abc import Sequence
from datetime import timedelta
from slc.clicktracker.storage.capabilities.click_storage import IClickStorage
from slc.clicktracker.storage.outbox.model import Claim
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.outbox.model import OutboxState
from slc.clicktracker.storage.outbox.model import Settlement


class IOutbox(IClickStorage):
    """Capability: keep what services are to be told, until they have counted it.

    Several processes may send at the same time: each hit is sent by one of them, and no
    hit is sent again by itself that may have been counted. Times are those of the
    storage's own clock.
    """

    def put_hits(hits: Sequence[Hit]) -> None:
        """Keep a sequence of ``storage.outbox.model.Hit``, whole or not at all.

        Of hits with the same service and key the first one counts, also if it was sent
        long ago. What is older than ``storage.outbox.model.KEPT`` is left out.
        """

    def claim_hits(service: str, most: int, lease: timedelta) -> Claim | None:
        """Return a ``storage.outbox.model.Claim`` on the oldest waiting hits of a service.

        None where nothing waits, somebody else has a claim, or the last attempt failed
        and the next one is not due. After a failure it is one hit alone. A claim that
        was not settled within the ``lease`` is over: nobody knows what became of its
        hits, so they are set aside as ``storage.outbox.model.IN_DOUBT``.
        """

    def settle_hits(service: str, claim: Claim, settlement: Settlement) -> None:
        """Say what became of the hits of a claim, also of one that is over. Nothing but
        key and time is kept of what was counted."""

    def waiting_hits(service: str, most: int) -> tuple[Hit, ...]:
        """Return a tuple of the oldest waiting hits of a service, and claim none."""

    def outbox(service: str) -> OutboxState:
        """Return the ``storage.outbox.model.OutboxState`` of a service."""

    def send_again(service: str, reason: str) -> int:
        """Let the hits wait again that were set aside for a reason, and the next attempt
        be due now. If that fails, it counts for one failure that was before. Returns how
        many there are."""

    def discard_hits(service: str, reason: str) -> int:
        """Give up the hits that were set aside for a reason; they are never sent. Returns
        how many there were."""

    def drop_old_hits(most: int) -> int:
        """Remove some hits of any service, sent or not, whose page view is longer ago than
        ``storage.outbox.model.KEPT``. Returns how many, 0 when there are no more."""
