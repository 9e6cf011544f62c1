"""Keeping an access with the request's transaction."""

from collections.abc import Callable
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.sites.foreign_storage import call_foreign
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.plain import accesses
from slc.clicktracker.storage.plain import PlainAccess
from slc.clicktracker.tickets.verdict import Reason
from slc.clicktracker.tickets.verdict import Refused
from transaction.interfaces import IDataManager
from transaction.interfaces import ITransaction
from zope.interface import implementer

import logging
import transaction


logger = logging.getLogger("slc.clicktracker")

_said = OnceAMinute()


def keep_with_transaction(
    keep: Callable[[], None], refused: Callable[[Refused], None]
) -> None:
    """Let ``keep`` be called when the current transaction commits, or not at all.

    ``refused`` is called with the ``Refused`` that it raises.
    """
    transaction.get().join(AccessToKeep(keep, refused))


def store(storage: IClickStorage, reported: PlainAccess) -> None:
    """Record one access in a storage of two methods. Raises ``Refused``."""
    (access,) = accesses([reported])
    visit = access.reader.user, access.document.path, access.url
    try:
        recorded = call_foreign(lambda: storage.logAccess(*visit))
    except StorageError as error:
        reason = str(error)
    else:
        if recorded is not False:
            return
        reason = "the storage did not record the access"
    if _said.is_due("storage"):
        logger.error(
            "Reads are not recorded now, browsers will try again: %s. "
            "See the status in Site Setup, ClickTracker Settings.",
            reason,
        )
    raise Refused(Reason.STORAGE_UNAVAILABLE)


@implementer(IDataManager)
class AccessToKeep:
    """Keeps one access in the vote of a transaction, after all others voted.

    A request that is aborted keeps nothing; one that is repeated after a
    conflict keeps the same access, which the key makes harmless. That it can't
    be kept is no reason to abort: the answer says so and nothing else is
    part of this transaction.
    """

    transaction_manager = transaction.manager

    def __init__(
        self, keep: Callable[[], None], refused: Callable[[Refused], None]
    ) -> None:
        self.keep = keep
        self.refused = refused

    def sortKey(self) -> str:
        return f"~slc.clicktracker:{id(self):x}"

    def tpc_vote(self, txn: ITransaction) -> None:
        try:
            self.keep()
        except Refused as refused:
            self.refused(refused)

    def _nothing(self, txn: ITransaction) -> None:
        """There is nothing to undo before the vote and nothing left to do after it."""

    abort = commit = tpc_begin = tpc_finish = tpc_abort = _nothing
