"""The folder that a test has for itself."""

from itertools import count

import pytest


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
