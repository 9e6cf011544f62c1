"""The link that stops mails: whoever has it need not log in, and following it is harmless."""

from plone import api
from slc.clicktracker.mails.link_keys import link_keys
from slc.clicktracker.mails.link_token import LinkToken
from tests.browser.report.reports import text_of
from tests.browser_visits import switch
from tests.mails.mail_server import text_of as text_of_mail
from tests.mails.subscribers import BASE
from tests.mails.subscribers import is_subscribed
from tests.mails.subscribers import MONDAY
from tests.mails.subscribers import send
from tests.mails.subscribers import subscribed
from tests.plone_site import script_in

import pytest
import re
import transaction


STOP = "/@@clicktracker-stop-mails"
INVALID = "this link isn’t valid, or it was used before"


@pytest.fixture
def link(board, mail_server):
    """The path of the link in a mail that Carol has got."""
    subscribed("carol", board)
    send(MONDAY)
    (mail,) = mail_server.mails
    (url,) = re.findall(r"<(.*)>", mail["List-Unsubscribe"])
    assert url in text_of_mail(mail)
    return url.removeprefix(BASE)


def post(visitor, path, **form):
    return visitor.session.post(visitor.url_of(path), data=form)


def test_following_the_link_changes_nothing(board, link, visitor):
    guest = visitor()
    assert guest.get(link).status_code == 200
    assert is_subscribed("carol", board)
    text = text_of(guest.get(link))
    assert "Press the button" in text
    # Nobody who has found the link learns more from it.
    assert "Board meeting" not in text
    assert "carol" not in guest.get(link).text.lower()


@pytest.mark.parametrize("form", [{}, {"List-Unsubscribe": "One-Click"}])
def test_the_button_and_the_mail_program_stop_the_mails(board, link, visitor, form):
    answer = post(visitor(), link, **form)
    assert answer.status_code == 200
    assert "The mails are stopped." in text_of(answer)
    assert not is_subscribed("carol", board)
    assert send() == []
    again = post(visitor(), link, **form)
    assert (again.status_code, INVALID in text_of(again)) == (404, True)


@pytest.mark.parametrize("name", ["carol", "bob"])
def test_it_is_the_same_for_somebody_who_is_logged_in(board, link, visitor, name):
    assert "The mails are stopped." in text_of(post(visitor(name), link))
    assert not is_subscribed("carol", board)


def test_a_link_that_was_made_up_does_nothing(board, link, visitor):
    key, signature = link.rpartition("/")[2].split(".")
    other = subscribed("bob", board)
    (secret, *_more) = link_keys()
    for text in (
        "",
        "0",
        key,
        f"{key}.",
        f"{key}.{signature[:-1]}",
        f"{other.id}.{signature}",
        LinkToken.made("guessed", "stop", key, "carol"),
        LinkToken.made(secret, "acknowledge", key, "carol"),
        LinkToken.made(secret, "stop", key, "bob"),
        f"{'0' * 32}.{signature}",
    ):
        for answer in (
            visitor().get(f"{STOP}/{text}"),
            post(visitor(), f"{STOP}/{text}"),
        ):
            assert answer.status_code == 404, text
            assert INVALID in text_of(answer), text
    assert is_subscribed("carol", board)
    assert is_subscribed("bob", board)


def test_a_link_of_another_site_does_nothing(board, link, other_site, visitor):
    answer = post(visitor(site="other"), link)
    assert answer.status_code == 404
    assert is_subscribed("carol", board)


def test_the_address_is_told_to_nobody(link, visitor):
    answer = visitor().get(link)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_address_is_not_kept_with_the_visits(link, visitor):
    switch(enabled=True)
    guest = visitor()
    assert script_in(guest.get("/@@search", whole=True).text) is not None
    assert script_in(guest.get(link, whole=True).text) is None


def test_it_works_where_guests_may_see_nothing_of_the_site(board, link, visitor):
    site = api.portal.get()
    for content in (site, board):
        content.manage_permission("View", ["Manager", "Member"], acquire=0)
    transaction.commit()
    answer = visitor().get(link, whole=True)
    assert (answer.status_code, answer.history) == (200, [])
    assert "Stop these mails" in answer.text
    assert "The mails are stopped." in post(visitor(), link).text
    assert not is_subscribed("carol", board)
