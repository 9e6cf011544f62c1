"""Reminders can be sent by an administrator, and by a program with the token of the site."""

from datetime import timedelta
from slc.clicktracker.mails.deliveries import keep
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.reminders.errands import key_of
from slc.clicktracker.reminders.errands import READER
from slc.clicktracker.reminders.reminded import keep_reminded
from slc.clicktracker.reminders.reminded import Reminded
from slc.clicktracker.reminders.reminded import Step
from slc.clicktracker.sites.openings import openings_of
from slc.clicktracker.sites.remind_token import make_remind_token
from slc.clicktracker.sites.remind_token import remind_token
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from tests.browser.privacy.settings import choose_privacy
from tests.mails.mail_server import text_of
from tests.plone_site import authenticator_in
from tests.reminders.reminders import set_setting
from tests.reminders.reminders import to_be_read

import pytest
import transaction


RUN, SCREEN = "/@@clicktracker-remind", "/@@clicktracker-reminders"


@pytest.fixture
def papers(tracked):
    """Bob is to read the agenda within hours."""
    to_be_read(tracked.agenda, "bob", moment=utc_now() + timedelta(hours=5))
    set_setting("days_before", "0, 1, 2")
    return tracked


@pytest.fixture
def token(papers):
    make_remind_token()
    transaction.commit()
    return remind_token()


def test_a_program_with_the_token_has_them_sent(papers, mail_server, visitor, token):
    answer = visitor(None).post(RUN, headers={"X-ClickTracker-Token": token})
    assert answer.status_code == 200
    assert answer.text.startswith("reminders sent: 1, waiting: 0")
    assert answer.headers["Cache-Control"] == "private, no-store"
    (mail,) = mail_server.mails
    assert "/board/agenda" in text_of(mail)
    again = visitor(None).post(RUN, headers={"X-ClickTracker-Token": token})
    assert again.text.startswith("reminders sent: 0, waiting: 0")
    assert len(mail_server.mails) == 1


def test_it_learns_from_the_status_that_something_waits(
    papers, stopped_mail_server, visitor, token
):
    answer = visitor(None).post(RUN, headers={"X-ClickTracker-Token": token})
    assert answer.status_code == 503
    assert "Connection refused" in answer.text


def test_nobody_else_may(papers, mail_server, visitor, token):
    for user in (None, "carol", "manager"):
        for options in (
            {},
            {"headers": {"X-ClickTracker-Token": "made up"}},
            {"headers": {"X-ClickTracker-Token": "ü".encode()}},
        ):
            answer = visitor(user).post(RUN, allow_redirects=False, **options)
            assert answer.status_code in (302, 401, 403)
        url = f"{RUN}?token={token}"
        assert visitor(user).post(url, allow_redirects=False).status_code != 200
        headers = {"X-ClickTracker-Token": token}
        assert visitor(user).get(RUN, headers=headers).status_code == 405
    assert mail_server.mails == []


def test_without_a_token_none_is_right(papers, mail_server, visitor):
    for text in ("-", "made up"):
        answer = visitor(None).post(RUN, headers={"X-ClickTracker-Token": text})
        assert answer.status_code == 403
    assert mail_server.mails == []


def test_an_administrator_makes_and_withdraws_the_token(papers, visitor):
    manager = visitor("manager")
    page = manager.get(SCREEN)
    manager.session.post(manager.url_of(SCREEN), data={"make": "1"})
    assert remind_token() == ""
    values = {"_authenticator": authenticator_in(page.text), "make": "1"}
    answer = manager.session.post(manager.url_of(SCREEN), data=values)
    transaction.begin()
    assert remind_token() and remind_token() in answer.text
    values = {"_authenticator": authenticator_in(page.text), "withdraw": "1"}
    manager.session.post(manager.url_of(SCREEN), data=values)
    transaction.begin()
    assert remind_token() == ""
    assert "login" in visitor("carol").get(SCREEN).url or (
        "insufficient" in visitor("carol").get(SCREEN).url
    )


def test_an_administrator_sees_what_would_be_sent_and_sends_it(
    papers, mail_server, visitor
):
    manager = visitor("manager")
    page = manager.get(f"{SCREEN}?dry=1")
    assert "bob, to read: /plone/board/agenda" in page.text
    assert mail_server.mails == []
    values = {"_authenticator": authenticator_in(page.text)}
    answer = manager.session.post(manager.url_of(RUN), data=values)
    assert "reminders sent: 1, waiting: 0" in answer.text
    assert len(mail_server.mails) == 1


def test_who_would_be_reminded_is_a_list_of_names_that_is_opened(papers, visitor):
    manager = visitor("manager")
    choose_privacy(ask_reason=True)
    assert "bob" not in manager.get(f"{SCREEN}?dry=1").text
    choose_privacy(ask_reason=False)
    manager.get(SCREEN)
    transaction.begin()
    assert list(openings_of(Reader("bob"), lambda listed: True)) == []
    manager.get(f"{SCREEN}?dry=1")
    transaction.begin()
    (opening,) = openings_of(Reader("bob"), lambda listed: True)
    assert opening.listed.path == "/plone/board/agenda"
    assert (opening.listed.what, opening.names) == ("to-be-reminded", 1)


def test_who_may_not_see_readers_of_a_document_learns_how_many_would_be_reminded(
    papers, visitor
):
    papers.manage_permission("slc.clicktracker: View readers", [], acquire=0)
    transaction.commit()
    text = visitor("manager").get(f"{SCREEN}?dry=1").text
    assert "to readers whose names you may not see: 1" in text
    assert "bob" not in text
    transaction.begin()
    assert list(openings_of(Reader("bob"), lambda listed: True)) == []


def test_a_preview_has_the_words_of_the_site_and_of_each_language(papers, visitor):
    manager = visitor("manager")
    asked = f"{SCREEN}?preview=reader&language=en"
    assert "2 documents to read, 1 of them overdue" in manager.get(asked).text
    assert "Bo Example" in manager.get(f"{SCREEN}?preview=owner&language=en").text
    set_setting("reader_text", "Please <b>read</b> this, ${name}.")
    text = manager.get(asked).text
    assert "Please &lt;b&gt;read&lt;/b&gt; this, Ada Example." in text
    assert manager.get(f"{SCREEN}?preview=x&language=y").status_code == 200


def test_what_may_have_come_twice_and_what_was_not_sent_is_listed(papers, visitor):
    now = utc_now()
    keep(key_of(READER, "alice"), Delivery(error="550 no such user"))
    bobs = key_of(READER, "bob")
    keep(bobs, Delivery(done="2036-01-01"))
    keep_reminded(bobs, [Reminded(Step("x", (1, "y"), -1), now, True)], now)
    transaction.commit()
    text = visitor("manager").get(SCREEN).text
    assert "550 no such user" in text
    assert "Bob Berger" in text and "so it may have come twice" in text
