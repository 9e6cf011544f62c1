"""What a storage may know of what members did."""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.capabilities.click_storage import IClickStorage
from slc.clicktracker.storage.events.model import MemberEvent


class IMemberEvents(IClickStorage):
    """Capability: what the members did who are followed, and those of a sample."""

    def record_events(events: Sequence[MemberEvent]) -> None:
        """Record a sequence of ``storage.events.model.MemberEvent``. What was recorded before
        changes nothing, and what is of an account that was deleted since is left out. Raises
        ``storage.errors.UnstorableData`` where trying again would not help."""

    def events(
        since: datetime,
        until: datetime,
        *,
        reader: str | None = None,
        cohort: str | None = None,
    ) -> Iterator[MemberEvent]:
        """Return an iterator over the events from ``since`` to before ``until``, sorted by
        reader, time and key, in constant memory. It is to be exhausted or closed."""

    def drop_events(before: datetime, most: int) -> int:
        """Remove up to ``most`` of the events from before that time, and return how many
        there were. It is called until that is 0."""

    def old_events(before: datetime) -> int:
        """Return how many events ``drop_events`` would remove."""
