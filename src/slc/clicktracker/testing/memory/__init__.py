"""Readings in the memory of one process, for tests."""

from slc.clicktracker.testing.memory.storage import MemoryStorage


__all__ = ["MemoryStorage"]
