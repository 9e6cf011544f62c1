"""What services are told of a page view, by what the visitor asks for and comes from."""

from slc.clicktracker.doors.forwarded import hits_of
from slc.clicktracker.doors.visitor import Visitor
from slc.clicktracker.forwarding.rules import ForwardedTo
from slc.clicktracker.forwarding.rules import ForwardRules
from slc.clicktracker.storage.visits.plain import PlainPageView
from slc.clicktracker.visitors.networks import Networks
from ZPublisher import HTTPRequest

import pytest


AGREED = "clicktracker_consent=yes"
OFFICE = Networks.of(["192.0.2.0/24", "2001:db8::/32"])
NOBODY = Networks.of([])


@pytest.fixture(autouse=True)
def proxy(monkeypatch):
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ["127.0.0.1"])


def view(**more):
    values = {
        **{"key": "0" * 32, "at": 5, "seen": 5, "url": "/büro/a b", "uid": "u"},
        **{"title": "Title", "user": "bob", "folder": "", "name": "Bob Berger"},
        **{"session": "5e" * 16, "address": "203.0.113.9", "agent": "Firefox"},
        **{"gap": 1800, "referrer": "https://other.example/"},
    }
    return PlainPageView(**{**values, **more})


def told(page_view=None, address="203.0.113.9", **options):
    """Return the hits that there are; options are headers, or those of the rules."""
    headers = {name: options.pop(name) for name in list(options) if name.isupper()}
    environ = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": address, **headers}
    given = {
        "site": "site-uid",
        "services": (ForwardedTo("matomo", NOBODY),),
        "base": "https://example.org/site/",
        **options,
    }
    return hits_of(page_view or view(), environ, ForwardRules(**given))


def test_a_service_learns_of_the_page_and_not_of_the_address():
    (hit,) = told()
    assert hit.url == "https://example.org/site/b%C3%BCro/a%20b"
    assert (hit.service, hit.key, hit.at, hit.title) == ("matomo", "0" * 32, 5, "Title")
    assert (hit.agent, hit.referrer) == ("Firefox", "https://other.example/")
    assert hit.session == "5e" * 16
    assert "203.0.113.9" not in str(hit)
    # So that it can be forgotten; nobody is told.
    assert (hit.user, hit.identity) == ("bob", "")


def test_an_address_of_bytes_that_are_no_text_is_told_as_far_as_it_can_be():
    (hit,) = told(view(url="/a\udcff"))
    assert hit.url == "https://example.org/site/a%3F"


@pytest.mark.parametrize("signal", ["HTTP_DNT", "HTTP_SEC_GPC"])
def test_who_asks_not_to_be_tracked_is_not_if_signals_are_respected(signal):
    assert told(signals=True, **{signal: "1"}) == ()
    assert len(told(signals=False, **{signal: "1"})) == 1
    assert len(told(signals=True, **{signal: "0"})) == 1
    assert len(told(signals=True)) == 1


@pytest.mark.parametrize(
    ("consent", "cookie", "is_told", "is_joined"),
    [
        ("none", "", True, True),
        ("cookies", "", True, False),
        ("cookies", AGREED, True, True),
        ("cookies", "clicktracker_consent=no", True, False),
        ("all", "", False, False),
        ("all", "clicktracker_consent=no", False, False),
        ("all", AGREED, True, True),
    ],
)
def test_before_consent_nothing_is_told_or_nothing_joined(
    consent, cookie, is_told, is_joined
):
    hits = told(consent=consent, HTTP_COOKIE=cookie)
    assert bool(hits) == is_told
    assert any(hit.session for hit in hits) == is_joined


def test_who_has_one_session_for_good_is_not_joined_by_it():
    """As with a log-in that is no cookie: it would be a name, if an odd one."""
    session = Visitor().session("site-uid", "bob", "", "")
    (hit,) = told(view(session=session))
    assert hit.session == ""
    (hit,) = told(view(session=Visitor().session("site-uid", "bob", "", "log-in")))
    assert len(hit.session) == 32


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("203.0.113.9", True),
        ("192.0.2.7", False),
        ("2001:db8::1", False),
        ("::ffff:192.0.2.7", False),
        # Nobody can tell, so it may be internal.
        ("", False),
        ("unknown", False),
    ],
)
def test_of_internal_addresses_nothing_is_told(address, is_told):
    services = (ForwardedTo("matomo", OFFICE), ForwardedTo("clicky", NOBODY))
    assert (
        "matomo" in [hit.service for hit in told(None, address, services=services)]
    ) == (is_told)
    # Where nobody is internal it doesn't matter.
    assert "clicky" in [hit.service for hit in told(None, address, services=services)]


KEY = "ab" * 32


@pytest.mark.parametrize(
    ("by", "identity"),
    [("", ""), ("user_id", "bob"), ("full_name", "Bob Berger"), ("login", "")],
)
def test_whom_it_is_told_that_a_member_is(by, identity):
    (hit,) = told(services=(ForwardedTo("matomo", NOBODY, by, KEY),))
    assert hit.identity == identity
    guest = view(user="", name="")
    (hit,) = told(guest, services=(ForwardedTo("matomo", NOBODY, by, KEY),))
    assert hit.identity == ""


def test_a_pseudonym_is_another_one_in_each_service():
    services = [ForwardedTo(name, NOBODY, "pseudonym", KEY) for name in ("a", "b")]
    first, second = (hit.identity for hit in told(services=tuple(services)))
    assert first != second
    assert len(first) == 32
    assert told(services=(ForwardedTo("a", NOBODY, "pseudonym", ""),))[0].identity == ""
    # All guests would be one and the same.
    guest = told(view(user="", name=""), services=tuple(services))
    assert [hit.identity for hit in guest] == ["", ""]
