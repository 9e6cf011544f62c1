"""Whether a page view is recorded, and which rule says so."""

from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.visitors import crawlers
from slc.clicktracker.visitors import rules as rules_module
from slc.clicktracker.visitors.rules import VisitorRules
from tests.nightly import examples
from zope.i18n import translate

import pytest


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"
CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"

PERSON = {"address": "203.0.113.7", "agent": FIREFOX, "path": "/news"}


def decide(settings, **given):
    return VisitorRules.of(enabled=True, **settings).decide(**PERSON | given)


def said(settings, **given):
    """Why a page view is not recorded, "" if it is."""
    decision = decide(settings, **given)
    return "" if decision.tracked else translate(decision.reason)


def test_nothing_is_recorded_before_it_is_switched_on():
    for rules in (VisitorRules(), VisitorRules.of()):
        decision = rules.decide(**PERSON)
        assert not decision.tracked
        assert decision.rule == "enabled"
        assert translate(decision.reason) == "Visits are not recorded on this site."


@pytest.mark.parametrize("agent", [FIREFOX, CHROME, IPHONE])
def test_a_person_is_recorded(agent):
    decision = decide({}, agent=agent)
    assert decision.tracked
    assert translate(decision.reason) == "No rule excludes it."


@pytest.mark.parametrize(
    "settings, given, reason",
    [
        (
            {"internal_networks": ("10.0.0.0/8",)},
            {"address": "::ffff:10.1.2.3"},
            "The address lies in the internal network 10.0.0.0/8.",
        ),
        (
            {"internal_networks": ("fe80::/64", "2001:db8::/32")},
            {"address": "fe80::1%eth0"},
            "The address lies in the internal network fe80::/64.",
        ),
        (
            {"untracked_paths": ("/board", "/news/")},
            {"path": "/news/x"},
            "Nothing is recorded at /news/ and below it.",
        ),
        (
            {"untracked_statuses": ("404",)},
            {"status": 404},
            "Answers with the status 404 are not recorded.",
        ),
        (
            {"untracked_statuses": ("5XX",)},
            {"status": 503},
            "Answers with the status 5xx are not recorded.",
        ),
        (
            {"untracked_agents": ("opera", "FIREFOX/1")},
            {},
            "Browsers are not recorded if their user agent contains “FIREFOX/1”.",
        ),
        (
            {},
            {"agent": GOOGLEBOT},
            "“Googlebot” is a known crawler, or another program.",
        ),
        (
            {"untracked_roles": ("Manager", "Editor")},
            {"roles": ["Member", "Editor"]},
            "People who have the role Editor are not recorded.",
        ),
        (
            {"untracked_groups": ("objectors",)},
            {"groups": ["AuthenticatedUsers", "objectors"]},
            "People in the group objectors are not recorded.",
        ),
    ],
)
def test_what_a_rule_is_about_is_not_recorded_and_the_rule_is_named(
    settings, given, reason
):
    assert said(settings, **given) == reason
    (rule, *_others) = settings or ["known_crawlers"]
    assert decide(settings, **given).rule == rule


@pytest.mark.parametrize(
    "settings, given",
    [
        ({"internal_networks": ("10.0.0.0/8",)}, {}),
        ({"internal_networks": ("0.0.0.0/0", "::/0")}, {"address": ""}),
        ({"internal_networks": ("0.0.0.0/0", "::/0")}, {"address": "unknown"}),
        ({"untracked_paths": ("/news",)}, {"path": "/newsletter"}),
        ({"untracked_statuses": ("404", "5xx")}, {"status": 403}),
        ({"untracked_statuses": ("404", "5xx")}, {"status": 50}),
        ({"untracked_agents": ("opera",)}, {}),
        ({"untracked_roles": ("Manager",)}, {"roles": ("Member", "Managers")}),
        ({"untracked_groups": ("objectors",)}, {"groups": ("objectors-2",)}),
        ({"known_crawlers": False}, {"agent": GOOGLEBOT}),
        ({"known_crawlers": False}, {"agent": ""}),
    ],
)
def test_what_no_rule_is_about_is_recorded(settings, given):
    assert said(settings, **given) == ""


