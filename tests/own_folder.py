"""The folder that a test has for itself, in memory where there is room.

Databases of tests wait for the disk a thousand times; ``--basetemp`` or
``PYTEST_DEBUG_TEMPROOT`` puts them elsewhere.
"""

from itertools import count
from pathlib import Path
from ZODB import DemoStorage

import os
import pytest
import shutil


MEMORY = Path("/dev/shm")
#: Bytes. A whole run has taken 240 megabytes.
ROOM = 2 << 30


def has_room(folder: Path) -> bool:
    """Tell whether the tests can have their folders there. Docker lets nobody run a program
    there, as some of them do."""
    return (
        os.access(folder, os.W_OK)
        and not os.statvfs(folder).f_flag & os.ST_NOEXEC
        and shutil.disk_usage(folder).free > ROOM
    )


def pytest_configure():
    if has_room(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_unconfigure():
    """Remove the folders of blobs of databases that live as long as the process: when that
    ends, ZODB would find Python half taken apart."""
    for storage in tuple(DemoStorage._temporary_blobdirs):
        DemoStorage.cleanup_temporary_blobdir(storage)


@pytest.fixture(scope="session")
def _folders(tmp_path_factory):
    """The numbers of the folders, and where they are."""
    return count(), tmp_path_factory.getbasetemp()


@pytest.fixture
def tmp_path(_folders):
    """As pytest's own one, which for its next number looks through all folders that
    there are: with thousands of tests, that takes longer than many of them."""
    numbers, base = _folders
    path = base / f"test-{next(numbers)}"
    path.mkdir(mode=0o700)
    return path
