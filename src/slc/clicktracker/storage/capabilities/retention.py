"""What a storage may remove of readings."""

from collections.abc import Iterator
from datetime import datetime
from slc.clicktracker.storage.capabilities.click_storage import IClickStorage
from slc.clicktracker.storage.model import EngagementRule


class IReadingRetention(IClickStorage):
    """Capability: forget readings, and what they were made of, after some time.

    Each method that removes returns an iterator, which does one batch of about ``most``
    with each step, whole or not at all, and yields how many those were; who records has to
    wait for no longer than one takes. If it is stopped, and if somebody else does
    the same, nothing is done by half.

    A ``before`` in the future is now. Accesses and notes whose tickets were issued before it
    are not recorded any more when they arrive: what was removed must not come back.
    """

    def drop_accesses(before: datetime, most: int) -> Iterator[int]:
        """Remove single accesses whose tickets were issued before that time. Only
        ``history`` tells: readings with all their sums stay as they are, and so do the
        accesses by day."""

    def drop_readings(
        kind: str, before: datetime, most: int, rule: EngagementRule = ...
    ) -> Iterator[int]:
        """Remove all that is known of a reader and a document, whatever its versions, where
        the last of it was before that time, and it is of a kind:
        ``storage.retention.OPENED`` got no further than *opened* by the ``rule`` with any
        text, ``ENGAGED`` did, or is downloaded. Goals go with it; accesses by day stay, as
        they name nobody. What visitors without a log-in opened stays."""

    def drop_days(before: datetime, most: int) -> Iterator[int]:
        """Remove the accesses by day of the days (UTC) before that time."""

    def old_accesses(before: datetime) -> int:
        """Return how many accesses ``drop_accesses`` would remove."""

    def old_readings(kind: str, before: datetime, rule: EngagementRule = ...) -> int:
        """Return how many readings ``drop_readings`` would remove."""

    def old_days(before: datetime) -> int:
        """Return how many days of documents ``drop_days`` would remove."""