@pytest.mark.parametrize(
    "agent",
    [
        GOOGLEBOT,
        "curl/8.5.0",
        "Wget/1.21",
        "python-requests/2.32",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        CHROME.replace("Chrome", "HeadlessChrome"),
    ],
)
def test_programs_that_say_what_they_are_are_no_visitors(agent):
    assert decide({}, agent=agent).rule == "known_crawlers"


@pytest.mark.parametrize("agent", ["", " ", "\0", "\ud800", "\u200b\t"], ids=ascii)
def test_who_says_nothing_is_no_browser(agent):
    assert said({}, agent=agent) == (
        "It doesn't say which browser it is. Browsers that people use always do."
    )


@pytest.mark.parametrize("agent", ["-", "<script>alert(1)</script>", "🦊"])
def test_who_says_anything_else_may_be_a_person(agent):
    assert said({}, agent=agent) == ""


LONG = {
    "letters": "a" * 1_000_000,
    "NUL": "\0" * 1_000_000,
    "lone surrogates": "\ud800" * 1_000_000,
    "spaces": "Mozilla/5.0 (" + " " * 1_000_000,
    "a crawler": "Googlebot " * 100_000,
    "half a crawler": "ContextualBot" * 80_000,
}


@pytest.mark.parametrize("agent", LONG.values(), ids=LONG)
def test_of_the_longest_agent_no_more_is_looked_at_than_of_others(agent, monkeypatch):
    looked_at = []
    monkeypatch.setattr(rules_module, "crawler_in", looked_at.append)
    rules = VisitorRules.of(enabled=True, untracked_agents=["no such thing"])
    assert rules.decide("", agent, "/") == rules.decide("", agent[:500], "/")
    assert all(len(each) <= LIMITS["agent"] for each in looked_at)


def test_a_keyword_beyond_what_is_kept_of_an_agent_is_not_seen():
    settings = {"untracked_agents": ("secret",)}
    assert said(settings, agent="x" * 490 + "secret")
    assert not said(settings, agent="x" * 500 + "secret")


def test_browsers_that_are_known_are_not_looked_up_again():
    crawlers.crawler_in.cache_clear()
    for _ in range(3):
        decide({}, agent=GOOGLEBOT)
    assert crawlers.crawler_in.cache_info().misses == 1


def test_no_more_browsers_are_known_than_there_is_room_for(monkeypatch):
    """To look through the real list 2,000 times takes seconds."""
    monkeypatch.setattr(crawlers, "is_crawler", lambda agent: False)
    crawlers.crawler_in.cache_clear()
    for number in range(2100):
        crawlers.crawler_in(f"agent {number}")
    assert crawlers.crawler_in.cache_info().currsize <= 2000
    crawlers.crawler_in.cache_clear()


def test_of_several_rules_one_decides_always_the_same():
    settings = {
        "untracked_roles": ("Manager",),
        "internal_networks": ("203.0.113.0/24",),
        "untracked_paths": ("/news",),
    }
    assert decide(settings, roles=("Manager",)).rule == "internal_networks"


def test_what_means_nothing_in_the_settings_is_left_out():
    """As another package may have put there what the form refuses."""
    settings = {
        "internal_networks": ("office", "10.1.2.3/8", " 10.0.0.0/8 "),
        "untracked_paths": ("news", "", " /news "),
        "untracked_statuses": ("x", "404"),
        "untracked_agents": ("", "\0", " firefox "),
    }
    assert said(settings, address="10.1.2.3", path="/", agent=CHROME)
    assert said(settings, agent=CHROME) == "Nothing is recorded at /news and below it."
    assert said(settings, path="/", agent=CHROME, status=404)
    assert said(settings, path="/")
    assert not said(settings, path="/", agent=CHROME)


@given(
    st.text(),
    st.text(),
    st.text(),
    st.integers(),
    st.lists(st.text()),
    st.lists(st.text()),
)
@examples(100, nightly=2000)
def test_whatever_comes_there_is_a_decision(
    address, agent, path, status, roles, groups
):
    rules = VisitorRules.of(
        enabled=True,
        internal_networks=("10.0.0.0/8",),
        untracked_paths=("/a",),
        untracked_agents=("x",),
        untracked_statuses=("4xx",),
        untracked_roles=("r",),
        untracked_groups=("g",),
    )
    decision = rules.decide(address, agent, path, status, roles, groups)
    assert translate(decision.reason)
    assert decision.tracked is not bool(decision.rule)
