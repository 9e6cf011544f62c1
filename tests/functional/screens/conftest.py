"""The sites that the stories of the screens are told on."""

from tests.demo_site import DemoSite

import pytest


@pytest.fixture(scope="session")
def sqlite_site(served_copy):
    return served_copy()


@pytest.fixture(scope="session")
def postgresql_site(served_copy, postgresql_server):
    return served_copy(CLICKTRACKER_DSN=postgresql_server.create(empty=True))


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The demo site as ``make run`` makes and serves it."""
    site = DemoSite(tmp_path_factory.mktemp("demo"))
    site.start()
    yield site.url
    site.end()


@pytest.fixture(scope="session")
def visited_site(made_site, tmp_path_factory):
    """The demo site as it is served with visitors, whose visits it records."""
    site = DemoSite(tmp_path_factory.mktemp("visited"), made_site)
    site.start("--visitors")
    yield site.url
    site.end()
