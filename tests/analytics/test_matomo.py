"""What a page carries for Matomo: each setting and each thing that is said, one by one."""

from plone import api
from slc.clicktracker.analytics.matomo import IMatomoSettings
from slc.clicktracker.interfaces import IAnalyticsSettings
from tests.analytics.pages import carried
from tests.analytics.pages import page_of
from tests.analytics.pages import switch
from tests.analytics.pages import use_matomo

import pytest
import transaction


BASE = "https://stats.example.org"
SET_UP = [["setTrackerUrl", f"{BASE}/matomo.php"], ["setSiteId", 4]]
LINKS = [["enableLinkTracking"]]


def matomo_on(visitor, path="/board/agenda"):
    return carried(page_of(visitor, path)).data.get("matomo")


def test_nothing_configured_is_nothing_in_the_page(site, visitor):
    for who in (None, "bob"):
        page = page_of(visitor(who))
        assert "matomo" not in page
        assert "clicktracker-analytics" not in page


@pytest.mark.parametrize(
    "settings",
    [
        {"address": None},
        {"site_id": None},
        {"site_id": ""},
        # What other code than the form has set.
        {"site_id": "4x"},
        {"site_id": "٤"},
        {"address": "stats.example.org/<b>"},
        {"address": "http://stats.example.org"},
    ],
)
def test_half_of_it_is_nothing_too(site, visitor, settings):
    use_matomo()
    for name, value in settings.items():
        force(name, value)
    assert matomo_on(visitor()) is None


def force(name, value):
    """Set a record to what its field may refuse."""
    registry = api.portal.get_tool("portal_registry")
    record = registry.records[f"{IMatomoSettings.__identifier__}.{name}"]
    record.__parent__.records._values[record.__name__] = value
    transaction.commit()


def test_a_page_for_guests(site, visitor):
    use_matomo()
    page = carried(page_of(visitor()))
    assert page.data["matomo"] == {
        "name": "matomo",
        "title": "Matomo",
        "script": f"{BASE}/matomo.js",
        "before": SET_UP,
        "after": LINKS,
        "named": False,
        "reset": True,
        "signals": False,
        "consent": "none",
        "ask": None,
    }
    (script,) = page.scripts
    assert script.startswith(f"{visitor().site_url}/++plone++slc.clicktracker/")
    assert script.endswith("/matomo.js")
    assert page.images == [f"{BASE}/matomo.php?idsite=4&rec=1"]


def test_a_page_for_a_member(site, visitor):
    use_matomo()
    page = matomo_on(visitor("bob"))
    assert page["before"] == [*SET_UP, ["setUserId", "bob"]]
    assert page["named"] is True


@pytest.mark.parametrize(
    "settings, before, after",
    [
        ({}, SET_UP, LINKS),
        ({"disable_cookies": True}, [["disableCookies"], *SET_UP], LINKS),
        ({"link_tracking": False}, SET_UP, []),
        ({"heartbeat": 15}, SET_UP, [*LINKS, ["enableHeartBeatTimer", 15]]),
        (
            {"link_tracking": False, "heartbeat": 1},
            SET_UP,
            [["enableHeartBeatTimer", 1]],
        ),
    ],
)
def test_each_setting(site, visitor, settings, before, after):
    use_matomo(**settings)
    page = matomo_on(visitor())
    assert page["before"] == before
    assert page["after"] == after


@pytest.mark.parametrize(
    "settings, base",
    [
        ({"address": "example.org:8443/a"}, "https://example.org:8443/a"),
        ({"address": "https://example.org/a"}, "https://example.org/a"),
        ({"address": "example.org", "https": False}, "//example.org"),
        ({"address": "https://example.org", "https": False}, "https://example.org"),
    ],
)
def test_the_address(site, visitor, settings, base):
    use_matomo(**settings)
    page = carried(page_of(visitor()))
    assert page.data["matomo"]["script"] == f"{base}/matomo.js"
    assert ["setTrackerUrl", f"{base}/matomo.php"] in page.data["matomo"]["before"]
    assert page.images == [f"{base}/matomo.php?idsite=4&rec=1"]


def test_a_change_counts_with_the_next_page(site, visitor):
    guest = visitor()
    use_matomo()
    assert ["setSiteId", 4] in matomo_on(guest)["before"]
    use_matomo(site_id="5")
    assert ["setSiteId", 5] in matomo_on(guest)["before"]
    use_matomo(site_id=None)
    assert matomo_on(guest) is None


