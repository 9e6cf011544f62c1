"""Readings in the memory of one process, for tests."""

from slc.clicktracker.storage.memory.storage import MemoryStorage


__all__ = ["MemoryStorage"]
