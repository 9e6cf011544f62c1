"""Log-ins that end, are renewed or leave no trace: the right outcome at both doors."""

from AccessControl.class_init import InitializeClass
from datetime import timedelta
from plone import api
from plone.session.tktauth import createTicket
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from Products.PluggableAuthService.interfaces.plugins import IExtractionPlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from slc.clicktracker.storage.model import utc_now
from tests.both_doors import stored
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import made_ticket
from tests.doors.beacons import refusal
from tests.doors.beacons import ticket_on
from tests.layers import PASSWORD
from zope.interface import implementer

import binascii
import pytest
import transaction


def counted(document):
    return [(row.reader.user, row.count, row.cached) for row in stored(document)]


def log_in_at(moment, site, user="bob"):
    """Return the cookie of a log-in that happened then."""
    secret = site.acl_users.session._getSigningSecret(user)
    ticket = createTicket(secret, user, timestamp=int(moment.timestamp()))
    return binascii.b2a_base64(ticket, newline=False).decode()


@pytest.fixture
def with_log_in(tracked, visitor):
    """Return a function: bob, whose log-in is a while ago."""

    def bob(ago):
        cookie = log_in_at(utc_now() - ago, tracked.aq_parent)
        someone = visitor(None)
        someone.session.cookies["__ac"] = cookie
        return someone, cookie

    return bob


def test_a_log_in_that_counts_reports(tracked, with_log_in):
    bob, cookie = with_log_in(timedelta(hours=1))
    ticket = made_ticket(tracked.aq_parent, credential=cookie)
    assert bob.post(CALLBACK, beacon(ticket)).status_code == 200
    assert counted(tracked.agenda) == [("bob", 1, 0)]


def test_a_session_that_has_timed_out_reports_nothing(tracked, with_log_in):
    timeout = tracked.aq_parent.acl_users.session.timeout
    bob, cookie = with_log_in(timedelta(seconds=timeout + 1))
    ticket = made_ticket(tracked.aq_parent, credential=cookie)
    assert refusal(bob.post(CALLBACK, beacon(ticket))) == (403, "other-user")
    assert counted(tracked.agenda) == []


def test_a_cookie_that_was_renewed_reports_and_is_marked(tracked, with_log_in):
    bob, _ = with_log_in(timedelta(hours=1))
    ticket = ticket_on(bob)
    bob.session.cookies.clear()
    bob.session.cookies["__ac"] = log_in_at(utc_now(), tracked.aq_parent)
    assert bob.post(CALLBACK, beacon(ticket)).status_code == 200
    assert counted(tracked.agenda) == [("bob", 1, 1)]


def test_somebody_elses_log_in_reports_nothing(tracked, visitor):
    ticket = ticket_on(visitor("bob"))
    assert refusal(visitor("carol").post(CALLBACK, beacon(ticket))) == (
        403,
        "other-user",
    )
    assert counted(tracked.agenda) == []


def test_what_a_member_read_before_the_account_was_deleted_stays_his(tracked, visitor):
    bob = visitor("bob")
    ticket = ticket_on(bob)
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="bob")
    transaction.commit()
    assert bob.post(CALLBACK, beacon(ticket)).status_code == 200
    (row,) = stored(tracked.agenda)
    assert (row.reader.user, row.count, row.former) == ("bob", 1, True)


def test_a_deleted_member_without_that_log_in_reports_nothing(tracked, visitor):
    ticket = ticket_on(visitor("bob"))
    later = visitor("bob")
    later.session.cookies.clear()
    later.session.auth = ("bob", "correct horse")
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="bob")
    transaction.commit()
    assert later.post(CALLBACK, beacon(ticket)).status_code in (401, 403)
    assert counted(tracked.agenda) == []


def test_who_sends_the_password_with_each_request_reports(tracked, visitor):
    bob, carol = visitor(), visitor()
    bob.session.auth = ("bob", PASSWORD)
    carol.session.auth = ("carol", PASSWORD)
    ticket = ticket_on(bob)
    assert bob.post(CALLBACK, beacon(ticket)).status_code == 200
    assert refusal(carol.post(CALLBACK, beacon(ticket))) == (403, "other-user")
    assert counted(tracked.agenda) == [("bob", 1, 0)]


@implementer(IExtractionPlugin, IAuthenticationPlugin)
class SingleSignOn(BasePlugin):
    """The proxy in front says who it is; nothing in the request is theirs alone."""

    meta_type = "Single sign-on of a test"
    id = "sso"

    def extractCredentials(self, request):
        user = request.get_header("X-Remote-User")
        return {"remote_user": user} if user else {}

    def authenticateCredentials(self, credentials):
        user = credentials.get("remote_user")
        return (user, user) if user else None


InitializeClass(SingleSignOn)


