"""Recording an access with the request's transaction."""

from collections.abc import Callable
from slc.clicktracker import logger
from slc.clicktracker.collector.verdict import Reason
from slc.clicktracker.foreign_storage import call_foreign
from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import Access
from threading import Lock
from transaction.interfaces import IDataManager
from transaction.interfaces import ITransaction
from zope.interface import implementer

import time
import transaction


_SECONDS_BETWEEN_WARNINGS = 60
_last_warning = float("-inf")
_lock = Lock()


def record_with_transaction(
    storage: IClickStorage, access: Access, answer: Callable[[Reason | None], None]
) -> None:
    """Let ``access`` be recorded when the current transaction commits, or not at all.

    ``answer`` is then called with None when it is recorded, else with the
    reason why it is not. It is not called when the transaction is aborted.
    """
    transaction.get().join(AccessToRecord(storage, access, answer))


def store(storage: IClickStorage, access: Access) -> None:
    """Record one access, by the best means the storage has.

    Raises ``StorageError`` when it is not recorded.
    """
    if IAccessRecorder.providedBy(storage):
        storage.record([access])
        return
    visit = access.reader.user, access.document.path, access.url
    if call_foreign(lambda: storage.logAccess(*visit)) is False:
        raise StorageUnavailable("the storage did not record the access")


@implementer(IDataManager)
class AccessToRecord:
    """Records one access in the vote of a transaction, after all others voted.

    A request that is aborted records nothing; one that is repeated after a
    conflict records the same access, which the key makes harmless. A storage
    that can't is no reason to abort: the answer says so and nothing else
    is part of this transaction.
    """

    transaction_manager = transaction.manager

    def __init__(
        self,
        storage: IClickStorage,
        access: Access,
        answer: Callable[[Reason | None], None],
    ) -> None:
        self.storage = storage
        self.access = access
        self.answer = answer

    def sortKey(self) -> str:
        return f"~slc.clicktracker:{id(self):x}"

    def tpc_vote(self, txn: ITransaction) -> None:
        try:
            store(self.storage, self.access)
        except StorageError as error:
            _warn(error)
            self.answer(Reason.STORAGE_UNAVAILABLE)
        else:
            self.answer(None)

    def _nothing(self, txn: ITransaction) -> None:
        """There is nothing to undo before the vote and nothing left to do after it."""

    abort = commit = tpc_begin = tpc_finish = tpc_abort = _nothing


def _warn(error: StorageError) -> None:
    global _last_warning
    with _lock:
        now = time.monotonic()
        if now - _last_warning < _SECONDS_BETWEEN_WARNINGS:
            return
        _last_warning = now
    logger.error(
        "Reads are not recorded now, browsers will try again: %s. "
        "See the status in Site Setup, ClickTracker Settings.",
        error,
    )
