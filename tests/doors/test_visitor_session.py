"""What joins the page views of one visitor: a log-in, or a cookie that was agreed to."""

from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.doors.visitor import _cookies
from slc.clicktracker.doors.visitor import guest_cookie
from slc.clicktracker.doors.visitor import Visitor
from slc.clicktracker.tickets.visit_rules import ALWAYS
from slc.clicktracker.tickets.visit_rules import CONSENT
from slc.clicktracker.tickets.visit_rules import NEVER
from slc.clicktracker.tickets.visit_rules import VisitRules
from slc.clicktracker.visitors.rules import VisitorRules

import pytest
import re


NUMBER = "0123456789abcdef" * 2
NAME = guest_cookie("site")
KNOWN = f"{NAME}={NUMBER}"
AGREED = "clicktracker_consent=yes"


def visitor(cookies="", allowed=ALWAYS, is_guest=True, site="site", **environ):
    rules = VisitRules(VisitorRules(), guest_cookie=allowed)
    return Visitor.of({"HTTP_COOKIE": cookies, **environ}, rules, site, is_guest)


def session(of, user="", log_in="", site="site", folder=""):
    return of.session(site, user, folder, log_in)


def test_a_guest_without_a_cookie_is_offered_one_and_not_joined_yet():
    first = visitor()
    assert first.set_cookie.startswith(f"{NAME}=")
    assert "; HttpOnly; SameSite=Lax" in first.set_cookie
    assert session(first) == ""


def test_the_cookie_that_comes_back_joins_page_views():
    again = visitor(KNOWN)
    assert again.set_cookie == ""
    assert len(session(again)) == 32
    assert session(again) == session(visitor(f"other=1; {KNOWN}"))
    assert session(again) != session(visitor(f"{NAME}={'f' * 32}"))


def test_each_guest_is_offered_another_number():
    assert visitor().set_cookie != visitor().set_cookie


@pytest.mark.parametrize(
    "cookies",
    [
        f"{NAME}=",
        f"{NAME}=1",
        f"{NAME}={NUMBER.upper()}",
        f"{NAME}={NUMBER}0",
        f"{NAME}={NUMBER[:-1]}\n",
        f"{NAME}=<script>",
        f"clicktracker_visitor={NUMBER}",
        "a=b;" * 2000,
    ],
)
def test_a_number_that_is_not_one_of_ours_joins_nothing(cookies):
    assert session(visitor(cookies)) == ""
    assert visitor(cookies).set_cookie


def test_without_permission_of_the_site_there_is_no_cookie():
    assert visitor(allowed=NEVER) == Visitor()
    assert visitor(AGREED, allowed=NEVER) == Visitor()


def test_with_consent_there_is_one_and_without_it_is_taken_back():
    assert visitor(allowed=CONSENT) == Visitor()
    assert visitor(AGREED, allowed=CONSENT).set_cookie
    assert visitor(f"{AGREED}; {KNOWN}", allowed=CONSENT).known == NUMBER
    for cookies in (KNOWN, f"{KNOWN}; clicktracker_consent=no"):
        withdrawn = visitor(cookies, allowed=CONSENT)
        assert withdrawn.known == ""
        assert f"{NAME}=; Max-Age=0;" in withdrawn.set_cookie
    assert "Max-Age=0;" in visitor(KNOWN, allowed=NEVER).set_cookie


def test_on_a_secure_site_the_cookie_is_secure():
    assert visitor(**{"wsgi.url_scheme": "https"}).set_cookie.endswith("; Secure")
    assert "Secure" not in visitor(**{"wsgi.url_scheme": "http"}).set_cookie
    behind_proxy = {"wsgi.url_scheme": "http", "HTTP_ORIGIN": "https://www.example.org"}
    assert visitor(**behind_proxy).set_cookie.endswith("; Secure")


def test_a_member_is_offered_no_cookie_and_keeps_one():
    assert visitor(is_guest=False) == Visitor()
    assert visitor(KNOWN, is_guest=False) == Visitor(NUMBER)
    assert "Max-Age=0;" in visitor(KNOWN, allowed=NEVER, is_guest=False).set_cookie


def test_a_member_is_joined_by_the_log_in():
    nobody = Visitor()
    assert session(nobody, "bob", "one") == session(nobody, "bob", "one") != ""
    assert session(nobody, "bob", "one") != session(nobody, "bob", "two")


def test_a_member_whose_log_in_leaves_nothing_has_one_session():
    nobody = Visitor()
    assert session(nobody, "bob") == session(nobody, "bob") != ""
    assert session(nobody, "bob") != session(nobody, "bob", folder="/acl_users")
    assert session(nobody, "bob") != session(nobody, "alice")


def test_with_a_cookie_the_log_in_goes_on_with_the_visit():
    known = visitor(KNOWN)
    assert session(known) == session(known, "bob", "one")


def test_sites_have_sessions_of_their_own():
    known = visitor(KNOWN)
    assert session(known) != session(known, site="other")


def test_sites_on_one_host_leave_each_other_s_cookies_alone():
    """Neither is one read for the other, nor taken back by the other."""
    assert visitor(KNOWN, site="other").known == ""
    assert visitor(KNOWN, site="other", allowed=NEVER) == Visitor()
    both = f"{KNOWN}; {guest_cookie('other')}={'f' * 32}"
    assert visitor(both).known == NUMBER
    assert visitor(both, site="other").known == "f" * 32


def test_the_name_of_the_cookie_says_nothing_and_stays_the_same():
    """Consent banners list it, so it may never change: not for another release either."""
    assert NAME == guest_cookie("site") != guest_cookie("another")
    assert re.fullmatch("clicktracker_visitor_[0-9a-f]{8}", NAME)


@given(st.text(max_size=300))
def test_no_cookie_header_is_an_error(header):
    found = visitor(header)
    assert found.known == "" or len(found.known) == 32


def test_cookies_of_unusual_length_are_not_remembered():
    _cookies.cache_clear()
    for number in range(5):
        header = f"other{number}={'x' * 100_000}; {KNOWN}"
        assert visitor(header).known == NUMBER
    assert _cookies.cache_info().currsize == 0
    assert visitor(KNOWN).known == NUMBER
    assert _cookies.cache_info().currsize == 1