@pytest.fixture
def single_sign_on(tracked, visitor):
    users = tracked.aq_parent.acl_users
    users._setObject("sso", SingleSignOn())
    for interface in ("IExtractionPlugin", "IAuthenticationPlugin"):
        users.plugins.activatePlugin(
            users.plugins._getInterfaceFromName(interface), "sso"
        )
    transaction.commit()

    def as_(name):
        someone = visitor(None)
        someone.session.headers["X-Remote-User"] = name
        return someone

    return as_


def test_single_sign_on_without_a_cookie_reports(tracked, single_sign_on):
    bob = single_sign_on("bob")
    assert bob.post(CALLBACK, beacon(ticket_on(bob))).status_code == 200
    assert counted(tracked.agenda) == [("bob", 1, 0)]


def test_single_sign_on_of_somebody_else_reports_nothing(tracked, single_sign_on):
    ticket = ticket_on(single_sign_on("bob"))
    carol = single_sign_on("carol")
    assert refusal(carol.post(CALLBACK, beacon(ticket))) == (403, "other-user")
    assert counted(tracked.agenda) == []


def token_of(site, user="bob", seconds=3600):
    """What plone.restapi logs somebody in by."""
    return site.acl_users.jwt_auth.create_token(user, timeout=seconds)


def ticket_by(visitor, token):
    """Return the ticket that the server of a frontend gets, which has no cookies."""
    headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"}
    answer = visitor().get("/board/agenda?expand=own-reading", headers=headers)
    return answer.json()["@components"]["clicktracker"]["tracker"]["ticket"]


@pytest.mark.parametrize("sent", ["cookie", "header"])
def test_a_frontends_token_is_one_log_in_whichever_way_it_comes(tracked, visitor, sent):
    token = token_of(tracked.aq_parent)
    ticket = ticket_by(visitor, token)
    with api.env.adopt_roles(["Manager"]):
        # So that only the log-in can tell who it is, and nobody asks Plone.
        api.user.delete(username="bob")
    transaction.commit()
    someone = with_token(visitor(), token, sent)
    assert someone.post(CALLBACK, beacon(ticket)).status_code == 200
    assert counted(tracked.agenda) == [("bob", 1, 0)]


def with_token(someone, token, sent="cookie"):
    if sent == "cookie":
        someone.session.cookies["auth_token"] = token
    else:
        someone.session.headers["Authorization"] = f"Bearer {token}"
    return someone


@pytest.mark.parametrize("sent", ["cookie", "header"])
def test_a_token_that_was_renewed_while_a_page_was_open_loses_no_read(
    tracked, visitor, sent
):
    ticket = ticket_by(visitor, token_of(tracked.aq_parent))
    renewed = token_of(tracked.aq_parent, seconds=7200)
    someone = with_token(visitor(), renewed, sent)
    assert someone.post(CALLBACK, beacon(ticket)).status_code == 200
    assert counted(tracked.agenda) == [("bob", 1, 1)]


@pytest.mark.parametrize("sent", ["cookie", "header"])
def test_a_token_that_has_expired_while_its_page_was_open_reports_nothing(
    tracked, visitor, sent
):
    over = token_of(tracked.aq_parent, seconds=-1)
    ticket = made_ticket(tracked.aq_parent, credential=over)
    answer = with_token(visitor(), over, sent).post(CALLBACK, beacon(ticket))
    assert refusal(answer) == (403, "other-user")
    assert counted(tracked.agenda) == []


def test_a_session_outlives_the_token_that_is_renewed_beside_it(tracked, visitor):
    bob = with_token(visitor("bob"), token_of(tracked.aq_parent))
    ticket = ticket_on(bob)
    with_token(bob, token_of(tracked.aq_parent, seconds=7200))
    assert bob.post(CALLBACK, beacon(ticket)).status_code == 200
    assert counted(tracked.agenda) == [("bob", 1, 0)]


def test_no_token_but_a_genuine_one_that_counts_reports(tracked, visitor):
    site = tracked.aq_parent
    ticket = ticket_by(visitor, token_of(site))
    head, payload, signature = token_of(site, seconds=9999).split(".")
    wrong = (
        token_of(site, "carol"),
        token_of(site, seconds=-10),
        f"{head}.{payload}.{signature[::-1]}",
        "no token",
    )
    for token in wrong:
        answer = with_token(visitor(), token).post(CALLBACK, beacon(ticket))
        assert refusal(answer) == (403, "other-user"), token
    assert counted(tracked.agenda) == []


def test_a_token_that_somebody_has_made_up_is_no_log_in(
    tracked, visitor, single_sign_on
):
    head, payload, signature = token_of(tracked.aq_parent).split(".")
    made_up = f"{head}.{payload}.{signature[::-1]}"
    ticket = ticket_on(with_token(single_sign_on("bob"), made_up))
    answer = with_token(visitor(), made_up).post(CALLBACK, beacon(ticket))
    assert refusal(answer) == (403, "other-user")
