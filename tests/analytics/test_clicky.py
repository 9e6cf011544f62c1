"""What a page carries for Clicky: each setting and each thing that is said, one by one."""

from slc.clicktracker.analytics.clicky import PROPERTIES
from slc.clicktracker.interfaces import IAnalyticsSettings
from tests.analytics.pages import carried
from tests.analytics.pages import page_of
from tests.analytics.pages import switch
from tests.analytics.pages import use_clicky
from tests.analytics.pages import use_matomo

import pytest


def clicky_on(visitor):
    return carried(page_of(visitor)).data.get("clicky")


def test_nothing_configured_is_nothing_in_the_page(site, visitor):
    for who in (None, "bob"):
        assert "getclicky" not in page_of(visitor(who))


def test_a_change_counts_with_the_next_page(site, visitor):
    guest = visitor()
    use_clicky()
    assert clicky_on(guest)["site"] == 12345678
    use_clicky(site_id="5")
    assert clicky_on(guest)["site"] == 5
    use_clicky(site_id=None)
    assert clicky_on(guest) is None


def test_a_page_for_guests(site, visitor):
    use_clicky()
    page = carried(page_of(visitor()))
    assert page.data["clicky"] == {
        "name": "clicky",
        "title": "Clicky",
        "site": 12345678,
        "script": "https://static.getclicky.com/js",
        "custom": {},
        "signals": False,
        "consent": "none",
        "ask": None,
    }
    assert page.scripts[0].endswith("/clicky.js")
    assert page.images == ["https://in.getclicky.com/12345678ns.gif"]


def test_a_page_for_a_member(site, visitor):
    use_clicky()
    assert clicky_on(visitor("bob"))["custom"] == {
        "visitor": {"username": "bob"},
        # Else Clicky would go on to call this browser bob.
        "sticky_data_disable": True,
    }


def test_clicky_comes_before_matomo(site, visitor):
    use_matomo()
    use_clicky()
    assert list(carried(page_of(visitor())).data) == ["clicky", "matomo"]


@pytest.mark.parametrize(
    "given, sent",
    [
        ({"session": {"group": "g"}}, {"group": "g", "username": "bob"}),
        ({"visitor": {"group": "g"}}, {"group": "g", "username": "bob"}),
        (
            {"session": {"a": 1}, "visitor": {"b": 2}},
            {"a": 1, "b": 2, "username": "bob"},
        ),
        ({"session": {"username": "x"}}, {"username": "x"}),
        ({"session": {"username": None}}, None),
        ({"identity": "x"}, {"username": "x"}),
        ({"identity": None}, None),
        ({"identity": None, "session": {"group": "g"}}, {"group": "g"}),
        ({"identity": "x", "session": {"username": "y"}}, {"username": "y"}),
        # No mapping says nothing, and hides nobody.
        ({"session": None}, {"username": "bob"}),
        ({"session": "my username"}, {"username": "bob"}),
        ({"session": ["username"]}, {"username": "bob"}),
        ({"session": {"group": {"deep": 1}}}, {"username": "bob"}),
        ({"session": {"group": object()}}, {"username": "bob"}),
    ],
)
def test_the_visitor(site, visitor, say, given, sent):
    use_clicky()
    say(**{f"clicky_{name}": value for name, value in given.items()})
    custom = clicky_on(visitor("bob"))["custom"]
    assert custom.get("visitor") == sent
    assert "identity" not in custom
    assert "session" not in custom


