"""What a page view says about where a visitor comes from."""

from datetime import datetime
from datetime import timezone
from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.doors.page_view import agent_of
from slc.clicktracker.doors.page_view import elsewhere
from slc.clicktracker.doors.page_view import hosts_of
from slc.clicktracker.doors.ticket_access import engaged_since
from slc.clicktracker.storage.model import microseconds
from types import SimpleNamespace

import pytest


HERE = {"intranet.example.org", "[2001:db8::7]:8080"}


@pytest.mark.parametrize(
    ("referrer", "kept"),
    [
        ("https://news.example.com/today", "https://news.example.com/today"),
        ("https://search.example.com/?q=berth+fees", "https://search.example.com/"),
        ("https://bob:secret@news.example.com/", "https://news.example.com/"),
        ("https://News.Example.COM:8080/a#b", "https://news.example.com:8080/a"),
        ("https://[2001:DB8::7]/a", "https://[2001:db8::7]/a"),
        ("http://[2001:db8::7]:8080/a", ""),
        ("", ""),
        ("about:blank", ""),
        ("javascript:alert(1)", ""),
        ("android-app://com.example", ""),
        ("https://", ""),
        ("https://[::1", ""),
        ("https://example.com:99999/", ""),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_referrer_is_the_address_of_a_page_elsewhere_without_its_query(
    referrer, kept
):
    assert elsewhere(referrer, HERE) == kept


def test_a_page_of_this_site_is_no_referrer():
    assert elsewhere("https://intranet.example.org/news?page=2", HERE) == ""


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_HOST": "Intranet.example.org:443"},
        {"HTTP_HOST": "intranet.example.org:80"},
        {"HTTP_HOST": "127.0.0.1:8080", "HTTP_ORIGIN": "https://intranet.example.org"},
    ],
)
def test_the_host_of_the_site_is_known_however_it_is_asked_for(environ):
    assert elsewhere("https://intranet.example.org/a", hosts_of(environ)) == ""
    assert elsewhere("https://www.example.org/a", hosts_of(environ))


@given(st.text())
def test_any_text_may_come_as_an_origin(text):
    assert hosts_of({"HTTP_ORIGIN": text, "HTTP_HOST": text}, text)


@given(st.text())
def test_any_text_may_come_as_a_referrer(text):
    assert len(elsewhere(text, HERE)) <= 2048
    assert len(elsewhere(f"https://{text}", HERE)) <= 2048


@pytest.mark.parametrize(
    "told, passed, believed",
    [
        (5_000, 60_000_000, 5_000),
        (60_000, 60_000_000, 60_000),
        (72 * 3_600_000, 60_000_000, 60_000),
        (5_000, 999, 0),
        (5_000, -60_000_000, 0),
    ],
)
def test_the_browser_is_believed_no_more_time_than_there_was(told, passed, believed):
    """Since the page was served, by the server's clock."""
    issued = datetime(2026, 3, 1, tzinfo=timezone.utc)
    arrived = microseconds(issued) + passed
    assert engaged_since(SimpleNamespace(issued=issued), told, arrived) == believed


def test_what_a_browser_calls_itself_is_text_again():
    sent = "Bücher/1.0".encode().decode("latin-1")
    assert agent_of({"HTTP_USER_AGENT": sent}) == "Bücher/1.0"
    assert len(agent_of({"HTTP_USER_AGENT": "x" * 1_000_000})) == 500
    assert agent_of({}) == ""
