"""The pages in docs/ about services are right: their code runs, their tables are whole."""

from pathlib import Path
from slc.clicktracker.analytics.clicky import IClickySettings
from slc.clicktracker.analytics.clicky import PROPERTIES
from slc.clicktracker.analytics.interfaces import IAnalyticsData
from slc.clicktracker.analytics.interfaces import IAnalyticsProvider
from slc.clicktracker.analytics.matomo import IMatomoSettings
from slc.clicktracker.interfaces import IAnalyticsSettings
from tests.analytics.pages import carried
from tests.analytics.pages import page_of
from tests.analytics.pages import switch
from zope.component import getGlobalSiteManager
from zope.component.hooks import site as in_site
from zope.configuration import xmlconfig
from ZPublisher import HTTPRequest

import pytest
import re
import sys
import types
import zope.component


DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "analytics.md").read_text()
SAID, TIMEOUT, COUNTER = re.findall(r"```python\n(.*?)```", PAGE, flags=re.S)
SUBSCRIBER, UTILITY = re.findall(r"```xml\n(.*?)```", PAGE, flags=re.S)


def module(name, code):
    made = types.ModuleType(name)
    sys.modules[name] = made
    exec(compile(code, name, "exec"), made.__dict__)
    return made


@pytest.fixture
def my_package(monkeypatch):
    """A package with the code of the page, registered by its ZCML."""
    package = types.ModuleType("my.services")
    package.__path__ = []
    package.__file__ = __file__
    monkeypatch.setitem(sys.modules, "my", types.ModuleType("my"))
    monkeypatch.setitem(sys.modules, "my.services", package)
    names = ("my.services.services", "my.services.counter")
    for name, code in zip(names, (TIMEOUT, COUNTER), strict=True):
        package.__dict__[name.rpartition(".")[2]] = module(name, code)
    with in_site(None):
        context = xmlconfig.file("meta.zcml", zope.component)
        context.package = package
        xmlconfig.string(
            "<configure xmlns='http://namespaces.zope.org/zope'>"
            f"{SUBSCRIBER}{UTILITY}</configure>",
            context,
        )
    components = getGlobalSiteManager()
    yield package
    components.unregisterUtility(provided=IAnalyticsProvider, name="counter")
    for one in list(components.registeredSubscriptionAdapters()):
        if one.provided is IAnalyticsData:
            components.unregisterSubscriptionAdapter(
                one.factory, one.required, one.provided
            )


def test_a_service_of_another_package(site, visitor, my_package, say):
    say(counter_colour="blue")
    page = carried(page_of(visitor("bob")))
    assert page.scripts == ["https://counter.example.org/count.js"]
    found = page.data["counter"]
    assert (found["user"], found["said"]) == ("bob", {"colour": "blue"})
    assert carried(page_of(visitor())).data["counter"]["user"] is None


def test_it_is_left_out_for_internal_visitors(site, visitor, my_package, monkeypatch):
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ["127.0.0.1"])
    switch(internal_networks=("192.0.2.0/24",))
    office = visitor("bob")
    office.session.headers["X-Forwarded-For"] = "192.0.2.1"
    page = carried(page_of(office))
    assert page.comments == ["Counter: switched off for internal addresses"]
    assert page.data == {}


def test_what_a_page_says(site, visitor, my_package, on_each_request):
    names = {}
    on_each_request(lambda request: exec(SAID, {**names, "request": request}))
    switch(IClickySettings, site_id="1")
    custom = carried(page_of(visitor())).data["clicky"]["custom"]
    assert custom == {"title": "A better page title", "timeout": 10}


@pytest.mark.parametrize(
    "schema, page",
    [
        (IAnalyticsSettings, "analytics.md"),
        (IClickySettings, "analytics/clicky.md"),
        (IMatomoSettings, "analytics/matomo.md"),
    ],
)
def test_each_setting_is_in_its_table(schema, page):
    text = (DOCS / page).read_text()
    assert f"`{schema.__identifier__}`" in text
    rows = dict(re.findall(r"^\| ([^|]+) \| `(\w+)` \|", text, flags=re.M))
    assert set(rows.values()) == set(schema.names(all=True))
    for title, name in rows.items():
        plain = schema[name].title.replace("“", '"').replace("”", '"')
        assert title == plain


def test_each_property_of_clicky_is_in_its_table():
    text = (DOCS / "analytics" / "clicky.md").read_text()
    _head, table = text.split("## What a page can say")
    named = set(re.findall(r"`(\w+)`", table))
    assert set(PROPERTIES) <= named


def test_every_template_tag_and_setting_of_the_other_is_in_the_table():
    for name in (
        "analytical_head_top",
        "analytical_head_bottom",
        "analytical_body_top",
        "analytical_body_bottom",
        "CLICKY_SITE_ID",
        "MATOMO_DOMAIN_PATH",
        "MATOMO_SITE_ID",
        "MATOMO_DISABLE_COOKIES",
        "CLICKY_INTERNAL_IPS",
        "MATOMO_INTERNAL_IPS",
        "ANALYTICAL_INTERNAL_IPS",
        "INTERNAL_IPS",
        "ANALYTICAL_AUTO_IDENTIFY",
        "analytical_identity",
        "clicky_session",
        "clicky_goal",
        "clicky_split",
        "clicky_href",
        "clicky_title",
        "matomo_vars",
        "matomo_identity",
    ):
        assert name in PAGE
