"""Files of SQLite that are for their owner alone."""

from contextlib import suppress
from pathlib import Path


def keep_private(path: Path) -> None:
    """Leave a file to which there is a connection by now to its owner alone.

    SQLite gives the files beside it the same rights, but those that an older release
    has left keep theirs. By name: to open and close a file would take the locks away
    that other connections of this process have on it.
    """
    for suffix in ("", "-wal", "-shm"):
        restrict(path.with_name(path.name + suffix), 0o600)


def restrict(path: Path, mode: int) -> None:
    """Leave only these rights; only the owner can, and another process may have
    removed the file meanwhile."""
    with suppress(FileNotFoundError, PermissionError):
        if path.stat().st_mode & 0o777 & ~mode:
            path.chmod(mode)
