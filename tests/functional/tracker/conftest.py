"""The site that the stories of the script are told on."""

import pytest


@pytest.fixture(scope="session")
def sqlite_site(served_copy):
    return served_copy()


@pytest.fixture(scope="session")
def unneeded():
    """The script needs nothing of Plone's, which takes most of the time of a page; the
    screens' stories are told with all of it."""
    return ("*bundle-plone*", "*.woff2")
