"""What scripts and elements of a page say happens there: the services and the site hear."""

from plone import api
from slc.clicktracker.collector.spool_line import unpacked
from slc.clicktracker.doors.process import collector
from slc.clicktracker.interfaces import IGoalSettings
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.sites.uids import document_uid
from tests.analytics.pages import switch
from tests.functional.analytics.banner import agree
from tests.functional.waiting import wait_until

import pytest
import transaction


BUTTON = """
<a id="link" href="#x" data-clicktracker-event="menu:open"
   data-clicktracker-data='{"place": "top", "depth": 2}'><b>Open</b></a>
<a id="wrong" href="#x" data-clicktracker-event="menu:open"
   data-clicktracker-data='{"place": '>Open</a>
<form data-clicktracker-event="search" onsubmit="return false"><p>Text</p>
  <button>Go</button></form>
"""


@pytest.fixture
def page_events(site):
    values = {"enabled": True, "purpose": "To learn.", "users": ("bob",)}
    for name, value in {**values, "page_events": True}.items():
        api.portal.set_registry_record(name, value, IMemberEventsSettings)
    transaction.commit()


def of_pages(site):
    """Return names and data of the events of pages that were spooled. The storage is down."""
    records = collector().spools.own.batch(document_uid(site), 100).records
    events = unpacked(records).events
    return [(one.detail, one.data) for one in events if one.kind == "event"]


def test_they_reach_the_services_and_the_site(
    page_events, matomo, clicky, waiting, look, agenda, tracked
):
    page = look("bob")
    page.goto(agenda)
    page.wait_for_function("window.calls && window.found")
    page.evaluate("void (clicky.log = (...said) => (window.logged ??= []).push(said))")
    before = page.evaluate("calls.length")
    assert page.evaluate("clicktracker.event('video:play', {title: 'Über', s: 3})")
    page.evaluate(
        "html => document.body.insertAdjacentHTML('afterbegin', html)", BUTTON
    )
    for clicked in ("#link b", "#wrong", "form[data-clicktracker-event] p"):
        page.dispatch_event(clicked, "click")
    page.locator("form[data-clicktracker-event] button").click()
    assert page.evaluate(f"calls.slice({before})") == [
        ["trackEvent", "clicktracker", "video:play", "Über", 3],
        ["trackEvent", "clicktracker", "menu:open", "top", 2],
        ["trackEvent", "clicktracker", "search", ""],
    ]
    assert page.evaluate("logged") == [
        ["#video:play", "video:play: Über", "click"],
        ["#menu:open", "menu:open: top", "click"],
        ["#search", "search", "click"],
    ]
    site = tracked.aq_parent
    wait_until(lambda: len(of_pages(site)) == 3)
    assert sorted(of_pages(site)) == [
        ("menu:open", '{"depth":2,"place":"top"}'),
        ("search", ""),
        ("video:play", '{"s":3,"title":"Über"}'),
    ]
    assert page.errors == []


@pytest.mark.parametrize(
    "consent, heard", [("all", ["b", "d"]), ("cookies", ["a", "b", "c", "d"])]
)
def test_who_takes_consent_back_is_told_of_no_more(
    page_events, matomo, clicky, look, agenda, consent, heard
):
    switch(consent=consent)
    page = look()
    page.goto(agenda)
    listen = "void (clicky.log = (said) => (window.logged ??= []).push(said?.[1]))"
    page.evaluate(listen)
    for name, answer in (("a", ""), ("b", "yes"), ("c", "no"), ("d", "yes")):
        agree(page, answer)
        if name == "b":
            page.wait_for_function("window.calls && window.found")
            # Its script has brought its own.
            page.evaluate(listen)
        page.evaluate("name => clicktracker.event(name)", name)
    assert page.evaluate("logged") == heard
    told = "calls.filter(([each]) => each === 'trackEvent').map((each) => each[2])"
    assert page.evaluate(told) == heard
    assert page.errors == []


def test_one_that_is_a_goal_is_told_as_one_once_on_a_page_and_to_the_site_of_anybody(
    page_events, matomo, clicky, waiting, look, agenda, tracked
):
    goals = (
        "Sign-up: event sign-up; matomo 3; clicky 17",
        "Any: event sign-up; below /board",
        "Elsewhere: event sign-up; below /news; matomo 9",
    )
    api.portal.set_registry_record("goals", goals, IGoalSettings)
    transaction.commit()
    # Of carol nothing else is recorded.
    page = look("carol")
    page.goto(agenda)
    page.wait_for_function("window.calls && window.found")
    page.evaluate("void (clicky.goal = (...said) => (window.goals ??= []).push(said))")
    before = page.evaluate("calls.length")
    for name in ("sign-up", "sign-up", "video:play"):
        page.evaluate(f"clicktracker.event('{name}')")
    calls = [call[0] for call in page.evaluate(f"calls.slice({before})")]
    assert calls == ["trackEvent", "trackGoal", "trackEvent", "trackEvent"]
    assert page.evaluate(f"calls[{before} + 1]") == ["trackGoal", 3]
    assert page.evaluate("goals") == [["17"]]

    def found():
        site = document_uid(tracked.aq_parent)
        records = collector().spools.own.batch(site, 100).records
        return [each.goal.split()[-1] for each in unpacked(records).chances]

    wait_until(lambda: len(found()) >= 4)
    assert sorted(found()) == ["any", "any", "sign-up", "sign-up"]
    assert of_pages(tracked.aq_parent) == []
    assert page.errors == []


def test_a_goal_from_before_the_visitor_agreed_is_told_when_it_happens_again(
    page_events, matomo, look, agenda
):
    goals = ("Sign-up: event sign-up; matomo 3",)
    api.portal.set_registry_record("goals", goals, IGoalSettings)
    switch(consent="all")
    page = look()
    page.goto(agenda)
    page.evaluate("clicktracker.event('sign-up')")
    agree(page, "yes")
    page.wait_for_function("window.calls")
    for _ in range(2):
        page.evaluate("clicktracker.event('sign-up')")
    told = page.evaluate("calls.filter(([each]) => each === 'trackGoal')")
    assert told == [["trackGoal", 3]]
    assert page.errors == []


REFUSED = [
    *(
        "clicktracker.event()",
        "clicktracker.event('a b')",
        "clicktracker.event('x', 1)",
    ),
    *("clicktracker.event('x', {a: {}})", "clicktracker.event('x', {a: NaN})"),
    *("clicktracker.event('x', {a: 'y'.repeat(129)})", "clicktracker.event('x', [1])"),
    *("clicktracker.event('x', new Map())", "clicktracker.event('x', {a: 1n})"),
    "clicktracker.event('x', {get a() { throw new Error() }})",
    "clicktracker.event('x', Object.fromEntries([...'abcdefghi'].map((n) => [n, 1])))",
]


def test_what_is_no_event_is_refused_and_the_page_goes_on(
    page_events, look, agenda, tracked
):
    page, sent = look(), []
    page.on("request", lambda request: sent.append(request.method))
    page.goto(agenda)
    page.wait_for_function("window.clicktracker")
    assert [each for each in REFUSED if page.evaluate(each)] == []
    # Nobody is on whom to tell, and nobody is followed: nothing is sent, nothing fails.
    before = sent.count("POST")
    made = [page.evaluate("clicktracker.event('x')") for _ in range(51)]
    assert made == [*[True] * 50, False]
    assert sent.count("POST") == before
    assert page.evaluate("typeof _paq") == "undefined"
    assert page.errors == []
