"""``Bounded``: a dictionary that forgets."""

from typing import TypeVar


Key = TypeVar("Key")
Value = TypeVar("Value")


class Bounded(dict[Key, Value]):
    """Holds ``most`` entries: what was set longest ago is forgotten first.

    Whoever looks something up and sets it again keeps it. To set is not one step: with
    several threads it needs a lock.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: Key, value: Value) -> None:
        self.pop(key, None)
        super().__setitem__(key, value)
        if len(self) > self._most:
            del self[next(iter(self))]
