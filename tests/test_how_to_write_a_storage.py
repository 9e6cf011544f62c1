"""The page docs/how-to-write-a-storage.md is right: its code is what runs here."""

from pathlib import Path
from slc.clicktracker import interfaces
from slc.clicktracker import testing
from slc.clicktracker.interfaces import IClickStorage
from tests.browser.report.reports import names_in
from tests.browser.report.reports import text_of
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on
from zope.component import getGlobalSiteManager
from zope.component.hooks import site as in_site
from zope.configuration import xmlconfig

import plone.api as api
import pytest
import re
import sys
import transaction
import types
import zope.component


PAGE = (Path(__file__).parents[1] / "docs" / "how-to-write-a-storage.md").read_text()
STORAGE, TESTS = re.findall(r"```python\n(.*?)```", PAGE, flags=re.S)
(ZCML,) = re.findall(r"```xml\n(.*?)```", PAGE, flags=re.S)


def module(name, code):
    made = types.ModuleType(name)
    sys.modules[name] = made
    exec(compile(code, name, "exec"), made.__dict__)
    return made


module("my", "")
module("my.package", "")
lines = module("my.package.lines", STORAGE)

TestLinesStorage = module("my.package.tests.test_lines", TESTS).TestLinesStorage


@pytest.fixture
def registered(site, tmp_path, monkeypatch):
    """The storage, registered as the page says."""
    monkeypatch.setenv("MY_READINGS", str(tmp_path / "lines"))
    with in_site(None):
        context = xmlconfig.file("meta.zcml", zope.component)
        xmlconfig.string(ZCML, context)
    components = getGlobalSiteManager()
    yield components.getUtility(IClickStorage)
    components.unregisterUtility(provided=IClickStorage)


def test_a_registered_storage_beats_the_dsn(tracked, visitor, registered, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "host=127.0.0.1 port=1 dbname=x")
    bob = visitor("bob")
    assert bob.post(CALLBACK, beacon(ticket_on(bob))).status_code == 200
    ((user, count, _, url),) = registered.getLog("/plone/board/agenda")
    assert (user, count, url) == ("bob", 1, "/board/agenda")


def test_the_report_works_with_it(tracked, visitor, registered):
    for user, times in (("bob", 2), ("alice", 1)):
        reader = visitor(user)
        for _ in range(times):
            reader.post(CALLBACK, beacon(ticket_on(reader)))
    manager = visitor("manager")
    answer = manager.get("/board/@@who-read-this?sort_on=count&sort_order=reverse")
    assert names_in(answer) == ["Bob Berger", "Alice Anders"]
    # What it can't know is not shown as nothing.
    assert "Time read" not in text_of(answer)
    answer = manager.get("/board/agenda/@@who-read-this?reader=ALI&b_size=1")
    assert names_in(answer) == ["Alice Anders"]
    assert manager.get("/board/@@who-read-this.csv").status_code == 200


def test_a_folder_is_not_reported_to_who_may_not_see_all_of_it(
    tracked, visitor, registered
):
    tracked.manage_setLocalRoles("carol", ["Tracking Manager"])
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(tracked.budget, "retract")
    tracked.reindexObjectSecurity()
    transaction.commit()
    registered.logAccess("alice", "/plone/board/budget", "/board/budget")
    carol = visitor("carol")
    answer = carol.get("/board/@@who-read-this")
    assert "can only report a folder as a whole" in text_of(answer)
    assert "alice" not in text_of(answer)
    answer = carol.get("/board/agenda/@@who-read-this")
    assert "Nobody is known" in text_of(answer)


def test_the_control_panel_says_what_such_a_storage_lacks(site, visitor, registered):
    page = visitor("manager").get("/@@clicktracker-settings").text
    assert "This storage only keeps who read what and when" in page
    assert "LinesStorage" in page


def test_whatever_it_raises_the_browser_is_asked_to_try_again(
    tracked, visitor, registered, monkeypatch
):
    def fail(*args):
        raise ZeroDivisionError("a fault in somebody else's code")

    bob = visitor("bob")
    message = beacon(ticket_on(bob))
    monkeypatch.setattr(type(registered), "logAccess", fail)
    assert bob.post(CALLBACK, message).status_code == 503
    monkeypatch.setattr(type(registered), "logAccess", lambda *args: False)
    assert bob.post(CALLBACK, message).status_code == 503


def test_a_report_of_a_storage_that_is_down_says_so(site, visitor, registered):
    registered.path = Path("/dev/null/readings")
    text = text_of(visitor("manager").get("/board/@@who-read-this"))
    assert "can't be reached now" in text


def test_the_page_says_of_each_capability_what_it_is():
    rows = re.findall(r"^\| `(I\w+)` \| (.*?) \|.*\| `(\w+)` \|$", PAGE, flags=re.M)
    capabilities = {
        name
        for name, each in vars(interfaces).items()
        if getattr(each, "__bases__", None) == (IClickStorage,)
    }
    assert {name for name, _methods, _contract in rows} == capabilities
    for name, methods, contract in rows:
        capability = getattr(interfaces, name)
        assert set(re.findall(r"`(\w+)`", methods)) == set(capability.names())
        assert contract in testing.__all__
