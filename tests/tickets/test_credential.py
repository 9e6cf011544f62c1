"""The credential of a request is its session cookie, and nothing else."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone.session.tktauth import createTicket
from slc.clicktracker.tickets.credential import credential
from slc.clicktracker.tickets.credential import LogInCookie

import binascii
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
