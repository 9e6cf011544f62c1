"""The site that the stories of the script are told on."""

from tests.functional.conftest import PLONES_OWN

import pytest


@pytest.fixture(scope="session")
def sqlite_site(served_copy):
    return served_copy()


@pytest.fixture(scope="session")
def unneeded():
    """The script needs nothing of Plone's; the screens' stories are told with all of it."""
    return PLONES_OWN
