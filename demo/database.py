"""Set up the database of ``CLICKTRACKER_DSN``, when there is one."""

import os


def postgresql_dsn() -> str:
    """Return the DSN of the environment; empty for SQLite and for ``off``."""
    dsn = os.environ.get("CLICKTRACKER_DSN", "").strip()
    return "" if dsn == "off" else dsn


def set_up(dsn: str) -> None:
    """Make the tables and functions in the database; does nothing where they are.

    Raises ``slc.clicktracker.storage.errors.StorageError`` when the database
    can't be reached or used.
    """
    # Only here: it takes a moment that a demo with SQLite needn't wait for.
    from slc.clicktracker.storage.postgresql import PostgreSQLStorage

    PostgreSQLStorage(dsn).setup()
