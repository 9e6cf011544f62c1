"""Who is named to a service."""

from collections.abc import Mapping
from html.parser import HTMLParser
from plone import api
from plone.dexterity.interfaces import IDexterityContent
from Products.PageTemplates.ZopePageTemplate import manage_addPageTemplate
from slc.clicktracker.analytics.interfaces import IAnalyticsData
from slc.clicktracker.interfaces import IAnalyticsSettings
from slc.clicktracker.sites.pseudonyms import make_pseudonym_key
from slc.clicktracker.sites.pseudonyms import pseudonym
from tests.analytics.pages import body_of
from tests.analytics.pages import carried
from tests.analytics.pages import page_of
from tests.analytics.pages import switch
from tests.analytics.pages import use_clicky
from tests.analytics.pages import use_matomo
from zope.component import getGlobalSiteManager
from zope.interface import Interface
from zope.publisher.interfaces.browser import IDefaultBrowserLayer

import pytest
import re
import transaction


@pytest.fixture(autouse=True)
def services(site):
    use_matomo()
    use_clicky()


def named(visitor, path="/board/agenda"):
    """Whom a page names, to Matomo and to Clicky."""
    data = carried(page_of(visitor, path)).data
    calls = [call[1] for call in data["matomo"]["before"] if call[0] == "setUserId"]
    assert len(calls) == int(data["matomo"]["named"])
    found = data["clicky"]["custom"].get("visitor", {}).get("username")
    return (calls or [None])[0], found


@pytest.mark.parametrize(
    "by, name",
    [("user_id", "bob"), ("login", "bob"), ("full_name", "Bob Berger")],
)
def test_the_member_is_named(visitor, by, name):
    switch(identify_by=by)
    assert named(visitor("bob")) == (name, name)


def test_by_a_login_name_that_is_not_the_id(site, visitor):
    with api.env.adopt_roles(["Manager"]):
        site.acl_users.source_users.updateUser("bob", "bob@example.org")
    transaction.commit()
    bob = visitor("bob@example.org", by_form=True)
    assert named(bob) == ("bob", "bob")
    switch(identify_by="login")
    assert named(bob) == ("bob@example.org", "bob@example.org")


def test_who_has_no_full_name_is_not_named(site, visitor):
    switch(identify_by="full_name")
    api.user.get("bob").setMemberProperties({"fullname": ""})
    transaction.commit()
    assert named(visitor("bob")) == (None, None)


def test_guests_are_not_named(visitor):
    assert named(visitor()) == (None, None)


def test_nobody_is_named_where_that_is_off(visitor):
    switch(auto_identify=False)
    assert named(visitor("bob")) == (None, None)


class TestPseudonyms:
    def test_they_stay_and_differ(self, visitor):
        switch(identify_by="pseudonym")
        matomo, clicky = named(visitor("bob"))
        assert re.fullmatch("[0-9a-f]{32}", matomo)
        assert re.fullmatch("[0-9a-f]{32}", clicky)
        assert matomo != clicky
        assert named(visitor("bob")) == (matomo, clicky)
        assert not {matomo, clicky} & {*named(visitor("alice"))}
        switch(identify_by="user_id")
        switch(identify_by="pseudonym")
        assert named(visitor("bob")) == (matomo, clicky)

    def test_nothing_else_of_the_member_is_told(self, visitor):
        switch(identify_by="pseudonym")
        data = carried(page_of(visitor("bob"))).data
        assert "bob" not in str(data).lower()

    def test_the_same_id_in_the_root_of_zope_is_somebody_else(self, site):
        make_pseudonym_key()
        found = {
            pseudonym(name, folder, "bob")
            for name in ("matomo", "clicky")
            for folder in ("", "/acl_users")
        }
        assert len(found) == 4

    def test_without_a_key_nobody_is_named(self, site):
        assert pseudonym("matomo", "", "bob") is None


