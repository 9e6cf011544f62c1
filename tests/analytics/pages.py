"""Settings of services, and pages with what they carry, as tests look at them."""

from dataclasses import dataclass
from html.parser import HTMLParser
from plone import api
from slc.clicktracker.analytics.clicky import IClickySettings
from slc.clicktracker.analytics.matomo import IMatomoSettings
from slc.clicktracker.interfaces import IAnalyticsSettings
from zope.globalrequest import getRequest

import json
import re
import transaction


HTML = {"Accept": "text/html"}


def switch(schema=IAnalyticsSettings, **settings):
    registry = api.portal.get_tool("portal_registry")
    for name, value in settings.items():
        registry[f"{schema.__identifier__}.{name}"] = value
    transaction.commit()
    getRequest().other.pop("_plone_registry_cache", None)


def use_clicky(**settings):
    switch(IClickySettings, **{"site_id": "12345678", **settings})


def use_matomo(**settings):
    given = {"address": "stats.example.org", "site_id": "4", **settings}
    switch(IMatomoSettings, **given)


class _Parser(HTMLParser):
    def __init__(self):
        super().__init__()
        self.scripts, self.images, self.comments = [], [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "script" and "data-page" in attrs:
            self.scripts.append(attrs)
        if tag == "img" and attrs.get("width") == "1":
            self.images.append(attrs["src"])

    def handle_comment(self, data):
        if "internal addresses" in data:
            self.comments.append(data.strip())


@dataclass
class Carried:
    """What a page carries for services: ``data`` by the name of each."""

    data: dict
    scripts: list
    images: list
    comments: list


def carried(text):
    parser = _Parser()
    parser.feed(text)
    data = [json.loads(script["data-page"]) for script in parser.scripts]
    scripts = [script["src"] for script in parser.scripts]
    by_name = {one["name"]: one for one in data}
    assert len(by_name) == len(data), "a service is there twice"
    return Carried(by_name, scripts, parser.images, parser.comments)


def page_of(visitor, path="/board/agenda", **options):
    answer = visitor.get(path, headers=HTML, **options)
    assert answer.status_code == 200
    return answer.text


def body_of(text):
    """Return a page without what is different each time."""
    return re.sub(r'value="[0-9a-f]{40}"', "", text)
