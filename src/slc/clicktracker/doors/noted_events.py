"""``NotedEvents``: the events that one transaction has noted so far."""

from slc.clicktracker.storage.events.plain import PlainEvent
from transaction.interfaces import ISavepointDataManager
from transaction.interfaces import ITransaction
from zope.interface import implementer

import transaction


@implementer(ISavepointDataManager)
class NotedEvents:
    """Events by what is the same of them. Nothing is left of those that were noted after a
    savepoint to which the transaction goes back.

    It takes part in the transaction for that alone, and has nothing to commit.
    """

    transaction_manager = transaction.manager

    def __init__(self) -> None:
        self.events: dict[tuple, PlainEvent] = {}
        self._is_joined = False

    def take_part(self, current: ITransaction) -> None:
        """Hear of savepoints. A transaction that goes back to one from before forgets who
        has come since, so it is said each time that something is noted."""
        if not self._is_joined:
            current.join(self)
            self._is_joined = True

    def savepoint(self) -> "_Before":
        return _Before(self)

    def abort(self, txn: ITransaction) -> None:
        self.events.clear()
        self._is_joined = False

    def sortKey(self) -> str:
        return f"slc.clicktracker:{id(self):x}"

    def _nothing(self, txn: ITransaction) -> None:
        """The events are kept after the commit."""

    commit = tpc_begin = tpc_vote = tpc_finish = tpc_abort = _nothing


class _Before:
    """What was noted at a savepoint."""

    def __init__(self, noted: NotedEvents) -> None:
        self._noted = noted
        self._events = dict(noted.events)

    def rollback(self) -> None:
        self._noted.events = dict(self._events)
