"""The sites that the stories of the screens are told on."""

from tests.demo_site import DemoSite
from tests.functional.kept_contexts import KeptContexts
from urllib.parse import urlsplit

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
def kept_contexts(browser, browser_context_args):
    return KeptContexts(browser, **browser_context_args)


@pytest.fixture
def context_for(kept_contexts, new_context):
    """Somebody who asks for nothing special uses the browser of an earlier test; who comes
    ``afresh`` has nothing of the site yet."""
    taken = []

    def of(site, afresh=False, **options):
        if afresh or options:
            return new_context(**options)
        taken.append((kept_contexts.take(), site))
        return taken[-1][0]

    yield of
    for context, site in taken:
        kept_contexts.put_back(context, urlsplit(site)._replace(path="").geturl())


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
