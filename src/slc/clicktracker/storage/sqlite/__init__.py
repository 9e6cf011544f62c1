"""Readings in one SQLite file, for one host."""

from slc.clicktracker.storage.sqlite.storage import SQLiteStorage


__all__ = ["SQLiteStorage"]
