"""Asking a storage of somebody else's."""

from collections.abc import Callable
from slc.clicktracker.storage.errors import StorageError
from typing import TypeVar
from ZODB.POSException import ConflictError


Answer = TypeVar("Answer")


def call_foreign(ask: Callable[[], Answer]) -> Answer:
    """Return what ``ask`` returns; whatever it raises becomes a ``StorageError``, but for
    a conflict, after which the whole request is made again.

    It is somebody else's code with somebody else's driver, which can raise
    anything. For the reader of a page and of a report it all means the same:
    the storage can't be used now.
    """
    try:
        return ask()
    except (StorageError, ConflictError):
        raise
    except Exception as error:
        raise StorageError(f"{type(error).__name__}: {error}") from error
