"""Matomo in a browser: what the page carries, what the queue holds, what arrives."""

from tests.analytics.pages import carried
from tests.analytics.pages import switch
from tests.analytics.pages import use_matomo
from tests.functional.analytics.banner import agree
from tests.functional.analytics.stand_ins import HOSTILE
from tests.functional.analytics.stand_ins import variables_of
from tests.functional.waiting import wait_until
from ZPublisher import HTTPRequest

import json
import pytest


def calls_in(page):
    page.wait_for_function("window.calls")
    return page.evaluate("window.calls")


def opened(page, url, service):
    """Open a page, and return what it carries, the calls, and what has arrived of it."""
    before = len(service.hits)
    answer = page.goto(url)
    calls = calls_in(page)
    wait_until(lambda: len(service.hits) > before, page)
    (hit,) = service.hits[before:]
    assert page.errors == []
    return carried(answer.text()).data["matomo"], calls, hit


@pytest.mark.parametrize("user, uid", [(None, None), ("bob", "bob")])
def test_a_page_view(matomo, look, agenda, user, uid):
    data, calls, hit = opened(look(user), agenda, matomo)
    base = f"//{matomo.address}/stats"
    assert calls == [
        ["setTrackerUrl", f"{base}/matomo.php"],
        ["setSiteId", 4],
        *([["setUserId", uid]] if uid else []),
        ["trackPageView"],
        ["enableLinkTracking"],
    ]
    assert calls == [*data["before"], ["trackPageView"], *data["after"]]
    assert hit["idsite"] == "4"
    assert hit["url"] == agenda
    assert hit.get("uid") == uid


@pytest.mark.parametrize(
    "settings, said, call, sent",
    [
        ({"disable_cookies": True}, {}, ["disableCookies"], {"cookie": "0"}),
        ({"heartbeat": 15}, {}, ["enableHeartBeatTimer", 15], {"cookie": "1"}),
        (
            {},
            {"matomo_vars": [(3, "spam", "Blue", "visit")]},
            ["setCustomVariable", 3, "spam", "Blue", "visit"],
            {"_cvar": '{"visit 3":["spam","Blue"]}'},
        ),
        (
            {},
            {"matomo_dimensions": {"7": "gold"}},
            ["setCustomDimension", 7, "gold"],
            {"dimension7": "gold"},
        ),
        ({}, {"matomo_identity": "Guido"}, ["setUserId", "Guido"], {"uid": "Guido"}),
    ],
)
def test_each_thing_that_can_be_set(
    matomo, look, agenda, say, settings, said, call, sent
):
    use_matomo(address=f"{matomo.address}/stats", https=False, **settings)
    say(**said)
    _data, calls, hit = opened(look("bob"), agenda, matomo)
    assert call in calls
    assert {name: hit.get(name) for name in sent} == sent


def test_any_value_arrives_as_it_is_and_does_nothing_else(matomo, look, agenda, say):
    say(
        matomo_identity=HOSTILE,
        matomo_vars=[(1, HOSTILE, HOSTILE)],
        matomo_dimensions={"1": HOSTILE},
    )
    page = look("bob")
    _data, calls, hit = opened(page, agenda, matomo)
    assert ["setUserId", HOSTILE] in calls
    assert hit["uid"] == HOSTILE
    assert variables_of(hit) == {"page 1": [HOSTILE, HOSTILE]}
    assert hit["dimension1"] == HOSTILE
    assert page.locator("script[data-page]").count() == 1


def test_what_scripts_of_the_page_have_called_before_is_kept(matomo, look, agenda):
    page = look()
    page.add_init_script("window._paq = [['trackEvent', 'Video', 'Play']];")
    _data, calls, _hit = opened(page, agenda, matomo)
    assert calls[0] == ["trackEvent", "Video", "Play"]
    assert ["trackPageView"] in calls


