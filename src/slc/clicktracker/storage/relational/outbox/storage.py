"""The part of a storage in a database that is the outbox."""

from collections.abc import Sequence
from datetime import timedelta
from slc.clicktracker.storage.outbox.model import Claim
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.outbox.model import Settlement
from slc.clicktracker.storage.relational.asked import asked
from slc.clicktracker.storage.relational.outbox.transaction import OutboxTransaction


class OutboxInDatabase:
    """The methods of ``IOutbox`` for a ``RelationalStorage``."""

    def put_hits(self, hits: Sequence[Hit]) -> None:
        """Keep hits whole or not at all; see ``IOutbox``."""
        if hits:
            with self._writing() as connection:
                hits = self._taken(connection, hits)
                self._within(OutboxTransaction, connection).put(hits, self.now())

    def claim_hits(self, service: str, most: int, lease: timedelta) -> Claim | None:
        """Return a claim on waiting hits, if there are any; see ``IOutbox``."""
        now = self.now()
        with self._reading() as connection:
            outbox = self._within(OutboxTransaction, connection)
            if not outbox.is_anything_due(service, now):
                return None
        with self._writing() as connection:
            outbox = self._within(OutboxTransaction, connection)
            return outbox.claim(service, most, lease, now)

    def settle_hits(self, service: str, claim: Claim, settlement: Settlement) -> None:
        """Say what became of a claim; see ``IOutbox``."""
        with self._writing() as connection:
            outbox = self._within(OutboxTransaction, connection)
            outbox.settle(service, claim, settlement, self.now())

    def send_again(self, service: str, reason: str) -> int:
        """Let hits wait again that were set aside; see ``IOutbox``."""
        with self._writing() as connection:
            outbox = self._within(OutboxTransaction, connection)
            return outbox.send_again(service, reason)

    def discard_hits(self, service: str, reason: str) -> int:
        """Give up hits that were set aside; see ``IOutbox``."""
        with self._writing() as connection:
            return self._within(OutboxTransaction, connection).discard(service, reason)

    def drop_old_hits(self, most: int) -> int:
        """Remove some old hits; see ``IOutbox``."""
        with self._writing() as connection:
            outbox = self._within(OutboxTransaction, connection)
            return outbox.drop_old(most, self.now())

    outbox = asked(OutboxTransaction, OutboxTransaction.state)
    waiting_hits = asked(OutboxTransaction, OutboxTransaction.waiting)
