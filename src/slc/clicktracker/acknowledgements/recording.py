"""Recording acknowledgements with the transaction of a request."""

from collections.abc import Callable
from collections.abc import Sequence
from slc.clicktracker.interfaces import IAcknowledgements
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.errors import StorageError
from transaction.interfaces import IDataManager
from transaction.interfaces import ITransaction
from zope.interface import implementer

import transaction


#: Is called with the acknowledgements that are new, once all is committed.
Then = Callable[[tuple[Acknowledgement, ...]], None]


class NotRecorded(Exception):
    """The storage can't be reached now, so nothing was recorded."""


def can_acknowledge() -> bool:
    """Does the storage of the site keep acknowledgements, and record now?"""
    return is_recording() and storage_with(IAcknowledgements) is not None


def acknowledge(
    every: Sequence[Acknowledgement], then: Then = lambda new: None
) -> None:
    """Record them when the current transaction commits, or not at all.

    If the storage can't be reached then, the transaction is aborted with
    ``NotRecorded``. Else ``then`` is called after the commit.
    """
    joined = _Joined(storage_with(IAcknowledgements), tuple(every))
    transaction.get().join(joined)
    transaction.get().addAfterCommitHook(
        lambda is_committed: then(joined.new) if is_committed and joined.new else None
    )


@implementer(IDataManager)
class _Joined:
    """Records in the vote, after all others voted: a request that is aborted records
    nothing, and one that is repeated after a conflict says the same again, which their keys
    make harmless."""

    transaction_manager = transaction.manager

    def __init__(
        self, storage: IAcknowledgements, every: tuple[Acknowledgement, ...]
    ) -> None:
        self._storage = storage
        self._every = every
        self.new: tuple[Acknowledgement, ...] = ()

    def sortKey(self) -> str:
        return f"~slc.clicktracker.acknowledgements:{id(self):x}"

    def tpc_vote(self, txn: ITransaction) -> None:
        try:
            self.new = self._storage.acknowledge(self._every)
        except StorageError as error:
            raise NotRecorded from error

    def _nothing(self, txn: ITransaction) -> None:
        """There is nothing to undo before the vote and nothing left to do after it."""

    abort = commit = tpc_begin = tpc_finish = tpc_abort = _nothing
