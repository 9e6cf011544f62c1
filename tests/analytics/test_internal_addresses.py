"""Services learn nothing of visitors from internal addresses, whatever caches do."""

from plone.app.testing import applyProfile
from slc.clicktracker.analytics.clicky import IClickySettings
from slc.clicktracker.analytics.matomo import IMatomoSettings
from tests.analytics.pages import body_of
from tests.analytics.pages import carried
from tests.analytics.pages import page_of
from tests.analytics.pages import switch
from tests.analytics.pages import use_clicky
from tests.analytics.pages import use_matomo
from ZPublisher import HTTPRequest

import plone.api as api
import pytest
import transaction


OFFICE = ("192.0.2.0/24", "2001:db8::/32", "198.51.100.7")
SILENT = ["Clicky: switched off for internal addresses"]
SILENT_BOTH = [*SILENT, "Matomo: switched off for internal addresses"]


@pytest.fixture(autouse=True)
def services(site, monkeypatch):
    """Both services are configured, and the proxy on this host is known."""
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ["127.0.0.1"])
    use_clicky()
    use_matomo()


@pytest.fixture
def coming_from(visitor):
    """Return a function: a visitor from an address, as the proxy tells it."""

    def of(address, name=None):
        found = visitor(name)
        found.session.headers["X-Forwarded-For"] = address
        return found

    return of


@pytest.mark.parametrize("user", ["bob", None])
@pytest.mark.parametrize(
    "address, is_internal",
    [
        ("192.0.2.1", True),
        ("192.0.3.1", False),
        ("198.51.100.7", True),
        ("198.51.100.70", False),
        ("2001:db8::7", True),
        ("2001:DB8:0:0:0:0:0:7", True),
        ("2001:db9::7", False),
        ("::ffff:192.0.2.1", True),
        ("192.0.2.1:4711", True),
        # The nearest to the proxy counts: the others anybody can write.
        ("192.0.2.1, 203.0.113.9", False),
        ("203.0.113.9, 192.0.2.1", True),
        ("203.0.113.9, 192.0.2.1, 127.0.0.1", True),
        ("203.0.113.9 ,\t192.0.2.1", True),
        ("", False),
        ("nonsense", False),
        ("192.0.2.1, nonsense", False),
        ("192.0.2", False),
        ("999.0.2.1", False),
        ("192.0.2.0/24", False),
        ("x" * 5000, False),
    ],
)
def test_by_general_networks(coming_from, user, address, is_internal):
    switch(internal_networks=OFFICE)
    page = carried(page_of(coming_from(address, user)))
    assert page.comments == (SILENT_BOTH if is_internal else [])
    assert bool(page.data) != is_internal
    assert not (is_internal and page.images)


@pytest.mark.parametrize("trusted", [[], ["203.0.113.1"]])
def test_the_header_counts_from_proxies_that_zope_trusts_alone(
    coming_from, monkeypatch, trusted
):
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", trusted)
    switch(internal_networks=OFFICE)
    assert carried(page_of(coming_from("192.0.2.1"))).comments == []


def test_a_proxy_that_nobody_has_named_is_not_internal(visitor, monkeypatch):
    """Else nobody would be counted, or everybody from the office would."""
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", [])
    switch(internal_networks=("127.0.0.0/8",))
    assert carried(page_of(visitor())).comments == []


@pytest.mark.parametrize(
    "own, networks, comments",
    [
        # As for all services.
        (False, (), SILENT_BOTH),
        (False, ("203.0.113.0/24",), SILENT_BOTH),
        # Nobody is internal for Matomo.
        (True, (), SILENT),
        (True, ("203.0.113.0/24",), SILENT),
        (True, ("192.0.2.1",), SILENT_BOTH),
    ],
)
def test_a_service_has_a_list_of_its_own(coming_from, own, networks, comments):
    switch(internal_networks=OFFICE)
    switch(IMatomoSettings, own_internal_networks=own, internal_networks=networks)
    assert carried(page_of(coming_from("192.0.2.1"))).comments == comments


def test_only_one_service_has_a_list(coming_from):
    switch(
        IClickySettings,
        own_internal_networks=True,
        internal_networks=("192.0.2.0/24",),
    )
    page = carried(page_of(coming_from("192.0.2.1")))
    assert page.comments == SILENT
    assert list(page.data) == ["matomo"]
    assert page.data["matomo"]["ask"] is None


