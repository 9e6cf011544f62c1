"""Removing what was declared, some time after it ended."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from slc.clicktracker.declarations.entries import each_entry
from slc.clicktracker.declarations.entries import remove_entry
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import microseconds


_RECORD = SiteRecord("declarations")

#: Where in an end the time is.
_ENDED = 2


def old_declarations(before: datetime) -> int:
    """Count the declarations that ended before a time."""
    return sum(1 for _key in _old(before))


def drop_declarations(before: datetime, most: int) -> int:
    """Remove some of these, with their ends, and return how many; 0 once there are none.
    What holds stays, however old it is."""
    tree, keys = _RECORD.tree(), list(islice(_old(before), most))
    for key in keys:
        remove_entry(tree, key)
    return len(keys)


def _old(before: datetime) -> Iterator[tuple]:
    """Yield the keys of what was declared."""
    limit = microseconds(before)
    for key, kept, is_end in each_entry(_RECORD.tree()):
        if is_end and kept[_ENDED] < limit:
            yield key[:-1]
