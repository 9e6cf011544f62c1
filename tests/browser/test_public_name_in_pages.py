"""What readers' pages carry where the site has a name of its own for it."""

from html import unescape
from plone.app.viewletmanager.interfaces import IViewletSettingsStorage
from slc.clicktracker.browser.static_url import static_url
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.sites.public_name import SCRIPTS
from tests.analytics.pages import switch
from tests.analytics.pages import use_clicky
from tests.analytics.pages import use_matomo
from tests.audience.people import expect
from tests.browser.acknowledgements.acknowledging import ask_readers
from tests.public_names import call_it
from tests.public_names import offensive_in
from zope.component import getUtility

import pytest
import re


@pytest.fixture
def everything(visits, in_browser, tracked):
    """Readers' pages carry all that there is."""
    # What browsers without scripts fetch has an address of the service's own.
    switch(internal_networks=("192.0.2.0/24",), noscript_image=False)
    switch(IMemberEventsSettings, page_events=True)
    use_clicky()
    use_matomo()
    storage = getUtility(IViewletSettingsStorage)
    storage.setHidden("plone.belowcontent", "Plone Default", ())
    expect(tracked, "bob")
    ask_readers(tracked)


def scripts_in(page):
    return re.findall(r'<script[^>]* src="([^"]*\+\+unique\+\+[^"]*)"', page)


def test_without_a_name_pages_are_as_they_were(everything, in_browser):
    page = in_browser().get("/board/agenda").text
    assert "data-name" not in page
    assert 'class="clicktracker-analytics"' in page
    assert 'class="clicktracker-presence"' in page
    names = [address.rpartition("/")[2] for address in scripts_in(page)]
    assert sorted(name for name in names if name in SCRIPTS) == sorted(SCRIPTS)


@pytest.mark.parametrize("user", [None, "bob"])
@pytest.mark.parametrize("path", ["/board/agenda", "/rules", ""])
def test_nothing_offends_a_content_blocker(everything, in_browser, user, path):
    call_it("notes")
    page = in_browser(user).get(path).text
    assert offensive_in(page) == []
    assert 'class="notes-services"' in page
    assert 'class="notes-presence"' in page
    ours = [address for address in scripts_in(page) if "notes" in address]
    assert len(set(ours)) == len(SCRIPTS)
    asked = set(re.findall(r'"ask": "([^"]*)"', unescape(page)))
    assert len(asked) == (0 if user else 1)
    for address in asked:
        assert address.endswith("/plone/@@notes-internal")
        assert in_browser().session.get(address).json() == []


def test_each_script_is_the_same_under_both_names(site, visitor):
    call_it("notes")
    guest = visitor()
    for name in SCRIPTS:
        address = static_url(guest.site_url, name)
        assert "/++plone++notes/++unique++" in address
        usual = address.replace("++plone++notes", "++plone++slc.clicktracker")
        usual = f"{usual.rpartition('/')[0]}/{name}"
        answers = [guest.session.get(each) for each in (address, usual)]
        assert [answer.status_code for answer in answers] == [200, 200]
        same = ("Content-Type", "Cache-Control", "Expires")
        one, other = ([a.headers.get(each) for each in same] for a in answers)
        assert one == other
        assert answers[0].content == answers[1].content


def test_files_that_no_reader_gets_keep_their_names(site, visitor):
    call_it("notes")
    address = static_url(visitor().site_url, "charts.js")
    assert "/++plone++slc.clicktracker/" in address
    guest = visitor()
    for name in ("charts.js", "tracker.js", "live.js"):
        path = f"/++plone++notes/++unique++0/{name}"
        assert guest.get(path).status_code == 404


def test_how_many_are_here_is_said_by_the_new_name_as_well(in_browser):
    call_it("notes")
    bob = in_browser("bob")
    usual = bob.get("/rules/@@clicktracker-visitors").text
    assert usual.startswith("On this page now")
    assert bob.get("/rules/@@notes-visitors").text == usual