@pytest.mark.parametrize(
    "said, expected",
    [
        ({"matomo_identity": "M"}, ("M", "bob")),
        ({"analytical_identity": "A"}, ("A", "A")),
        ({"matomo_identity": "M", "analytical_identity": "A"}, ("M", "A")),
        # That it is there counts.
        ({"matomo_identity": None}, (None, "bob")),
        ({"matomo_identity": None, "analytical_identity": "A"}, (None, "A")),
        ({"clicky_identity": "C", "analytical_identity": None}, (None, "C")),
        ({"analytical_identity": None}, (None, None)),
        ({"analytical_identity": ""}, (None, None)),
        ({"analytical_identity": " \t"}, (None, None)),
        ({"analytical_identity": 7}, ("7", "7")),
        ({"analytical_identity": "x" * 200}, ("x" * 200, "x" * 200)),
        # Somebody else than the member was meant: then nobody is named.
        ({"analytical_identity": "x" * 201}, (None, None)),
        ({"analytical_identity": "x" * 1_000_000}, (None, None)),
        ({"analytical_identity": object()}, (None, None)),
        ({"analytical_identity": ["bob"]}, (None, None)),
        ({"analytical_identity": {"id": "bob"}}, (None, None)),
        ({"analytical_identity": True}, (None, None)),
        ({"analytical_identity": b"bob"}, (None, None)),
        ({"analytical_identity": (each for each in "bob")}, (None, None)),
    ],
)
def test_a_page_says_who(visitor, say, said, expected):
    say(**said)
    assert named(visitor("bob")) == expected


@pytest.mark.parametrize("automatic", [True, False])
def test_who_is_said_is_named_also_where_it_is_not_automatic(visitor, say, automatic):
    switch(auto_identify=automatic)
    say(analytical_identity="A")
    assert named(visitor("bob")) == ("A", "A")


def test_pages_for_guests_name_nobody_whatever_is_said(visitor, say, caplog):
    before = body_of(page_of(visitor()))
    say(analytical_identity="somebody")
    assert body_of(page_of(visitor())) == before
    assert "Nobody is named to matomo on pages for guests" in caplog.text


def test_pages_for_guests_are_equal(visitor):
    first, second = visitor(), visitor()
    second.session.headers.update({"DNT": "1", "X-Forwarded-For": "192.0.2.7"})
    assert body_of(page_of(first)) == body_of(page_of(second))


@pytest.mark.parametrize(
    "value",
    [
        "</script><script>alert(1)</script>",
        "--><script>alert(1)</script>",
        '" onload="alert(1)',
        "' onload='alert(1)",
        "\u2028alert(1)\u2029",
        "\\u0022);alert(1)//",
        "&quot;&lt;&amp;",
        "x\x00\x01\x1f",
        "half \ud800",
        "]]>",
        "${alert(1)}",
    ],
)
def test_no_value_leaves_its_place(visitor, say, value):
    sent = value.replace("\ud800", "\ufffd")
    say(
        analytical_identity=value,
        matomo_vars=[(1, value, value)],
        clicky_title=value,
        clicky_session={value: value},
    )
    text = page_of(visitor("bob"))
    page = carried(text)
    assert named(visitor("bob")) == (sent, sent)
    assert ["setCustomVariable", 1, sent, sent, "page"] in page.data["matomo"]["before"]
    assert page.data["clicky"]["custom"]["title"] == sent
    assert "<script>alert" not in text
    assert not attributes_in(text) & {"onload"}
    assert text.count("data-page=") == 2


