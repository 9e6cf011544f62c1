"""How many visitors there are now, as pages say it."""

from plone import api
from plone.app.viewletmanager.interfaces import IViewletSettingsStorage
from plone.portlets.interfaces import IPortletAssignmentMapping
from plone.portlets.interfaces import IPortletManager
from Products.PageTemplates.ZopePageTemplate import ZopePageTemplate
from slc.clicktracker.browser.visitors.portlet import Assignment
from slc.clicktracker.doors.process import collector
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.sites import presence
from slc.clicktracker.storage.errors import StorageUnavailable
from tests.browser_visits import look_at
from tests.browser_visits import switch
from zope.component import getMultiAdapter
from zope.component import getUtility
from zope.interface import alsoProvides

import pytest
import transaction


@pytest.fixture
def now(monkeypatch):
    """Return a function: what is recorded until now is stored, and asked for anew."""

    def settle():
        collector().drain()
        presence._known.clear()
        presence._down.clear()

    return settle


@pytest.fixture
def template(site):
    """Return a function: what a template shows on a page, which somebody without any
    special right may have written."""
    alsoProvides(site.REQUEST, IClickTrackerLayer)

    def show(content):
        transaction.begin()
        with api.env.adopt_user("bob"):
            return ZopePageTemplate("here_now", SHOWS).__of__(content)()

    return show


SHOWS = (
    '<b tal:content="context/@@clicktracker-visitors/visitors_on_site" /> '
    '<i tal:content="context/@@clicktracker-visitors/visitors_on_page" />'
)


def said(visitor, path="/rules"):
    return visitor.get(f"{path}/@@clicktracker-visitors").text


def test_members_are_counted_once_with_however_many_browsers(in_browser, now):
    bob, again, carol = in_browser("bob"), in_browser("bob"), in_browser("carol")
    for number, (who, path) in enumerate(
        [(bob, "/rules"), (again, "/board/agenda"), (carol, "/rules")]
    ):
        look_at(who, path, view=f"view-number-{number:08d}")
    now()
    assert said(bob) == "On this page now: 1 of 2 members on the site."
    assert said(bob, "/board/agenda") == "On this page now: 1 of 2 members on the site."
    assert said(bob, "/board") == "On this page now: 0 of 2 members on the site."


def test_guests_count_where_a_cookie_tells_them_apart(in_browser, now):
    switch(guest_cookie="always")
    for number in range(2):
        guest = in_browser()
        for engaged in (0, 5_000):
            look_at(guest, "/rules", view=f"view-number-{number:08d}", engaged=engaged)
    now()
    assert said(in_browser()) == "On this page now: 2 of 2 visitors on the site."


def test_the_page_that_was_seen_last_is_the_page(in_browser, now):
    bob = in_browser("bob")
    look_at(bob, "/rules")
    look_at(bob, "/board/agenda", view="the-view-of-the-agenda")
    now()
    assert "0 of 1" in said(bob)
    assert "1 of 1" in said(bob, "/board/agenda")


def test_a_template_shows_the_numbers(in_browser, now, template, site):
    bob = in_browser("bob")
    look_at(bob, "/rules")
    now()
    assert "<b>1</b> <i>1</i>" in template(site.rules)


def test_few_people_are_not_shown_where_the_site_says_so(
    in_browser, now, template, site
):
    switch(presence_minimum=2)
    bob = in_browser("bob")
    look_at(bob, "/rules")
    now()
    assert said(bob) == ""
    assert "<b></b> <i></i>" in template(site.rules)


def test_nothing_is_said_where_visits_are_not_recorded(tracked, visitor):
    assert said(visitor()) == ""


def test_nobody_knows_while_the_storage_is_down(in_browser, monkeypatch, now):
    monkeypatch.setenv("CLICKTRACKER_DSN", "host=127.0.0.1 port=1 dbname=nowhere")
    assert said(in_browser("bob")) == ""


def test_no_page_waits_again_for_a_storage_that_is_down(in_browser, monkeypatch, site):
    asked = []

    def is_down(*_interfaces):
        asked.append(1)
        raise StorageUnavailable("it is down")

    monkeypatch.setattr(presence, "storage_with", is_down)
    for uid in ("one", "other"):
        assert presence.presence(uid) is None
    assert len(asked) == 1


def test_a_number_is_good_for_some_seconds(in_browser, now):
    bob = in_browser("bob")
    look_at(bob, "/rules")
    now()
    assert "1 of 1" in said(bob)
    look_at(in_browser("carol"), "/rules", view="the-view-of-carol")
    collector().drain()
    assert "1 of 1" in said(bob)
    now()
    assert "2 of 2" in said(bob)


def test_the_viewlet_is_there_and_hidden_at_first(in_browser, now):
    bob = in_browser("bob")
    look_at(bob, "/rules")
    now()
    assert "clicktracker-presence" not in bob.get("/rules").text
    storage = getUtility(IViewletSettingsStorage)
    for skin in (
        "Plone Default",
        "*",
        api.portal.get_tool("portal_skins").default_skin,
    ):
        storage.setHidden("plone.belowcontent", skin, ())
    transaction.commit()
    now()
    page = bob.get("/rules").text
    assert "On this page now: 1 of 1 members on the site." in page


def test_the_portlet_shows_the_sentence(in_browser, now, site):
    manager = getUtility(IPortletManager, name="plone.rightcolumn")
    mapping = getMultiAdapter((site, manager), IPortletAssignmentMapping)
    mapping["visitors"] = Assignment()
    transaction.commit()
    bob = in_browser("bob")
    look_at(bob, "/rules")
    now()
    page = bob.get("/rules").text
    assert "Visitors now" in page
    assert "On this page now: 1 of 1 members on the site." in page
