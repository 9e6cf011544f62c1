"""The site that the stories of the script are told on."""

import pytest


@pytest.fixture(scope="session")
def sqlite_site(served_copy):
    return served_copy()
