"""A browser that looks at the site, and servers that stand in for the services."""

from tests.analytics.conftest import on_each_request  # noqa: F401
from tests.analytics.conftest import say  # noqa: F401
from tests.analytics.pages import use_clicky
from tests.analytics.pages import use_matomo
from tests.functional.analytics.stand_ins import StandIn
from tests.functional.conftest import opened
from tests.functional.conftest import PLONES_OWN
from urllib.parse import urlsplit

import pytest


@pytest.fixture
def stand_in():
    server = StandIn()
    yield server
    server.end()


@pytest.fixture
def matomo(site, stand_in):
    use_matomo(address=f"{stand_in.address}/stats", https=False)
    return stand_in


@pytest.fixture
def clicky(site, stand_in):
    use_clicky()
    return stand_in


@pytest.fixture
def look(new_context, visitor, stand_in):
    """Return a function: somebody's browser. What it wants of Clicky it gets from the
    stand-in, and whatever goes wrong in a page is in ``errors`` of the page."""
    routed = []

    def of(user=None, **options):
        context = new_context(**options)
        url = visitor().site_url
        cookies = [
            {"name": one.name, "value": one.value, "url": url}
            for one in (visitor(user).session.cookies if user else ())
            if one.value
        ]

        def instead(route):
            parts = urlsplit(route.request.url)
            address = f"http://{stand_in.address}{parts.path}?{parts.query}"
            route.fulfill(response=route.fetch(url=address))

        context.route("https://*.getclicky.com/**", instead)
        routed.append(context)
        page = opened(context, cookies, *PLONES_OWN)
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("dialog", lambda dialog: page.errors.append("A dialog was opened"))
        return page

    yield of
    for context in routed:
        # What is still on its way would fail in the test after this one.
        context.unroute_all(behavior="ignoreErrors")


@pytest.fixture
def agenda(visitor):
    return f"{visitor().site_url}/board/agenda"