@pytest.mark.parametrize(
    "name, good, bad",
    [
        ("goal", ["signup", 12, {"id": 1}, {"name": "x", "revenue": 9.5}], []),
        ("goal", [{"id": "1", "revenue": "9.5"}], [{}, {"revenue": 1}, [1], "", None]),
        ("goal", [], [{"id": 1, "colour": "x"}, {"id": []}, {"id": 1, "revenue": []}]),
        ("split", [{"name": "x", "version": "a"}], [{}, "x", None, {"name": "x"}]),
        (
            "split",
            [{"name": "x", "version": 1, "goal": 2}],
            [{"name": "x", "version": "a", "more": 1}, {"name": 1, "version": "a"}],
        ),
        ("split", [{"name": "x", "version": "a", "goal": [1, "y"]}], []),
        ("split", [], [{"name": "x", "version": "a", "goal": [[]]}]),
        ("href", ["/another?x=y"], ["", None, 7, ["x"]]),
        ("title", ["A better page title", "</script>"], ["", None, {}]),
        ("timeout", [5, 10, 240, 7.5], [4, 241, 0, -1, "10", None, True]),
        ("visitor_consent", [True, False, 0, 1], ["yes", None, 2]),
        ("cookie_domain", [".example.org"], [7, ""]),
        ("visitor_keys_cookie", [["a", "b"], "a"], [[1], {}]),
        ("outbound_pattern", ["/go/", ["/go/", "/out/"]], [7]),
        ("heatmap_objects", ["#x", ["#x"]], [None]),
        ("timer", [500], ["500", True]),
        *(
            (name, [True, False, 1, 0], ["on", None, 2, [], {}])
            for name in PROPERTIES
            if name.endswith("_disable") or name in ("iframe", "html_media_track")
        ),
    ],
)
def test_each_property(site, visitor, say, caplog, name, good, bad):
    use_clicky()
    guest = visitor()
    for value in good:
        say(**{f"clicky_{name}": value})
        assert clicky_on(guest)["custom"] == {name: value}, value
    assert "is not sent" not in caplog.text
    for value in bad:
        say(**{f"clicky_{name}": value})
        assert clicky_on(guest)["custom"] == {}, value
    assert not bad or f"clicky_{name} is not sent: a bad value" in caplog.text


def test_each_property_that_clicky_has_is_in_the_table_above():
    assert set(PROPERTIES) == {
        "visitor",
        "visitor_consent",
        "goal",
        "split",
        "href",
        "title",
        "timeout",
        "pageview_disable",
        "ping_disable",
        "history_disable",
        "heatmap_disable",
        "heatmap_objects",
        "osa_disable",
        "outbound_disable",
        "outbound_pattern",
        "cookies_disable",
        "sticky_data_disable",
        "cookie_domain",
        "visitor_keys_cookie",
        "iframe",
        "timer",
        "html_media_track",
        "queue_disable",
    }


def test_an_old_name_of_a_property_is_understood(site, visitor, say):
    use_clicky()
    say(clicky_advanced_disable=True)
    assert clicky_on(visitor())["custom"] == {"outbound_disable": True}


def test_an_unknown_name_is_refused_and_logged(site, visitor, say, caplog):
    use_clicky()
    say(clicky_colour="blue")
    assert clicky_on(visitor())["custom"] == {}
    assert "clicky_colour is not sent: there is no such property" in caplog.text


def test_cookies_can_not_be_switched_on_by_a_page(site, visitor, say):
    use_clicky(disable_cookies=True)
    say(clicky_cookies_disable=False)
    assert clicky_on(visitor())["custom"] == {"cookies_disable": True}


@pytest.mark.parametrize(
    "reset, given, sent",
    [
        (True, {}, True),
        (False, {}, None),
        (True, {"sticky_data_disable": False}, False),
    ],
)
def test_names_that_outlive_a_log_out(site, visitor, say, reset, given, sent):
    use_clicky()
    switch(reset_after_logout=reset)
    say(**{f"clicky_{name}": value for name, value in given.items()})
    assert clicky_on(visitor("bob"))["custom"].get("sticky_data_disable") is sent


def test_on_a_page_that_caches_share_nobody_is_named(site, visitor, say, caplog):
    use_clicky()
    say(
        clicky_identity="x",
        clicky_session={"username": "x", "name": "y", "email": "z", "group": "g"},
    )
    assert clicky_on(visitor())["custom"] == {"visitor": {"group": "g"}}
    assert "Nobody is named to clicky on pages for guests" in caplog.text


@pytest.mark.parametrize(
    "settings, images",
    [
        ({}, 1),
        ({"noscript_image": False}, 0),
        ({"respect_signals": True}, 0),
        ({"consent": "all"}, 0),
        ({"internal_networks": ("10.0.0.0/8",)}, 0),
    ],
)
def test_an_image_where_nothing_has_to_be_looked_at_first(
    site, visitor, settings, images
):
    use_clicky()
    switch(IAnalyticsSettings, **settings)
    assert len(carried(page_of(visitor())).images) == images