@pytest.mark.parametrize(
    "given, calls",
    [
        ([(1, "foo", "bar")], [[1, "foo", "bar", "page"]]),
        ([[1, "foo", "bar"]], [[1, "foo", "bar", "page"]]),
        ([(1, "foo", "bar", "page")], [[1, "foo", "bar", "page"]]),
        ([(3, "spam", "Blue", "visit")], [[3, "spam", "Blue", "visit"]]),
        (
            ((1, "a", "b"), (2, "c", "d")),
            [[1, "a", "b", "page"], [2, "c", "d", "page"]],
        ),
        ([(1, "foo", 7)], [[1, "foo", "7", "page"]]),
        ([(5, "foo", "")], [[5, "foo", "", "page"]]),
        # The later one of two in the same place.
        ([(1, "a", "b"), (1, "c", "d")], [[1, "c", "d", "page"]]),
        (
            [(1, "a", "b"), (1, "c", "d", "visit")],
            [[1, "a", "b", "page"], [1, "c", "d", "visit"]],
        ),
        ((each for each in [(1, "foo", "bar")]), [[1, "foo", "bar", "page"]]),
        # Bad ones are left out, and the others are not.
        ([(0, "x", "y"), (1, "foo", "bar")], [[1, "foo", "bar", "page"]]),
        ([(99, "x", "y")], []),
        ([(6, "x", "y")], []),
        ([(-1, "x", "y")], []),
        ([("1", "x", "y")], []),
        ([(True, "x", "y")], []),
        ([(1.0, "x", "y")], []),
        ([(1, "", "y")], []),
        ([(1, None, "y")], []),
        ([(1, "x", None)], []),
        ([(1, "x", ["y"])], []),
        ([(1, "x", "y", "bogus")], []),
        ([(1, "x", "y", None)], []),
        ([(1, "x")], []),
        ([(1, "x", "y", "page", "more")], []),
        ([()], []),
        (["abc"], []),
        ([None], []),
        ([object()], []),
        ([(1, "x", "y" * 1_000_000)], []),
        (None, []),
        ("abc", []),
        (7, []),
        ({"1": "x"}, []),
        ([], []),
    ],
)
def test_custom_variables(site, visitor, say, caplog, given, calls):
    use_matomo()
    say(matomo_vars=given)
    found = matomo_on(visitor())["before"]
    variables = [call[1:] for call in found if call[0] == "setCustomVariable"]
    assert variables == calls
    expects_nothing = calls == [] and given != [] and given is not None
    assert not expects_nothing or "matomo_vars" in caplog.text


@pytest.mark.parametrize(
    "given, calls",
    [
        ({"1": "gold"}, [[1, "gold"]]),
        ({"2": 7, "10": "x"}, [[2, "7"], [10, "x"]]),
        ({"0": "x"}, []),
        ({"-1": "x"}, []),
        ({"٤": "x"}, []),
        ({"one": "x"}, []),
        ({"1": None}, []),
        ({"1": {"a": "b"}}, []),
        ({1: "gold"}, [[1, "gold"]]),
        ([("1", "x")], []),
        ("1", []),
        (None, []),
    ],
)
def test_custom_dimensions(site, visitor, say, given, calls):
    use_matomo()
    say(matomo_dimensions=given)
    found = matomo_on(visitor())["before"]
    assert [call[1:] for call in found if call[0] == "setCustomDimension"] == calls


def test_who_it_is_about_comes_last_before_the_page_view(site, visitor, say):
    use_matomo()
    say(matomo_vars=[(1, "a", "b")], matomo_dimensions={"1": "c"}, matomo_identity="X")
    assert matomo_on(visitor("bob"))["before"] == [
        *SET_UP,
        ["setCustomVariable", 1, "a", "b", "page"],
        ["setCustomDimension", 1, "c"],
        ["setUserId", "X"],
    ]


def test_what_matomo_does_not_know_is_logged(site, visitor, say, caplog):
    use_matomo()
    say(matomo_colour="blue")
    assert "blue" not in page_of(visitor())
    assert "matomo_colour is not sent" in caplog.text


@pytest.mark.parametrize(
    "settings, images",
    [
        ({}, 1),
        ({"noscript_image": False}, 0),
        ({"respect_signals": True}, 0),
        ({"consent": "cookies"}, 0),
        ({"consent": "all"}, 0),
        ({"internal_networks": ("10.0.0.0/8",)}, 0),
    ],
)
def test_an_image_where_nothing_has_to_be_looked_at_first(
    site, visitor, settings, images
):
    use_matomo()
    switch(IAnalyticsSettings, **settings)
    assert len(carried(page_of(visitor())).images) == images


def test_signals_are_told_to_matomo_too(site, visitor):
    use_matomo()
    switch(respect_signals=True)
    page = matomo_on(visitor())
    assert page["signals"] is True
    assert page["before"][0] == ["setDoNotTrack", True]
