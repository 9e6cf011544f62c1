"""A frontend on another host: its pages may ask and report as far as the site's CORS policy
says, and the pages of others may not."""

from plone import api
from plone.rest.cors import CORSPolicy
from plone.rest.interfaces import ICORSPolicy
from tests.both_doors import stored
from tests.doors.beacons import ask
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import FRESH
from tests.doors.beacons import refusal
from zope.component import getGlobalSiteManager
from zope.interface import Interface
from zope.publisher.interfaces.browser import IDefaultBrowserLayer

import pytest
import transaction


FRONTEND = "https://www.example.org"
STRANGER = "https://www.example.net"


class Policy(CORSPolicy):
    """What the directive of the documentation makes."""

    allow_origin = [FRONTEND]
    allow_methods = ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"]
    allow_headers = ["Accept", "Authorization", "Content-Type"]
    expose_headers = []
    allow_credentials = True
    max_age = "3600"


@pytest.fixture
def policy(monkeypatch):
    """Return a function that sets which origin the policy of the site allows."""
    policies = Policy, (Interface, IDefaultBrowserLayer), ICORSPolicy
    getGlobalSiteManager().registerAdapter(*policies)
    yield lambda origin: monkeypatch.setattr(Policy, "allow_origin", [origin])
    getGlobalSiteManager().unregisterAdapter(*policies)


@pytest.fixture
def elsewhere(tracked, visitor, policy):
    """Return a function: somebody whose page has come from another host, with a token and
    without cookies, as Volto sends it."""

    def as_(user, origin=FRONTEND):
        someone = visitor()
        someone.session.headers["Origin"] = origin
        someone.session.headers["Sec-Fetch-Site"] = "cross-site"
        if user:
            token = tracked.aq_parent.acl_users.jwt_auth.create_token(user)
            someone.session.headers["Authorization"] = f"Bearer {token}"
        return someone

    return as_


def tracker_of(someone, path="/board/agenda"):
    answer = someone.get(
        f"{path}?expand=own-reading", headers={"Accept": "application/json"}
    )
    return answer.json()["@components"]["clicktracker"]["tracker"]


def allowed(answer):
    names = "Origin", "Credentials"
    return tuple(answer.headers.get(f"Access-Control-Allow-{name}") for name in names)


def test_a_page_on_another_host_reports_and_may_read_the_answer(tracked, elsewhere):
    bob = elsewhere("bob")
    ticket = tracker_of(bob)["ticket"]
    for view in ("0123456789abcdef", "another-view-of-it"):
        answer = bob.post(CALLBACK, beacon(ticket, view))
        assert answer.status_code == 200
        assert allowed(answer) == (FRONTEND, "true")
        assert answer.headers["Vary"] == "Origin"
        assert answer.headers["Access-Control-Expose-Headers"] == "Retry-After"
    (row,) = stored(tracked.agenda)
    assert (row.reader.user, row.count, row.cached) == ("bob", 2, 0)


def test_a_refusal_can_be_read_as_well_so_that_a_fresh_ticket_is_asked_for(elsewhere):
    bob = elsewhere("bob")
    bob.post(CALLBACK, beacon(tracker_of(bob)["ticket"]))
    answer = elsewhere("carol").post(CALLBACK, beacon(tracker_of(bob)["ticket"]))
    assert refusal(answer) == (403, "other-user")
    assert allowed(answer) == (FRONTEND, "true")
    fresh = ask(bob, tracker_of(bob)["version"])
    assert fresh.json()["ticket"]
    assert allowed(fresh) == (FRONTEND, "true")


@pytest.mark.parametrize("path", [CALLBACK, FRESH, f"/++api++{FRESH}"])
def test_a_browser_that_asks_whether_it_may_send_a_token_is_told(elsewhere, path):
    wanted = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }

    def asked_of(origin):
        # Browsers ask without any log-in, also of what only members may view.
        someone = elsewhere(None, origin)
        return someone.session.options(someone.url_of(path), headers=wanted)

    answer = asked_of(FRONTEND)
    assert answer.ok
    assert allowed(answer) == (FRONTEND, "true")
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Max-Age"] == "3600"
    assert answer.content == b""
    assert allowed(asked_of(STRANGER)) == (None, None)


def test_pages_of_others_can_read_nothing(elsewhere):
    bob = elsewhere("bob", STRANGER)
    tracker = tracker_of(bob)
    answers = [bob.post(CALLBACK, beacon(tracker["ticket"])) for _ in range(2)]
    for answer in [*answers, ask(bob, tracker["version"])]:
        assert answer.status_code == 200
        assert allowed(answer) == (None, None)


def test_without_a_policy_nobody_elsewhere_can(elsewhere, policy):
    policy("https://www.example.com")
    assert allowed(ask(elsewhere("bob"), "")) == (None, None)


def test_who_may_not_view_the_page_gets_no_ticket_from_elsewhere_either(
    tracked, elsewhere
):
    with api.env.adopt_roles(["Manager"]):
        tracked.agenda.manage_permission("View", ["Manager"], acquire=False)
    transaction.commit()
    answer = elsewhere(None).post(FRESH, b'{"version": ""}', allow_redirects=False)
    assert answer.status_code == 302
    assert "require_login" in answer.headers["Location"]


@pytest.mark.parametrize(
    ("origins", "origin", "status"),
    [(FRONTEND, FRONTEND, 200), (FRONTEND, STRANGER, 403), ("*", STRANGER, 403)],
)
def test_page_views_of_members_are_only_taken_from_a_frontend_by_name(
    tracked, elsewhere, policy, visits, origins, origin, status
):
    policy(origins)
    ticket = tracker_of(elsewhere("bob"), "/rules")["ticket"]
    carol = elsewhere("carol", origin)
    for _ in range(2):
        assert carol.post(CALLBACK, beacon(ticket)).status_code == status
