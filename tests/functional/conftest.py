"""The demo site as ``make run`` serves it, in a process of its own, and Chromium.

With ``CLICKTRACKER_SCREENSHOTS`` set to a folder, the pictures of the README are
put there.
"""

from functools import cache
from pathlib import Path
from tests.demo_site import DemoSite
from tests.functional.raw_chromium import RawChromium
from tests.functional.settling import watch
from tests.nightly import STORAGES

import os
import pytest
import requests
import shutil


#: Chromium's own one says that nobody is in front of it.
USER_AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36"
)


@pytest.fixture(scope="session")
def served_copy(made_site, zopes, tmp_path_factory):
    """Return a function: the address of a copy of the demo site before anybody has
    read anything. ``environ`` is as for ``DemoSite``."""
    sites = []

    def serve(**environ):
        folder = tmp_path_factory.mktemp("served")
        site = DemoSite(folder, made_site, zopes, **environ)
        sites.append(site)
        site.start()
        return site.url

    yield serve
    for site in sites:
        site.end()


@pytest.fixture(params=STORAGES)
def served(request):
    """The address of the demo site, on any storage."""
    return request.getfixturevalue(f"{request.param}_site")


@pytest.fixture
def shoot():
    """Return a function that takes a picture for the README, where that is asked for."""
    folder = os.environ.get("CLICKTRACKER_SCREENSHOTS")

    def save(page, name):
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png")

    return save


#: What the system may have, the best first; without any it is Playwright's own.
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HEADLESS = ("chromium-headless-shell", *CHROMIUMS)


def first_of(names):
    """Return the path of the first program that there is, None without any."""
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Without windows where that can be had, which takes a third of the time."""
    arguments = ["--no-sandbox", "--disable-background-networking"]
    arguments += ["--disable-component-update", "--disable-sync"]
    # That of a context isn't used for what a page sends while it is left.
    arguments.append(f"--user-agent={USER_AGENT}")
    found = first_of(HEADLESS)
    return {
        **browser_type_launch_args,
        "args": arguments,
        **({"executable_path": found} if found else {}),
    }


@pytest.fixture
def raw_chromium(browser_type, browser_type_launch_args, tmp_path):
    """A Chromium whose pages are in front only when they are."""
    browser = RawChromium(
        first_of(CHROMIUMS) or browser_type.executable_path,
        tmp_path / "profile",
        *browser_type_launch_args["args"],
    )
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "user_agent": USER_AGENT}


@pytest.fixture(scope="session")
def log_in():
    """Return a function: the cookies of somebody's log-in to a site, none of nobody's."""

    @cache
    def of(site, user):
        if user is None:
            return []
        session = requests.Session()
        form = {"__ac_name": user, "__ac_password": "board-papers"}
        session.post(f"{site}/login", form | {"buttons.login": "Log in"})
        kept = [
            {"name": one.name, "value": one.value, "url": site}
            for one in session.cookies
            if one.value
        ]
        assert "__ac" in [one["name"] for one in kept], user
        return kept

    return of


#: What says that a page was opened.
TRACKER = "*tracker.js*"

#: Plone's scripts and fonts, which take most of the time of a page.
PLONES_OWN = ("*bundle-plone*", "*.woff2")


def opened(context, cookies, *blocked):
    """Return a page of a browser that has the ``cookies`` of a log-in, and asks for
    nothing that is ``blocked``."""
    context.add_cookies(cookies)
    page = context.new_page()
    page.set_default_timeout(20_000)
    watch(page)
    if blocked:
        # A route would do it, too, but with one all other scripts are fetched and compiled
        # for each page.
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setBlockedURLs", {"urls": list(blocked)})
    return page


@pytest.fixture(scope="session")
def unneeded():
    """What no page of a room's tests needs of Plone."""
    return ()


@pytest.fixture
def context_for(new_context):
    """Return a function: the context of somebody who comes to a site."""
    return lambda site, **options: new_context(**options)


@pytest.fixture
def browse(context_for, log_in, unneeded):
    """Return a function: a page of a site in a browser of somebody's own.

    Who only manages papers ``reports`` nothing, so that the site has the readers that
    the tests have told it of, however long a page stays open on the way to another.
    """

    def as_(site, user=None, *, reports=True, viewport=None, **options):
        # Not its messages: those that outlive their page can't be held back.
        blocked = unneeded if reports else (*unneeded, TRACKER)
        page = opened(context_for(site, **options), log_in(site, user), *blocked)
        if viewport:
            page.set_viewport_size(viewport)
        return page

    return as_


@pytest.fixture(scope="session")
def browse_all_along(browser, browser_context_args, log_in):
    """The same for what is made once for many tests; the page is open until they end."""

    def as_(site, user=None, *, reports=True):
        context = browser.new_context(**browser_context_args)
        return opened(context, log_in(site, user), *(() if reports else [TRACKER]))

    return as_
