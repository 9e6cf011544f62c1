"""Whoever opens a list of names is recorded, with a reason where the site asks for one."""

from datetime import timedelta
from functools import partial
from plone import api
from slc.clicktracker.sites import openings
from slc.clicktracker.sites.openings import drop_openings
from slc.clicktracker.sites.openings import old_openings
from slc.clicktracker.sites.openings import openings_by
from slc.clicktracker.sites.openings import openings_of
from slc.clicktracker.sites.reasons import give_reason
from slc.clicktracker.sites.reasons import given_reason
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from tests.browser.privacy.settings import choose_privacy
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import text_of
from tests.sites.looks import delete_account
from unittest import mock

import pytest
import re
import transaction


CAROL = Reader("carol")


def noted(by=CAROL):
    """Return what somebody has opened: the kind, where, who it is about, the file."""
    transaction.begin()
    return [
        (each.listed.what, each.listed.path, each.listed.person, each.listed.as_file)
        for each in openings_by(by)
    ]


AGENDA, BOARD = "/plone/board/agenda", "/plone/board"


@pytest.mark.parametrize(
    "path, opened",
    [
        (REPORT, [("readers", AGENDA, None, "")]),
        ("/board/agenda/@@tracking", [("readers", AGENDA, None, "")]),
        (f"{REPORT}-print", [("readers", AGENDA, None, "print")]),
        (f"{REPORT}.csv", [("readers", AGENDA, None, "csv")]),
        (f"{REPORT}.json", [("readers", AGENDA, None, "json")]),
        (f"{REPORT}.xlsx", [("readers", AGENDA, None, "xlsx")]),
        (f"{REPORT}-addresses", [("addresses", AGENDA, None, "")]),
        (f"{REPORT}-reader?reader=bob", [("reader", AGENDA, Reader("bob"), "")]),
        ("/board/@@who-read-this", [("matrix", BOARD, None, "")]),
        ("/board/@@who-read-this?view=list", [("readers", BOARD, None, "")]),
        ("/board/@@clicktracker-dashboard", []),
        ("/board/@@clicktracker-dashboard-members", [("members", BOARD, None, "")]),
        (
            "/board/@@clicktracker-dashboard-members?member=bob",
            [("member", BOARD, Reader("bob"), "")],
        ),
        ("/board/agenda/@@clicktracker-audience", [("audience", AGENDA, None, "")]),
        (
            "/board/agenda/@@clicktracker-declarations",
            [("declarations", AGENDA, None, "")],
        ),
    ],
)
def test_every_list_of_names_is_recorded_once(read, secretary, path, opened):
    for _again in range(2):
        assert secretary.get(path).status_code == 200
    assert noted() == opened


def test_who_may_not_open_a_list_has_opened_none(board, read, visitor):
    visitor("bob").get(REPORT)
    visitor("bob").get(f"{REPORT}.csv")
    assert noted(Reader("bob")) == []


def test_another_list_or_another_hour_is_another_opening(read, secretary):
    secretary.get(REPORT)
    secretary.get(f"{REPORT}?tab=absent")
    secretary.get(f"{REPORT}?reader=bob")
    later = utc_now() + timedelta(hours=1)
    with mock.patch.object(openings, "utc_now", lambda: later):
        secretary.get(REPORT)
    transaction.begin()
    lists = [(each.listed.filters, each.names) for each in openings_by(CAROL)]
    whole = (("tab", "read"),)
    assert sorted(lists) == [
        ((("reader", "bob"), ("tab", "read")), 1),
        ((("tab", "absent"),), 1),
        (whole, 1),
        (whole, 1),
    ]


def test_what_one_looks_up_about_oneself_is_no_opening(read, secretary):
    secretary.get(f"{REPORT}-reader?reader=carol")
    assert noted() == []


def the_form(answer):
    """Return where the form is sent to, and what is in it."""
    form = answer.text.partition("@@clicktracker-reason")[2].partition("</form>")[0]
    value = partial(re.search, string=form)
    return {
        "came_from": value(r'name="came_from"[^>]*value="([^"]*)"').group(1),
        "_authenticator": value(r'name="_authenticator" value="([^"]+)"').group(1),
    }


