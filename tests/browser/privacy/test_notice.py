"""The sentence below pages that says what is recorded."""

from plone import api
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from tests.browser.privacy.settings import choose_privacy

import html
import pytest
import re
import transaction


BY_NAME = "The site records by name who opens this page, when, and how far they read."
LINK = "See what is recorded about you"
PAGES = "The site records by name which pages you look at."
OF_GUESTS = "The site records which pages are looked at."
COUNTED = "The site counts how often this page is opened, without names."


def notice(visitor, path):
    """Return the sentence on a page, "" without one."""
    answer = visitor.get(path)
    assert answer.status_code == 200
    found = re.search(r'<p class="[^"]*clicktracker-notice">(.*?)</p>', answer.text)
    return html.unescape(re.sub("<[^>]+>", " ", found.group(1))) if found else ""


def words(text):
    return " ".join(text.split())


@pytest.fixture
def visits(site):
    name = f"{IVisitorSettings.__identifier__}.enabled"
    api.portal.set_registry_record(name, True)
    transaction.commit()


def test_members_are_told_on_what_is_tracked_and_find_what_is_known_of_them(
    tracked, visitor
):
    bob = visitor("bob")
    assert words(notice(bob, "/board/agenda")) == f"{BY_NAME} {LINK}"
    assert 'href="http://localhost' in bob.get("/board/agenda").text
    assert "/plone/@@my-reading" in bob.get("/board/agenda").text
    assert notice(bob, "/rules") == ""


def test_guests_are_told_nothing_where_nothing_is_recorded_of_them(tracked, visitor):
    assert notice(visitor(), "/board/agenda") == ""


def test_guests_who_are_counted_are_told_so(guests_counted, visitor):
    assert words(notice(visitor(), "/board/agenda")) == COUNTED


def test_where_visits_are_recorded_all_pages_say_so(tracked, visits, visitor):
    assert words(notice(visitor("bob"), "/rules")) == f"{PAGES} {LINK}"
    agenda = words(notice(visitor("bob"), "/board/agenda"))
    assert agenda == f"{BY_NAME} {PAGES} {LINK}"
    assert words(notice(visitor(), "/rules")) == OF_GUESTS


def test_who_is_not_recorded_is_not_told_so(tracked, visits, visitor):
    name = f"{IVisitorSettings.__identifier__}.untracked_roles"
    api.portal.set_registry_record(name, ("Authenticated",))
    transaction.commit()
    assert notice(visitor("bob"), "/rules") == ""


def test_the_text_is_the_sites_own_and_no_markup(tracked, visitor):
    choose_privacy(notice="Opening is <b>evidence</b>.\n\nAsk Dana.")
    text = words(notice(visitor("bob"), "/board/agenda"))
    assert text == f"Opening is <b>evidence</b>. Ask Dana. {LINK}"
    assert "&lt;b&gt;evidence" in visitor("bob").get("/board/agenda").text


def test_a_site_may_tell_nothing(tracked, visits, visitor):
    choose_privacy(shows_notice=False)
    for path in ("/rules", "/board/agenda"):
        assert notice(visitor("bob"), path) == ""


def test_nothing_is_said_of_what_is_not_tracked_any_more(tracked, visitor):
    choose(tracked, Choice.EXCLUDE)
    transaction.commit()
    assert notice(visitor("bob"), "/board/agenda") == ""


def test_pages_of_guests_are_the_same_for_all(guests_counted, visits, visitor):
    one, other = (visitor().get("/board/agenda").text for _number in range(2))
    assert COUNTED in one
    assert (
        one.partition("clicktracker-notice")[2][:400]
        == (other.partition("clicktracker-notice")[2][:400])
    )
