"""A storage that has some of the capabilities, and not a method more."""

from slc.clicktracker.testing.memory import MemoryStorage
from zope.interface import alsoProvides
from zope.interface.interface import InterfaceClass


class PartOf:
    """What a storage in memory can do, as far as these capabilities go."""

    def __init__(self, storage: MemoryStorage, *capabilities: InterfaceClass) -> None:
        alsoProvides(self, *capabilities)
        for each in capabilities:
            for name in each.names(all=True):
                setattr(self, name, getattr(storage, name))
