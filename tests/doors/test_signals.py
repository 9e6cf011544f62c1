"""Browsers that ask not to be tracked, and a site that respects that, or doesn't."""

from slc.clicktracker.visitors.signals import asks_not_to_be_tracked
from tests.browser.privacy.settings import choose_privacy
from tests.browser_visits import look_at
from tests.browser_visits import switch
from tests.doors.beacons import ask
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK

import pytest


SIGNALS = [{"DNT": "1"}, {"Sec-GPC": "1"}]
IDS = ["DNT", "GPC"]


def that_asks(browser, signal):
    """A browser whose user has switched that on."""
    browser.session.headers.update(signal)
    return browser


@pytest.mark.parametrize(
    "environ, asks",
    [
        ({}, False),
        ({"HTTP_DNT": "1"}, True),
        ({"HTTP_SEC_GPC": "1"}, True),
        ({"HTTP_DNT": "0", "HTTP_SEC_GPC": "true"}, False),
    ],
)
def test_only_what_the_standards_name_is_a_signal(environ, asks):
    assert asks_not_to_be_tracked(environ) is asks


@pytest.mark.parametrize("signal", SIGNALS, ids=IDS)
@pytest.mark.parametrize("name", [None, "bob"])
def test_no_visit_is_recorded_of_who_asks_not_to_be_tracked(
    in_browser, views_waiting, name, signal
):
    answer = look_at(that_asks(in_browser(name), signal), "/rules")
    assert "Set-Cookie" not in answer.headers
    look_at(in_browser("carol"), "/rules", view="another-view-of-it")
    assert [view.reader.user for view in views_waiting()] == ["carol"]


def test_that_a_member_has_read_something_tracked_is_evidence_and_stays(
    in_browser, views_waiting, waiting
):
    look_at(that_asks(in_browser("bob"), SIGNALS[1]), "/board/agenda")
    assert views_waiting() == []
    assert {one.origin for one in waiting()} == {"served", "page"}


def test_a_guest_who_asks_not_to_be_tracked_is_not_counted(
    guests_counted, in_browser, waiting
):
    guest = that_asks(in_browser(), SIGNALS[1])
    ticket = ask(guest).json()["ticket"]
    assert guest.post(CALLBACK, beacon(ticket)).status_code == 200
    assert waiting() == []


@pytest.mark.parametrize("source", ["script", "server"])
def test_a_site_may_record_them_all_the_same(in_browser, views_waiting, source):
    choose_privacy(respect_signals=False)
    switch(source=source)
    bob = that_asks(in_browser("bob"), SIGNALS[0])
    if source == "script":
        look_at(bob, "/rules")
    else:
        bob.get("/rules")
    assert [view.reader.user for view in views_waiting()] == ["bob"]


def test_what_the_server_notes_itself_respects_it_too(in_browser, views_waiting):
    switch(source="server")
    that_asks(in_browser("bob"), SIGNALS[0]).get("/rules")
    in_browser("carol").get("/rules")
    assert [view.reader.user for view in views_waiting()] == ["carol"]
