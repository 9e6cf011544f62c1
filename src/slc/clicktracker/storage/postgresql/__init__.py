"""Readings in a PostgreSQL database."""

from slc.clicktracker.storage.postgresql.storage import PostgreSQLStorage


__all__ = ["PostgreSQLStorage"]