@pytest.mark.parametrize("ending", ["", "-print", ".csv", ".json", "-addresses"])
def test_without_a_reason_no_name_is_shown_where_the_site_asks_for_one(
    read, secretary, ending
):
    choose_privacy(ask_reason=True)
    answer = secretary.get(f"{REPORT}{ending}?tab=absent")
    assert "Why do you need to see names?" in answer.text
    assert "Bob" not in answer.text and "Alice" not in answer.text
    assert noted() == []
    form = the_form(answer)
    assert form["came_from"].endswith(f"@@who-read-this{ending}?tab=absent")
    url = f"{secretary.site_url}/@@clicktracker-reason"
    answer = secretary.session.post(url, form | {"reason": " The vote on Friday "})
    assert "Alice" in answer.text or "alice@example.org" in answer.text
    transaction.begin()
    assert {each.reason for each in openings_by(CAROL)} == {"The vote on Friday"}


def test_the_reason_is_asked_for_again_after_an_hour(read, secretary):
    choose_privacy(ask_reason=True)
    form = the_form(secretary.get(REPORT))
    url = f"{secretary.site_url}/@@clicktracker-reason"
    assert "Bob" in secretary.session.post(url, form | {"reason": "Audit"}).text
    later = utc_now() + timedelta(minutes=61)
    with mock.patch("slc.clicktracker.sites.reasons.utc_now", lambda: later):
        assert "Why do you need" in secretary.get(REPORT).text


def test_tracking_can_be_changed_without_a_reason(read, secretary):
    choose_privacy(ask_reason=True)
    answer = secretary.get("/board/agenda/@@tracking")
    assert "Why do you need to see names?" in answer.text
    assert "Change this" in answer.text
    assert "Bob" not in text_of(answer)
    assert noted() == []


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"_authenticator": ""}, "Forbidden"),
        ({"reason": "  "}, "Enter a reason."),
        ({"came_from": "https://evil.example.org/"}, ""),
    ],
)
def test_a_form_that_is_not_right_gives_no_reason_and_leads_nowhere_else(
    read, secretary, changed, said
):
    choose_privacy(ask_reason=True)
    form = the_form(secretary.get(REPORT)) | {"reason": "Audit"} | changed
    url = f"{secretary.site_url}/@@clicktracker-reason"
    answer = secretary.session.post(url, form)
    assert answer.url.startswith(secretary.site_url)
    if said:
        assert said in answer.text
        assert "Why do you need" in secretary.get(REPORT).text


def test_a_later_account_of_the_same_id_has_given_no_reason(site):
    with api.env.adopt_user("carol"):
        give_reason("Audit")
        assert given_reason() == "Audit"
    delete_account("carol")
    with api.env.adopt_roles(["Manager"]):
        api.user.create(email="carol@example.org", username="carol")
    with api.env.adopt_user("carol"):
        assert given_reason() == ""


def test_a_guest_gives_no_reason(site, visitor):
    url = f"{visitor().site_url}/@@clicktracker-reason"
    assert "/login" in visitor().session.post(url, {"reason": "Audit"}).url


def test_openings_are_forgotten_after_the_days_of_visits(read, secretary):
    secretary.get(REPORT)
    secretary.get(f"{REPORT}-reader?reader=bob")
    transaction.begin()
    soon = utc_now() + timedelta(hours=2)
    assert old_openings(utc_now() - timedelta(hours=2)) == 0
    assert old_openings(soon) == 2
    assert (drop_openings(soon, 10), drop_openings(soon, 10)) == (2, 0)
    transaction.commit()
    assert noted() == []


def test_with_an_account_go_what_was_opened_of_it_and_its_name(read, secretary):
    secretary.get(REPORT)
    secretary.get(f"{REPORT}-reader?reader=bob")
    transaction.begin()
    delete_account("bob")
    assert noted() == [("readers", AGENDA, None, "")]
    delete_account("carol")
    assert noted() == []
    (kept,) = openings_of(Reader("alice"), lambda listed: listed.path == AGENDA)
    assert (kept.by.user, kept.listed.what) == ("", "readers")
