"""One line of the list of those who are absent."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from slc.clicktracker.storage.absence import Absent
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.progress import Who
from slc.clicktracker.storage.progress import who
from typing import NamedTuple


class AbsentRow(NamedTuple):
    """Somebody of whom it is not known that they have opened a document; ``served`` as in
    an ``Absent``. ``is_overdue`` is None where no deadline is asked about."""

    reader: Reader
    served: datetime | None
    is_overdue: bool | None

    @classmethod
    def of(cls, absent: Absent, overdue: AbstractSet[Who] | None) -> "AbsentRow":
        """Return the line of somebody, where these people are overdue."""
        is_overdue = None if overdue is None else who(absent.reader) in overdue
        return cls(absent.reader, absent.served, is_overdue)
