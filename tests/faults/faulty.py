"""A storage that fails when a test says so, by a file of that name in a folder."""

from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.errors import UnstorableData
from slc.clicktracker.storage.model import Access
from zope.interface import implementer

import time


#: The title of what is refused.
POISON = "Poison"


class Fault(Enum):
    """DOWN: nothing can be recorded. HANGS: the call does not return. CUT: what is
    recorded is committed, but the connection is gone before the answer arrives.
    REFUSES: a document with the title ``POISON`` can't be stored. DIES: the thread
    that calls ends."""

    DOWN = "down"
    HANGS = "hangs"
    CUT = "cut"
    REFUSES = "refuses"
    DIES = "dies"


class Faults:
    """Which faults there are now, for all processes that are given the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, fault: Fault) -> None:
        (self.folder / fault.value).touch()

    def end(self, fault: Fault) -> None:
        (self.folder / fault.value).unlink()

    def has(self, fault: Fault) -> bool:
        return (self.folder / fault.value).exists()


@implementer(IAccessRecorder)
class FaultyRecorder:
    """Records in another storage, as far as the faults let it."""

    def __init__(self, storage: IAccessRecorder, faults: Faults) -> None:
        self._storage = storage
        self._faults = faults

    def record(self, accesses: Sequence[Access]) -> None:
        while self._faults.has(Fault.HANGS):
            time.sleep(0.02)
        if self._faults.has(Fault.DOWN):
            raise StorageUnavailable("the storage is down")
        if self._faults.has(Fault.DIES):
            raise SystemExit
        poisoned = any(one.document.title == POISON for one in accesses)
        if poisoned and self._faults.has(Fault.REFUSES):
            raise UnstorableData("nobody can keep this")
        self._storage.record(accesses)
        if self._faults.has(Fault.CUT):
            raise StorageUnavailable("the connection is gone")

    def close(self) -> None:
        self._storage.close()
