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
def demo_site(zopes, tmp_path_factory):
    """The demo site with the readings that ``make run`` gives it."""
    site = DemoSite(tmp_path_factory.mktemp("demo"), zopes=zopes)
    site.start()
    yield site.url
    site.end()


@pytest.fixture(scope="session")
def visited_site(made_site, zopes, tmp_path_factory):
    """The demo site as it is served with visitors, whose visits it records."""
    site = DemoSite(tmp_path_factory.mktemp("visited"), made_site, zopes)
    site.start("--visitors")
    yield site.url
    site.end()


@pytest.fixture(scope="session")
def record_visits(browse_all_along):
    """Return a function: a site records visits from now on, with a cookie for guests."""

    def switch_on(site):
        # Whoever switches it on is no visitor.
        page = browse_all_along(site, "manager", reports=False)
        page.goto(f"{site}/@@clicktracker-settings")
        page.locator("details").evaluate_all(
            "all => all.forEach(one => { one.open = true; })"
        )
        page.check('[name="form.widgets.enabled:list"]')
        page.check('[name="form.widgets.guest_cookie"][value="always"]')
        page.click('[name="form.buttons.save"]')
        page.wait_for_selector("text=Changes saved")
        page.context.close()

    return switch_on
