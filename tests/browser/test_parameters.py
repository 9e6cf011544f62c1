"""No parameter of any view of ours is an error of the server, whatever is in it."""

from collections import deque
from itertools import islice
from pathlib import Path
from plone.app.portlets.portlets import search
from plone.portlets.interfaces import IPortletAssignmentMapping
from plone.portlets.interfaces import IPortletManager
from slc.clicktracker import browser
from slc.clicktracker import reports
from tests.browser.views import our_views
from tests.nightly import NIGHTLY
from tests.plone_site import authenticator_in
from zope.component import getMultiAdapter
from zope.component import getUtility

import pytest
import re
import transaction


ROOMS = [Path(room.__file__).parent for room in (browser, reports)]

#: What our views ask a request for, by their source, beside the fields of forms.
ASKED = sorted(
    {
        name
        for room in ROOMS
        for module in room.rglob("*.py")
        for name in re.findall(
            r'(?:form\.get\(|_sent\()"(\w+)"|"([\w.]+)" in self\.request\.form',
            module.read_text("utf-8"),
        )
        for name in name
        if name
    }
)


def test_the_views_and_what_they_ask_for_are_found(integration):
    views = our_views()
    assert len(views) > 20
    for name in ("/@@clicktracker-settings", "/board/agenda/@@who-read-this.csv"):
        assert name in views
    for name in ("tab", "sort_on", "level", "since", "b_size", "person", "withdraw"):
        assert name in ASKED


@pytest.fixture
def manager(read, visitor):
    return visitor("manager")


def names_of(page):
    """Return what a view asks for: any of ours, and the fields that it shows."""
    return [*ASKED, *sorted(set(re.findall(r'name="(form\.widgets\.[\w.-]+)', page)))]


KINDS = {
    "invalid UTF-8": lambda name: f"{name}=%ED%A0%80%00",
    "two values": lambda name: f"{name}=7&{name}=%ED%A0%80",
    "a number": lambda name: f"{name}:int=7",
    "a record": lambda name: f"{name}.a:record=7",
}


def test_nothing_strange_in_an_address_is_an_error(manager):
    kinds = deque(KINDS.items())
    for path in our_views():
        names = names_of(manager.get(path).text)
        # By day each view has two of them. They are not mixed: one that makes Zope refuse
        # the request would hide what the others do.
        for kind, of in islice(kinds, len(kinds) if NIGHTLY else 2):
            query = "&".join(map(of, names))
            assert manager.get(f"{path}?{query}").status_code < 500, (path, kind)
        kinds.rotate()


POSTED = [
    "/@@clicktracker-ban",
    "/@@clicktracker-bans",
    "/@@clicktracker-forget",
    "/@@clicktracker-settings",
    "/board/agenda/@@clicktracker-audience",
    "/board/agenda/@@clicktracker-audience-rule",
    "/board/agenda/@@clicktracker-excuse",
    "/board/agenda/@@clicktracker-minor-change",
    "/board/agenda/@@tracking",
]


@pytest.mark.parametrize("path", POSTED)
def test_nothing_strange_in_a_form_is_an_error(manager, path):
    page = manager.get(path).text
    token = re.search(r'data-token="(\w+)"', page)[1]
    names = [*names_of(page), "form.widgets.roles"]
    for value in (b"\xed\xa0\x80\x00", "7"):
        data = [(name, value) for name in names for _twice in range(2)]
        data += [("form.buttons.save", "x"), ("_authenticator", token)]
        answer = manager.session.post(manager.url_of(path), data=data)
        assert answer.status_code in (200, 404), value
    files = [(name, ("x.txt", b"x")) for name in names]
    data = {"form.buttons.save": "x", "_authenticator": token}
    answer = manager.session.post(manager.url_of(path), data=data, files=files)
    assert answer.status_code == 200


def test_a_list_stays_one_where_a_view_wants_it(manager, read):
    path = "/board/agenda/@@clicktracker-audience-rule"
    data = {
        "form.widgets.choice": "named",
        "form.widgets.roles": ["Editor", "Reader"],
        "form.buttons.save": "Save",
        "_authenticator": authenticator_in(manager.get(path).text),
    }
    answer = manager.session.post(manager.url_of(path), data=data)
    transaction.begin()
    assert "Your choice was saved" in answer.text
    assert "role Editor" in answer.text
    assert "role Reader" in answer.text


def test_our_screens_have_no_columns_of_portlets(manager, read):
    column = getUtility(IPortletManager, "plone.rightcolumn")
    portlets = getMultiAdapter((read, column), IPortletAssignmentMapping)
    portlets["search"] = search.Assignment()
    transaction.commit()
    column = 'id="portal-column-two"'
    assert column in manager.get("/board/agenda").text
    for name in ("@@tracking", "@@who-read-this", "@@clicktracker-audience"):
        assert column not in manager.get(f"/board/agenda/{name}", whole=True).text


def test_tabs_of_a_browser_can_be_told_apart(manager):
    paths = [path for path in our_views() if "agenda" in path and "." not in path]
    pages = {
        path: manager.get(path, whole=True).text for path in ["/board/agenda", *paths]
    }
    titles = {
        path: re.search("<title>(.*?)</title>", page)[1]
        for path, page in pages.items()
        if "<title>" in page and "-print" not in path
    }
    assert len(titles) == len(set(titles.values())) >= 7
    assert titles["/board/agenda/@@tracking"].startswith("Tracking — Agenda — ")
    page = manager.get("/@@clicktracker-settings", whole=True).text
    assert "<title>ClickTracker Settings — " in page
