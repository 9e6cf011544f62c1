"""What SQLite and PostgreSQL have in common."""

from slc.clicktracker.storage.relational.storage import RelationalStorage


__all__ = ["RelationalStorage"]