def test_the_site_can_forbid_scripts_in_the_page(matomo, look, agenda, on_each_request):
    policy = f"script-src 'self' http://{matomo.address}"

    def forbid(request):
        request.response.setHeader("Content-Security-Policy", policy)

    on_each_request(forbid)
    page = look("bob")
    answer = page.goto(agenda)
    assert answer.headers["content-security-policy"] == policy
    wait_until(lambda: matomo.hits)
    assert matomo.hits[0]["uid"] == "bob"
    assert page.errors == []


class TestAfterTheLogOut:
    def test_the_guest_is_somebody_else(self, matomo, look, agenda):
        page = look("bob")
        _data, _calls, hit = opened(page, agenda, matomo)
        assert hit["uid"] == "bob"
        page.context.clear_cookies()
        _data, calls, hit = opened(page, agenda, matomo)
        first = calls.index(["resetUserId"])
        assert calls[first : first + 4] == [
            ["resetUserId"],
            ["appendToTrackingUrl", "new_visit=1"],
            ["trackPageView"],
            ["appendToTrackingUrl", ""],
        ]
        assert hit["new_visit"] == "1"
        assert "uid" not in hit
        # Once, not for each page that follows.
        _data, calls, hit = opened(page, agenda, matomo)
        assert ["resetUserId"] not in calls
        assert "new_visit" not in hit

    def test_not_where_that_is_off(self, matomo, look, agenda):
        switch(reset_after_logout=False)
        page = look("bob")
        opened(page, agenda, matomo)
        page.context.clear_cookies()
        _data, calls, _hit = opened(page, agenda, matomo)
        assert ["resetUserId"] not in calls

    def test_the_page_lives_where_nothing_can_be_kept(self, matomo, look, agenda):
        page = look("bob")
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage',"
            " { get() { throw new DOMException('denied', 'SecurityError'); } });"
        )
        _data, _calls, hit = opened(page, agenda, matomo)
        assert hit["uid"] == "bob"


class TestConsentToAll:
    @pytest.fixture(autouse=True)
    def asked(self, matomo):
        switch(consent="all")

    def test_nothing_is_loaded_or_sent_before(self, matomo, look, agenda):
        page = look("bob")
        page.goto(agenda, wait_until="networkidle")
        assert matomo.asked == []
        agree(page, "no")
        assert matomo.asked == []
        agree(page)
        calls = calls_in(page)
        assert calls[:2] == [["requireConsent"], ["setConsentGiven"]]
        wait_until(lambda: matomo.hits)
        assert matomo.hits[0]["uid"] == "bob"
        # Twice is as good as once.
        agree(page)
        assert page.evaluate("window.calls.length") == len(calls)

    def test_who_has_agreed_is_not_asked_again_until_it_is_taken_back(
        self, matomo, look, agenda
    ):
        page = look()
        page.goto(agenda)
        agree(page)
        wait_until(lambda: matomo.hits)
        opened(page, agenda, matomo)
        agree(page, "no")
        assert page.evaluate("window.calls.at(-1)") == ["forgetConsentGiven"]
        asked = len(matomo.asked)
        page.goto(agenda, wait_until="networkidle")
        assert len(matomo.asked) == asked


def test_consent_to_cookies(matomo, look, agenda):
    switch(consent="cookies")
    page = look()
    _data, calls, hit = opened(page, agenda, matomo)
    assert calls[0] == ["requireCookieConsent"]
    assert ["setCookieConsentGiven"] not in calls
    assert hit["cookie"] == "0"
    agree(page)
    assert page.evaluate("window.calls.at(-1)") == ["setCookieConsentGiven"]
    agree(page, "no")
    assert page.evaluate("window.calls.at(-1)") == ["forgetCookieConsentGiven"]
    agree(page)
    _data, calls, hit = opened(page, agenda, matomo)
    assert calls[:2] == [["requireCookieConsent"], ["setCookieConsentGiven"]]
    assert hit["cookie"] == "1"


@pytest.mark.parametrize(
    "signal", ["globalPrivacyControl: true", "doNotTrack: '1'"], ids=["GPC", "DNT"]
)
@pytest.mark.parametrize("respected", [True, False])
def test_signals(matomo, look, agenda, signal, respected):
    switch(respect_signals=respected)
    page = look("bob")
    name, value = signal.split(": ")
    page.add_init_script(
        f"Object.defineProperty(navigator, '{name}', {{ get: () => {value} }});"
    )
    page.goto(agenda, wait_until="networkidle")
    assert bool(matomo.asked) != respected


