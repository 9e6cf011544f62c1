"""What SQLite's errors mean."""

from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import StorageNotSetUp
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.errors import UnstorableData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

import sqlite3


#: SQLite gives its errors few classes; Python 3.10 gives them no code.
_UNAVAILABLE = (
    "unable to open",
    "readonly",
    "disk i/o error",
    "is locked",
    "is full",
    "no such file",
)
_NOT_A_DATABASE = ("not a database", "malformed")


def translated(error: Exception, place: str) -> StorageError | None:
    """Return the typed error, None for what is a bug."""
    if isinstance(error, OverflowError):
        return UnstorableData(f"A number is out of range: {error}.")
    if isinstance(error, PoolTimeout):
        return StorageUnavailable(f"All connections to {place} are busy.")
    if not isinstance(error, DBAPIError):
        return None
    cause = error.orig
    text = str(cause).lower()
    if any(words in text for words in _NOT_A_DATABASE):
        return StorageError(f"{place} is not a SQLite database, or damaged: {cause}.")
    if isinstance(cause, sqlite3.OperationalError):
        if any(words in text for words in _UNAVAILABLE):
            return StorageUnavailable(f"{place} can't be used now: {cause}.")
        if "no such table" in text:
            return StorageNotSetUp(f"{place} lacks tables: {cause}.")
    return None
