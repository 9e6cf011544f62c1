"""docs/activities.md is right: its rules are rules, and its code runs in a package."""

from pathlib import Path
from slc.clicktracker.activities.activities import activities_of
from slc.clicktracker.activities.activities import classified
from slc.clicktracker.activities.rule_line import rule_of
from slc.clicktracker.activities.run import Run
from slc.clicktracker.interfaces import IActivity
from tests.activities.events import event
from zope.component import getGlobalSiteManager
from zope.component import getUtilitiesFor
from zope.component.hooks import site as in_site
from zope.configuration import xmlconfig

import pytest
import re
import sys
import types
import zope.component


PAGE = (Path(__file__).parents[2] / "docs" / "activities.md").read_text()
SECTION = PAGE.split("\n## Activities\n")[1].split("\n## ")[0]
(CODE,) = re.findall(r"```python\n(.*?)```", SECTION, flags=re.S)
(ZCML,) = re.findall(r"```xml\n(.*?)```", SECTION, flags=re.S)
RULES = re.findall(r"^    (\w[^:\n]*: .*)$", SECTION.split("```")[0], flags=re.M)


@pytest.fixture
def proofreading(monkeypatch):
    """A package with the code of the page, registered by its ZCML."""
    package = types.ModuleType("my_activities")
    package.__path__ = []
    package.__file__ = __file__
    module = types.ModuleType("my_activities.proofreading")
    exec(compile(CODE, module.__name__, "exec"), module.__dict__)
    package.proofreading = module
    for each in (package, module):
        monkeypatch.setitem(sys.modules, each.__name__, each)
    with in_site(None):
        context = xmlconfig.file("meta.zcml", zope.component)
        context.package = package
        xmlconfig.string(
            f"<configure xmlns='http://namespaces.zope.org/zope'>{ZCML}</configure>",
            context,
        )
    yield
    getGlobalSiteManager().unregisterUtility(provided=IActivity, name="proofreading")


def test_an_activity_of_another_package(proofreading):
    with in_site(None):
        activities = activities_of([], getUtilitiesFor(IActivity))
    events = (
        event(1, "read", document="a"),
        event(2, "edited", 1, document="a"),
        event(3, "edited", 2, document="b"),
    )
    parts = [
        (each and each.title, [int(one.key, 16) for one in own])
        for each, own in classified(Run(events), activities)
    ]
    assert parts == [("Proofreading", [2]), (None, [1, 3])]


def test_rules_on_the_page_are_rules():
    assert len(RULES) == 4
    assert [rule_of(line).title for line in RULES][1:3] == ["Updating", "Updating"]
    for condition in re.findall(r"^\| `([^`]*[0-9/N][^`]*)` \|", SECTION, flags=re.M):
        assert rule_of(f"A: read; {condition}")