def attributes_in(text):
    found = set()

    class Parser(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.update(name for name, _value in attrs)

    Parser().feed(text)
    return found


@pytest.fixture
def subscribe():
    """Return a function that has somebody speak for the whole site."""
    components = getGlobalSiteManager()
    made = []

    def add(factory, context=Interface):
        required = (context, IDefaultBrowserLayer)
        components.registerSubscriptionAdapter(factory, required, IAnalyticsData)
        made.append((factory, required))

    yield add
    for factory, required in made:
        components.unregisterSubscriptionAdapter(factory, required, IAnalyticsData)


class TestWhoBeatsWhom:
    """What is said nearer to the page beats what is said for more of the site."""

    def test_a_subscriber_speaks_for_the_whole_site(self, visitor, subscribe):
        subscribe(lambda context, request: {"matomo_identity": "site"})
        assert named(visitor("bob")) == ("site", "bob")

    def test_a_view_beats_a_subscriber(self, visitor, subscribe, say):
        subscribe(lambda context, request: {"matomo_identity": "site"})
        say(matomo_identity="view")
        assert named(visitor("bob"))[0] == "view"

    def test_a_template_beats_a_view(self, site, visitor, say, template):
        say(matomo_identity="view", clicky_identity="view")
        assert named(visitor("bob"), "/said") == ("template", "view")

    def test_a_more_special_subscriber_beats_a_general_one(self, visitor, subscribe):
        subscribe(
            lambda context, request: {"matomo_identity": "content"}, IDexterityContent
        )
        subscribe(lambda context, request: {"matomo_identity": "site"})
        assert named(visitor("bob"))[0] == "content"

    def test_the_service_beats_all_services_whoever_says_so(
        self, visitor, subscribe, say
    ):
        subscribe(lambda context, request: {"matomo_identity": "site"})
        say(analytical_identity="view")
        assert named(visitor("bob")) == ("site", "view")

    def test_one_that_fails_is_left_out(self, visitor, subscribe, caplog):
        def fail(context, request):
            raise ValueError("secret")

        def nonsense(context, request):
            return 7

        subscribe(fail)
        subscribe(nonsense)
        subscribe(lambda context, request: None)
        subscribe(lambda context, request: {"matomo_identity": "site"})
        assert named(visitor("bob")) == ("site", "bob")
        assert "fails, and is left out" in caplog.text


@pytest.fixture
def template(site):
    """A template of the site, as somebody without any rights on the server writes it."""
    manage_addPageTemplate(site, "said", text=TEMPLATE)
    transaction.commit()


TEMPLATE = """\
<html metal:use-macro="context/main_template/macros/master"
      xmlns:metal="http://xml.zope.org/namespaces/metal"
      xmlns:tal="http://xml.zope.org/namespaces/tal">
<metal:main fill-slot="main">
  <p tal:define="services nocall:context/@@clicktracker-analytics;
                 done python: services.set(matomo_identity='template')">Text</p>
</metal:main>
</html>
"""


def test_nobody_says_anything_by_an_address(visitor):
    bob = visitor("bob")
    path = "/board/agenda/@@clicktracker-analytics/set?matomo_identity=x"
    assert bob.get(path).status_code == 404
    assert (
        named(bob, "/board/agenda?matomo_identity=x&analytical_identity=y")[0] == "bob"
    )


def test_what_the_caller_has_given_is_never_changed(visitor, say):
    session = {"group": "g", "deep": "x"}
    variables = [(1, "a", "b"), [2, "c", "d"]]
    say(clicky_session=session, matomo_vars=variables)
    assert named(visitor("bob")) == ("bob", "bob")
    assert session == {"group": "g", "deep": "x"}
    assert variables == [(1, "a", "b"), [2, "c", "d"]]


def test_what_is_changed_later_does_not_count(visitor, subscribe, say):
    session = {"group": "before"}

    def change(context, request):
        session["group"] = "after"
        return {}

    say(clicky_session=session)
    subscribe(change)
    bob = visitor("bob")
    page = carried(page_of(bob)).data["clicky"]["custom"]
    assert page["visitor"]["group"] == "before"


@pytest.mark.parametrize(
    "name, is_known",
    [
        ("matomo_identity", True),
        ("clicky_title", True),
        ("analytical_identity", True),
        ("matom_identity", False),
        ("analytical_domain", False),
        ("title", False),
    ],
)
def test_a_name_that_is_for_no_service_is_logged(visitor, say, caplog, name, is_known):
    say(**{name: "x"})
    page_of(visitor("bob"))
    assert (f"{name} is for no analytics service" in caplog.text) != is_known


class Explosive(dict):
    """Can't be read, for whatever reason."""

    def items(self):
        raise OSError("secret")


class Changing(Mapping):
    """Grows while it is read."""

    def __init__(self):
        self._entries = {"1": "a", "2": "b"}

    def __getitem__(self, name):
        self._entries[f"{name}0"] = "c"
        return self._entries[name]

    def __iter__(self):
        return iter(self._entries)

    def __len__(self):
        return len(self._entries)


@pytest.mark.parametrize(
    "value",
    [Explosive(a=1), Changing(), "x" * 1_000_000, object(), {"a": {1, 2}}, b"x", 1j],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize(
    "name", ["matomo_vars", "matomo_dimensions", "clicky_session", "clicky_goal"]
)
def test_what_can_not_be_sent_is_left_out_and_logged(visitor, say, caplog, name, value):
    say(**{name: value, "clicky_title": "Title"})
    text = page_of(visitor("bob"))
    assert len(text) < 200_000
    data = carried(text).data
    assert data["clicky"]["custom"] == {
        "title": "Title",
        "visitor": {"username": "bob"},
        "sticky_data_disable": True,
    }
    assert len(data["matomo"]["before"]) == 3
    assert f"{name} is not sent" in caplog.text
    assert "secret" not in caplog.text


def test_the_panel_says_in_words_what_is_sent():
    said = IAnalyticsSettings["auto_identify"].description
    assert "tells each service configured below who it is" in " ".join(said.split())
