"""What is remembered of content as long as the database has it in the same state."""

from Acquisition import aq_base
from collections.abc import Callable
from slc.clicktracker.bounded import Bounded
from threading import Lock
from typing import Any
from typing import TypeVar
from ZODB.utils import z64


#: Items that a process remembers, some 500 bytes each.
MOST_ITEMS = 50_000

Found = TypeVar("Found")

_lock = Lock()
_known: Bounded[tuple[str, bytes], "ItemState"] = Bounded(MOST_ITEMS)


class ItemState:
    """One state of an item: what was found out about it stays true of that."""

    __slots__ = ("_serial", "found")

    def __init__(self, serial: bytes) -> None:
        self._serial = serial
        self.found: dict[Callable[[Any], Any], Any] = {}

    def is_of(self, serial: bytes) -> bool:
        return self._serial == serial

    def ask(self, find: Callable[[Any], Found], content: Any) -> Found:
        """Return what a function finds, which must depend on the attributes of the item
        alone, and give nothing that belongs to a connection."""
        if find in self.found:
            return self.found[find]
        found = find(content)
        # It may have been changed since it was asked for its state.
        if state_of(content) is self:
            self.found[find] = found
        return found


def state_of(content: Any) -> ItemState:
    """Return the state that content is in now.

    Nothing stays known of one that is not in the database, or was changed since.
    """
    own = aq_base(content)
    connection = getattr(own, "_p_jar", None)
    if connection is None:
        return ItemState(z64)
    own._p_activate()
    serial = own._p_serial
    # After a savepoint what was changed looks unchanged, with the serial of before.
    if own._p_changed or connection._savepoint_storage is not None or serial == z64:
        return ItemState(z64)
    key = connection.db().database_name, own._p_oid
    known = _known.get(key)
    if known is None or not known.is_of(serial):
        known = ItemState(serial)
    with _lock:
        # Again: what was asked for longest ago is forgotten first.
        _known[key] = known
    return known
