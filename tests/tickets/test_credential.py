"""The credentials of a request: its session cookie, and the token of a frontend."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone.session.tktauth import createTicket
from slc.clicktracker.tickets.credential import credential
from slc.clicktracker.tickets.credential import LogInCookie
from slc.clicktracker.tickets.credential import tokens

import binascii
import jwt
import pytest


NOON = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "environ, expected",
    [
        ({}, ""),
        ({"HTTP_COOKIE": "__ac=abc"}, "abc"),
        ({"HTTP_COOKIE": 'I18N_LANGUAGE="de"; __ac="abc def"'}, "abc def"),
        ({"HTTP_COOKIE": "other=abc"}, ""),
        ({"HTTP_COOKIE": "__ac="}, ""),
        ({"HTTP_AUTHORIZATION": "Basic Ym9i"}, ""),
        ({"HTTP_COOKIE": "__ac=abc", "HTTP_AUTHORIZATION": "Basic x"}, "abc"),
        ({"HTTP_COOKIE": "\x00;=;;;"}, ""),
        ({"HTTP_COOKIE": "a[b]=1; __ac=abc"}, "abc"),
    ],
)
def test_credential(environ, expected):
    assert credential(environ, LogInCookie("__ac"), NOON) == expected


def log_in(began):
    ticket = createTicket("secret", "bob", timestamp=int(began.timestamp()))
    return binascii.b2a_base64(ticket, newline=False).decode()


@pytest.mark.parametrize("minutes, counts", [(0, True), (59, True), (60, False)])
def test_a_log_in_counts_until_it_times_out(minutes, counts):
    value = log_in(NOON - timedelta(minutes=minutes))
    environ = {"HTTP_COOKIE": f'__ac="{value}"'}
    found = credential(environ, LogInCookie("__ac", timeout=3600), NOON)
    assert found == (value if counts else "")


@pytest.mark.parametrize("value", ["abc", "AAAA", "////", "ü", "=" * 200])
def test_a_cookie_that_holds_no_log_in_is_no_credential(value):
    environ = {"HTTP_COOKIE": f"__ac={value}", "HTTP_AUTHORIZATION": "Basic x"}
    assert credential(environ, LogInCookie("__ac", timeout=3600), NOON) == ""


def test_more_cookies_than_zope_can_read_are_no_credential():
    environ = {"HTTP_COOKIE": "a=1;" * 5000 + "__ac=abc"}
    assert credential(environ, LogInCookie("__ac"), NOON) == ""


KEY = "a key of the tests that is long enough"
AN_HOUR = jwt.encode({"sub": "bob", "exp": NOON + timedelta(hours=1)}, KEY)
FOR_GOOD = jwt.encode({"sub": "bob"}, KEY)
OVER = jwt.encode({"sub": "bob", "exp": NOON}, KEY)


@pytest.mark.parametrize(
    "header, cookie, expected",
    [
        ("", "", ()),
        (f"Bearer {AN_HOUR}", "", (AN_HOUR,)),
        (f"bearer  {AN_HOUR} ", "", (AN_HOUR,)),
        ("", AN_HOUR, (AN_HOUR,)),
        (f"Bearer {AN_HOUR}", AN_HOUR, (AN_HOUR,)),
        (f"Bearer {AN_HOUR}", FOR_GOOD, (AN_HOUR, FOR_GOOD)),
        (f"Bearer {OVER}", FOR_GOOD, (FOR_GOOD,)),
        (f"Basic {AN_HOUR}", "abc", ()),
        ("Bearer a.b.c", "a..c", ()),
        ("Bearer a.W10.c", "a.IjEi.c", ()),
        ("Bearer a.eyJleHAiOiJ4In0.c", "a." + "W" * 3000 + ".c", ()),
        ("Bearer", "ü.ü.ü", ()),
    ],
)
def test_tokens_count_until_they_are_over(header, cookie, expected):
    environ = {"HTTP_AUTHORIZATION": header, "HTTP_COOKIE": f"auth_token={cookie}"}
    assert tokens(environ, NOON) == expected
