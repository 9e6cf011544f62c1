"""Whose spool is it? A lock that ends with its process, whatever ends that."""

from collections.abc import Iterator
from pathlib import Path

import fcntl
import logging
import os
import secrets


logger = logging.getLogger("slc.clicktracker")

_SUFFIX = ".lock"


class Ownership:
    """The lock on one spool, held until ``release`` or the end of the process.

    It is flock's, on a file beside the spool: process ids repeat in containers,
    and SQLite's own locks end when any part of the process closes the file.
    ``name`` is the path of the spool without a suffix.
    """

    def __init__(self, name: Path, lock: int) -> None:
        self.name = name
        self._lock = lock

    @classmethod
    def new(cls, folder: Path) -> "Ownership":
        """Own a new spool. Raises ``OSError`` where the folder can't be used."""
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            taken = cls._take(folder / f"spool-{secrets.token_hex(4)}", os.O_EXCL)
            if taken is not None:
                return taken

    @classmethod
    def orphans(cls, folder: Path) -> "Iterator[Ownership]":
        """Own, one after the other, the spools that no process owns any more.

        One that this process may not use, as another user has left it, is no
        reason to leave the others.
        """
        for path in sorted(folder.glob(f"spool-*{_SUFFIX}")):
            try:
                taken = cls._take(path.with_suffix(""))
            except OSError as error:
                logger.error("A spool of an ended process can't be used: %s", error)
                continue
            if taken is not None:
                yield taken

    @classmethod
    def is_taken(cls, name: Path) -> bool:
        """Does a living process own this spool?"""
        taken = cls._take(name)
        if taken is not None:
            taken.release()
        return taken is None

    @classmethod
    def _take(cls, name: Path, exclusive: int = 0) -> "Ownership | None":
        path = name.with_suffix(_SUFFIX)
        try:
            lock = os.open(path, os.O_RDWR | (os.O_CREAT | exclusive), 0o600)
        except FileExistsError:
            return None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(lock), os.stat(path)):
                return cls(name, lock)
        except (BlockingIOError, FileNotFoundError):
            # Another process has it, or has just removed it.
            pass
        except OSError:
            os.close(lock)
            raise
        os.close(lock)
        return None

    def is_lost(self) -> bool:
        """Was the lock deleted? Then nobody would find the spool any more."""
        return os.fstat(self._lock).st_nlink == 0

    def release(self) -> None:
        """Let another process have it."""
        os.close(self._lock)

    def remove(self) -> None:
        """Remove what belongs to the spool, and release it. Raises ``OSError``."""
        try:
            for suffix in (
                ".sqlite",
                ".sqlite-wal",
                ".sqlite-shm",
                ".json",
                ".json-new",
                _SUFFIX,
            ):
                self.name.with_suffix(suffix).unlink(missing_ok=True)
        finally:
            self.release()
