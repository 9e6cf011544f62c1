"""Services that another package brings get into the page, and can't break it."""

from plone.app.theming.interfaces import IThemeSettings
from plone.app.theming.utils import applyTheme
from plone.app.theming.utils import getTheme
from slc.clicktracker.analytics.interfaces import IAnalyticsProvider
from slc.clicktracker.analytics.interfaces import PLACES
from slc.clicktracker.interfaces import IContentIsIgnored
from tests.analytics.pages import page_of
from zope.component import getGlobalSiteManager
from zope.component import getSiteManager
from zope.interface import alsoProvides
from zope.interface import implementer

import plone.api as api
import pytest
import re
import transaction


@implementer(IAnalyticsProvider)
class Marks:
    """Says its name in an element, in each of the places."""

    settings = None

    def __init__(self, text, places=PLACES, position=0):
        self.title = text
        self.places = dict.fromkeys(places, position)

    def render(self, place, page):
        return f'<script type="text/mark" data-mark="{self.title} {place}"></script>'


class Failing(Marks):
    """Fails in one place; ``error`` is a class."""

    def __init__(self, text, error, failing="head-bottom"):
        super().__init__(text)
        self.error = error
        self.failing = failing

    def render(self, place, page):
        if place == self.failing:
            raise self.error("secret")
        return super().render(place, page)


def marks_in(text):
    return re.findall('data-mark="([^"]*)"', text)


@pytest.fixture(params=["barceloneta", None])
def theme(site, request):
    name = request.param
    api.portal.set_registry_record("enabled", bool(name), interface=IThemeSettings)
    if name:
        applyTheme(getTheme(name))
    transaction.commit()
    return name


@pytest.mark.parametrize("user", ["bob", None])
def test_each_place_is_in_the_page_and_they_are_in_order(
    theme, visitor, register, user
):
    register(one=Marks("one"))
    page = page_of(visitor(user))
    assert ("++theme++barceloneta" in page) == bool(theme)
    assert marks_in(page) == [f"one {place}" for place in PLACES]
    head, body = page.split("</head>")
    assert marks_in(head) == ["one head-top", "one head-bottom"]
    assert body.index("one body-top") < body.index('id="content"')
    assert body.index('id="content"') < body.index("one body-bottom")
    # Before all other scripts of the head, and behind them.
    first, *_others, last = re.findall(r"<script[^>]*>", head)
    assert "one head-top" in first
    assert "one head-bottom" in last


def test_the_position_decides_and_then_the_name(site, visitor, register):
    register(
        delta=Marks("delta", ["body-bottom"], 1),
        charlie=Marks("charlie", ["body-bottom"]),
        bravo=Marks("bravo", ["body-bottom"], 2),
        alpha=Marks("alpha", ["body-bottom"], 1),
        echo=Marks("echo", ["body-bottom"], -1),
    )
    found = [mark.split()[0] for mark in marks_in(page_of(visitor()))]
    assert found == ["echo", "charlie", "alpha", "delta", "bravo"]


@pytest.mark.parametrize(
    "error", [ValueError, KeyError, AttributeError, RecursionError]
)
def test_one_that_fails_is_logged_and_left_out(site, visitor, register, caplog, error):
    register(one=Marks("one"), two=Failing("two", error), three=Marks("three"))
    found = marks_in(page_of(visitor()))
    assert found == [
        "one head-top",
        "three head-top",
        # It was there before it failed.
        "two head-top",
        *(f"{name} {place}" for place in PLACES[1:] for name in ("one", "three")),
    ]
    said = [one for one in caplog.records if "'two' fails" in one.getMessage()]
    assert len(said) == 1
    # Once a minute, however many pages there are.
    assert "three body-top" in page_of(visitor())
    said = [one for one in caplog.records if "'two' fails" in one.getMessage()]
    assert len(said) == 1


@pytest.mark.parametrize("made", [b"bytes", 7, ["<b>"], object()])
def test_one_whose_markup_is_no_text_is_left_out(site, visitor, register, made):
    broken = Marks("broken")
    broken.render = lambda place, page: made
    register(broken=broken, one=Marks("one"))
    assert marks_in(page_of(visitor())) == [f"one {place}" for place in PLACES]


@pytest.mark.parametrize("places", [None, 7, {"head-top": "first"}])
def test_one_with_bad_places_is_left_out(site, visitor, register, places):
    broken = Marks("broken")
    broken.places = places
    register(broken=broken, one=Marks("one"))
    assert marks_in(page_of(visitor())) == [f"one {place}" for place in PLACES]


def test_one_that_has_nothing_to_say_leaves_nothing(site, visitor, register):
    before = page_of(visitor())
    quiet = Marks("quiet")
    quiet.render = lambda place, page: None
    register(quiet=quiet)
    assert page_of(visitor()).count("<div") == before.count("<div")
    assert "clicktracker-analytics" not in before


def test_one_that_is_registered_twice_is_there_once(site, visitor, register, caplog):
    one = Marks("one", ["body-bottom"])
    register(one=one, other=one)
    assert marks_in(page_of(visitor())) == ["one body-bottom"]
    assert "'other' is the same as 'one'" in caplog.text


def test_under_the_same_name_the_later_one_counts(site, visitor, register):
    register(one=Marks("one", ["body-bottom"]))
    register(one=Marks("another", ["body-bottom"]))
    assert marks_in(page_of(visitor())) == ["another body-bottom"]


def test_a_site_can_have_one_of_its_own_by_the_same_name(site, visitor, register):
    register(one=Marks("one", ["body-bottom"]))
    components = getSiteManager(site)
    assert components is not getGlobalSiteManager()
    local = Local()
    components.registerUtility(local, IAnalyticsProvider, "one")
    transaction.commit()
    assert marks_in(page_of(visitor())) == ["local body-bottom"]


@implementer(IAnalyticsProvider)
class Local:
    title = "local"
    places = {"body-bottom": 0}
    settings = None

    def render(self, place, page):
        return '<script type="text/mark" data-mark="local body-bottom"></script>'


def test_a_page_in_a_frame_or_window_of_plone_has_none(site, visitor, register):
    register(one=Marks("one"))
    assert marks_in(page_of(visitor(), "/board/agenda?ajax_load=1")) == []


def test_none_are_there_where_tracking_is_off_for_the_request(site, visitor, register):
    register(one=Marks("one"))
    marker = Marks("marker", ["head-top"], -1)

    def mark(place, page):
        alsoProvides(page.request, IContentIsIgnored)
        return ""

    marker.render = mark
    register(marker=marker)
    assert marks_in(page_of(visitor())) == ["one head-top"]
