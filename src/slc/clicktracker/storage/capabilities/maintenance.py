"""What a storage may do for who runs it."""

from datetime import datetime
from slc.clicktracker.storage.capabilities.click_storage import IClickStorage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import StorageStatus
from slc.clicktracker.storage.refused import Refused
from slc.clicktracker.storage.traces import Traces


class IStorageMaintenance(IClickStorage):
    """Capability: set up, describe, correct, forget."""

    def setup() -> None:
        """Create or bring up to date what the storage needs; any number of times."""

    def status() -> StorageStatus:
        """Return a ``storage.model.StorageStatus``.

        Raises ``StorageUnavailable`` where the storage can't be reached and
        ``StorageNotSetUp`` where its tables are missing.
        """

    def retire(reader: Reader) -> None:
        """The account of ``reader`` was deleted, now: a later account of the same
        id and user folder is somebody else. The readings are kept, events of members are
        removed, as they are known by the id alone.

        Accesses whose ticket was issued before belong to the deleted account,
        whenever they arrive.
        """

    def forget(reader: Reader, until: datetime | None = None) -> int:
        """Remove every trace of ``reader`` and nothing of anybody else's.

        All that was so ``until`` a time, now where none is named. What began after that is of
        whoever has got the id since, and stays: a forgetting that was tried before, and
        could not be finished, takes nothing away from them. Only a reading that both accounts
        have, of the same version, can't be divided, and goes.

        All generations of the id are forgotten, and what was served to them, with their visits,
        also what they saw before they logged in. Returns how many readings were removed.
        What was on its way is not recorded any more when it arrives: accesses whose tickets
        were issued before, and all else that happened before. That is remembered by a
        checksum; what happens later is of somebody new.
        """

    def pseudonymise(
        reader: Reader, pseudonym: str, until: datetime | None = None
    ) -> int:
        """Let nobody know any more who ``reader`` was.

        All generations of the id become closed accounts of the ``pseudonym``, without a
        name. Their readings, goals and all numbers stay. Their visits and page views are
        removed, as these tell too much, but stay in the sums. What is known by the id alone is
        removed, and what was on its way is refused, as for ``forget``; so is ``until``.
        Returns how many readings there are.
        """

    def refused(since: datetime) -> Refused:
        """Return ``storage.refused.Refused``: what of that time or later is not recorded any
        more when it arrives."""

    def traces(reader: Reader) -> Traces:
        """Return ``storage.traces.Traces``: how much is known of ``reader``."""

    def old_addresses(prefix: str) -> list[tuple[str, datetime]]:
        """Return (path, last access) of every document known by path only, at
        and below ``prefix``, that no site has claimed yet.

        That is what 0.4 recorded, and what is recorded by SQL alone
        (``logclick``), which know of no site.
        """

    def adopt(path: str, document: Document) -> int:
        """Give the readings of the old address ``path`` to a ``Document``.

        They are added to those that the document has. Returns how many there
        were, 0 for an unknown address.
        """

    def claim(prefix: str) -> int:
        """Make the unclaimed old addresses at and below ``prefix`` this site's.

        For those that stay old addresses, so that no other site sees them and
        ``getLog`` and ``forget`` reach them. Returns how many there were.
        """

    def close() -> None:
        """Let go of connections; the storage may be used again afterwards."""
