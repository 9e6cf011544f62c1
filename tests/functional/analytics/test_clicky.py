"""Clicky in a browser: what the page carries, what ``clicky_custom`` holds, what arrives."""

from tests.analytics.pages import carried
from tests.analytics.pages import switch
from tests.analytics.pages import use_clicky
from tests.functional.analytics.banner import agree
from tests.functional.analytics.stand_ins import HOSTILE
from tests.functional.waiting import wait_until

import pytest


def opened(page, url, service):
    """Open a page, and return what it carries, ``clicky_custom``, and what has arrived."""
    before = len(service.hits)
    answer = page.goto(url)
    page.wait_for_function("window.found")
    wait_until(lambda: len(service.hits) > before, page)
    (hit,) = service.hits[before:]
    assert page.errors == []
    data = carried(answer.text()).data["clicky"]
    return data, page.evaluate("window.found"), hit


@pytest.mark.parametrize(
    "user, custom",
    [
        (None, {}),
        ("bob", {"visitor": {"username": "bob"}, "sticky_data_disable": True}),
    ],
)
def test_a_page_view(clicky, look, agenda, user, custom):
    data, found, hit = opened(look(user), agenda, clicky)
    assert found == custom == data["custom"]
    assert hit["site_id"] == "12345678"
    assert hit["href"] == "/plone/board/agenda"
    assert hit.get("custom[username]") == user


@pytest.mark.parametrize(
    "said, custom, sent",
    [
        ({"title": "Better"}, {"title": "Better"}, {"title": "Better"}),
        ({"href": "/x?y=z"}, {"href": "/x?y=z"}, {"href": "/x?y=z"}),
        ({"timeout": 10}, {"timeout": 10}, {}),
        ({"goal": {"id": 7, "revenue": 9.5}}, {"goal": {"id": 7, "revenue": 9.5}}, {}),
        (
            {"session": {"group": "g"}},
            {"visitor": {"group": "g"}},
            {"custom[group]": "g"},
        ),
        ({"colour": "blue"}, {}, {}),
    ],
    ids=str,
)
def test_each_thing_that_can_be_said(clicky, look, agenda, say, said, custom, sent):
    say(**{f"clicky_{name}": value for name, value in said.items()})
    data, found, hit = opened(look(), agenda, clicky)
    assert found == custom == data["custom"]
    assert {name: hit[name] for name in sent} == sent


def test_any_value_arrives_as_it_is_and_does_nothing_else(clicky, look, agenda, say):
    say(clicky_title=HOSTILE, clicky_session={"username": HOSTILE, HOSTILE: HOSTILE})
    _data, found, hit = opened(look("bob"), agenda, clicky)
    assert found["title"] == hit["title"] == HOSTILE
    assert found["visitor"] == {"username": HOSTILE, HOSTILE: HOSTILE}
    assert hit["custom[username]"] == HOSTILE


def test_what_a_script_of_the_page_has_set_counts(clicky, look, agenda, say):
    say(clicky_title="View", clicky_timeout=10)
    page = look()
    page.add_init_script("window.clicky_custom = { title: 'Script' };")
    _data, found, _hit = opened(page, agenda, clicky)
    assert found == {"title": "Script", "timeout": 10}


def test_a_script_of_the_page_can_not_switch_cookies_on(clicky, look, agenda):
    use_clicky(disable_cookies=True)
    page = look()
    page.add_init_script("window.clicky_custom = { cookies_disable: false };")
    _data, found, hit = opened(page, agenda, clicky)
    assert found["cookies_disable"] is True
    assert hit["cookies_disable"] == "1"


def test_scripts_of_the_page_can_call_what_is_not_there(clicky, look, agenda):
    switch(consent="all")
    page = look()
    page.goto(agenda, wait_until="networkidle")
    page.evaluate("clicky.log('/x', 'y'); clicky.goal('z');")
    assert clicky.asked == []


def test_consent_to_all(clicky, look, agenda):
    switch(consent="all")
    page = look("bob")
    page.goto(agenda, wait_until="networkidle")
    assert clicky.asked == []
    agree(page)
    page.wait_for_function("window.found")
    assert page.evaluate("window.found.visitor_consent") is True
    wait_until(lambda: clicky.hits, page)
    assert clicky.hits[0]["consent"] == "1"


def test_consent_to_cookies(clicky, look, agenda):
    switch(consent="cookies")
    page = look()
    _data, found, _hit = opened(page, agenda, clicky)
    assert found == {"cookies_disable": True}
    agree(page)
    _data, found, _hit = opened(page, agenda, clicky)
    assert found == {"visitor_consent": True}


def test_without_scripts_there_is_an_image(clicky, look, agenda):
    page = look(java_script_enabled=False)
    page.goto(agenda)
    wait_until(lambda: clicky.hits, page)
    assert clicky.asked == ["/12345678ns.gif"]
