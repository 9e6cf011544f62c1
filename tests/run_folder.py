"""What is made once for all processes of the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fcntl
import os
import pytest


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Keep the other processes of the tests out."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory) -> Path:
    """The folder of this run, which its processes share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