def test_who_has_no_signal_is_tracked(matomo, look, agenda):
    switch(respect_signals=True)
    _data, calls, _hit = opened(look(), agenda, matomo)
    assert calls[0] == ["setDoNotTrack", True]


def test_without_scripts_the_image_is_accepted(matomo, look, agenda):
    page = look(java_script_enabled=False)
    page.goto(agenda)
    wait_until(lambda: matomo.hits)
    assert matomo.hits == [{"idsite": "4", "rec": "1"}]
    assert matomo.asked == ["/stats/matomo.php"]


class TestInternalVisitors:
    @pytest.fixture(autouse=True)
    def office(self, matomo, monkeypatch):
        monkeypatch.setattr(HTTPRequest, "trusted_proxies", ["127.0.0.1"])
        switch(internal_networks=("192.0.2.0/24",))

    @pytest.fixture
    def from_(self, look):
        """Return a function: a browser whose requests of the site come from somewhere."""

        def of(address, user=None):
            page = look(user)
            headers = {"X-Forwarded-For": address}
            page.context.route(
                "**/plone/**",
                lambda route: route.continue_(
                    headers={**route.request.headers, **headers}
                ),
            )
            return page

        return of

    @pytest.mark.parametrize("user", [None, "bob"])
    def test_nothing_is_loaded(self, matomo, from_, agenda, user):
        page = from_("192.0.2.1", user)
        page.goto(agenda, wait_until="networkidle")
        assert matomo.asked == []
        assert "Matomo: switched off for internal addresses" in page.content()

    def test_others_are_told_of(self, matomo, from_, agenda):
        _data, _calls, hit = opened(from_("203.0.113.9"), agenda, matomo)
        assert hit["url"] == agenda

    def test_nor_where_the_page_comes_from_a_cache(
        self, matomo, from_, visitor, agenda
    ):
        """Somebody from elsewhere has seen the page before, so a cache has it."""
        elsewhere = visitor()
        elsewhere.session.headers["X-Forwarded-For"] = "203.0.113.9"
        kept = elsewhere.get("/board/agenda").text
        page = from_("192.0.2.1")
        page.route(
            agenda, lambda route: route.fulfill(body=kept, content_type="text/html")
        )
        page.goto(agenda, wait_until="networkidle")
        assert matomo.asked == []
        assert "Matomo: switched off for internal addresses" in page.content()
        assert page.errors == []

    def test_where_nobody_answers_nothing_is_loaded(self, matomo, from_, agenda):
        page = from_("203.0.113.9")
        page.route("**/@@clicktracker-internal", lambda route: route.abort())
        page.goto(agenda, wait_until="networkidle")
        assert matomo.asked == []
        assert page.errors == []


def test_a_service_that_is_down_changes_nothing(site, stand_in, look, agenda):
    use_matomo(address=stand_in.address, https=False)
    stand_in.end()
    page = look("bob")
    page.goto(agenda)
    assert page.locator("h1").inner_text() == "Agenda"
    assert page.errors == []


def test_by_https_also_from_a_page_that_is_not(site, stand_in, look, agenda):
    use_matomo(address=stand_in.address)
    page = look()
    wanted = []
    page.route(
        f"https://{stand_in.address}/**",
        lambda route: (wanted.append(route.request.url), route.abort()),
    )
    page.goto(agenda)
    wait_until(lambda: wanted, page)
    assert wanted[0] == f"https://{stand_in.address}/matomo.js"


def test_what_is_kept_in_the_browser_names_nobody(matomo, look, agenda):
    page = look("bob")
    opened(page, agenda, matomo)
    kept = json.loads(page.evaluate("JSON.stringify(localStorage)"))
    assert kept["clicktracker-named-matomo"] == "1"
    assert "bob" not in str(kept)