def test_lines_that_mean_nothing_are_left_out(coming_from):
    switch(internal_networks=("office", "192.0.2.1/24", "", "192.0.2.0/24"))
    assert carried(page_of(coming_from("192.0.2.1"))).comments == SILENT_BOTH


@pytest.mark.parametrize(
    "value", ["-->", "--!>", "</script>", "<!--", "\"'>", "secret"]
)
def test_nothing_is_delivered_in_the_comment(coming_from, say, value):
    switch(internal_networks=OFFICE)
    say(
        analytical_identity=f"secret{value}",
        matomo_vars=[(1, "secret", f"secret{value}")],
        clicky_title=f"secret{value}",
    )
    text = page_of(coming_from("192.0.2.1", "bob"))
    assert "secret" not in text
    assert "12345678" not in text
    assert "stats.example.org" not in text
    assert carried(text).comments == SILENT_BOTH


class TestPagesThatCachesShare:
    def test_a_guest_from_elsewhere_asks_first(self, coming_from):
        """The page may be given to somebody from the office by a cache."""
        switch(internal_networks=OFFICE)
        guest = coming_from("203.0.113.9")
        page = carried(page_of(guest))
        ask = f"{guest.site_url}/@@clicktracker-internal"
        assert {one["ask"] for one in page.data.values()} == {ask}
        assert page.images == []

    def test_pages_of_guests_from_elsewhere_are_equal(self, coming_from):
        switch(internal_networks=OFFICE)
        first, second = coming_from("203.0.113.9"), coming_from("203.0.113.10")
        assert body_of(page_of(first)) == body_of(page_of(second))

    def test_a_member_is_decided_about_by_the_server(self, coming_from):
        switch(internal_networks=OFFICE)
        page = carried(page_of(coming_from("203.0.113.9", "bob")))
        assert {one["ask"] for one in page.data.values()} == {None}

    def test_without_networks_nothing_is_asked(self, coming_from):
        page = carried(page_of(coming_from("203.0.113.9")))
        assert {one["ask"] for one in page.data.values()} == {None}

    @pytest.mark.parametrize(
        "address, names",
        [
            ("192.0.2.1", ["clicky", "matomo"]),
            ("203.0.113.9", []),
            ("203.0.113.77", ["matomo"]),
        ],
    )
    def test_the_answer(self, coming_from, address, names):
        switch(internal_networks=OFFICE)
        switch(
            IMatomoSettings,
            own_internal_networks=True,
            internal_networks=(*OFFICE, "203.0.113.77"),
        )
        answer = coming_from(address).get("/@@clicktracker-internal")
        assert answer.status_code == 200
        assert answer.json() == names
        assert answer.headers["Cache-Control"] == "private, no-store"

    def test_no_cache_keeps_the_page_of_an_internal_guest(self, site, coming_from):
        cached(site)
        switch(internal_networks=OFFICE)
        office, elsewhere = coming_from("192.0.2.1"), coming_from("203.0.113.9")
        answer = office.get("/board/agenda")
        assert carried(answer.text).comments == SILENT_BOTH
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer.headers
        # Plone's own cache doesn't either: the next one gets what all guests get.
        answer = elsewhere.get("/board/agenda")
        assert "s-maxage" in answer.headers["Cache-Control"]
        shared = carried(answer.text)
        assert shared.comments == []
        assert set(shared.data) == {"clicky", "matomo"}
        # Who gets that in the office asks before anything is loaded.
        answer = office.get("/board/agenda")
        assert answer.headers["X-Cache-Operation"] == "plone.app.caching.strongCaching"
        assert carried(answer.text) == shared
        assert all(one["ask"] for one in shared.data.values())


def cached(site):
    """Have caches in front of Plone, and Plone's own, keep pages for guests."""
    with api.env.adopt_roles(["Manager"]):
        applyProfile(site, "plone.app.caching:default")
        applyProfile(site, "plone.app.caching:with-caching-proxy")
    registry = api.portal.get_tool("portal_registry")
    registry["plone.caching.interfaces.ICacheSettings.enabled"] = True
    prefix = "plone.app.caching.strongCaching"
    registry["plone.caching.interfaces.ICacheSettings.operationMapping"] = {
        **registry["plone.caching.interfaces.ICacheSettings.operationMapping"],
        "plone.content.itemView": prefix,
    }
    registry[f"{prefix}.smaxage"] = 3600
    registry[f"{prefix}.ramCache"] = True
    transaction.commit()
