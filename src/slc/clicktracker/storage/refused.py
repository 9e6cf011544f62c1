"""What a storage doesn't record any more when it arrives: one rule for all storages."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from slc.clicktracker.storage.keys import account_key
from slc.clicktracker.storage.model import Reader


@dataclass(frozen=True)
class Refused:
    """``before`` is the time before which tickets were issued whose accesses are not taken
    any more, as readings of that time may have been removed; None for none. ``forgotten``
    has, by what ``storage.keys.account_key`` makes of them, who was forgotten, and when.

    What was removed must not come back when a message about it arrives late.
    """

    before: datetime | None = None
    forgotten: Mapping[str, datetime] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.before is not None or bool(self.forgotten)

    def until(self, now: datetime) -> "Refused":
        """Return what of it can be right. A clock that was wrong may have said that only
        the future is kept, and then nothing would be recorded any more."""
        if self.before is not None and self.before > now:
            return Refused(None, self.forgotten)
        return self

    def takes_of(self, site: str, reader: Reader, at: datetime) -> bool:
        """Is something recorded of a reader that was so at this time?"""
        if not self.forgotten:
            return True
        until = self.forgotten.get(account_key(site, reader))
        return until is None or at > until

    def takes_access(self, site: str, reader: Reader, issued: datetime) -> bool:
        """Is an access recorded with a ticket of this time?"""
        is_kept = self.before is None or issued >= self.before
        return is_kept and self.takes_of(site, reader, issued)
