"""The screen on which members subscribe to summaries, and see what these say."""

from plone import api
from slc.clicktracker.browser.mails import mails
from slc.clicktracker.mails.places import place_uid
from slc.clicktracker.mails.rhythm import DAILY
from slc.clicktracker.mails.subscriptions import subscription_of
from slc.clicktracker.sites.openings import openings_by
from slc.clicktracker.sites.reasons import give_reason
from slc.clicktracker.storage.model import Reader
from tests.audience.people import give_role
from tests.browser.dashboard.dashboards import opened
from tests.browser.privacy.settings import choose_privacy
from tests.browser.report.reports import text_of
from tests.mails.subscribers import is_subscribed
from tests.mails.subscribers import subscribed
from tests.plone_site import authenticator_in

import lxml.html
import pytest
import transaction


MAILS = "/board/@@clicktracker-mails"


@pytest.fixture
def carol(board, visitor):
    return visitor("carol")


def press(visitor, button, token=None, path=MAILS, **values):
    """Press a button of the screen, and return the page that comes then."""
    token = authenticator_in(visitor.get(path).text) if token is None else token
    form = {button: "1", "_authenticator": token, **values}
    answer = visitor.session.post(visitor.url_of(path), data=form)
    transaction.begin()
    return answer


def test_somebody_subscribes_changes_it_and_stops(board, carol):
    assert "You are not subscribed to it yet." in text_of(carol.get(MAILS))
    answer = press(carol, "save", rhythm="daily")
    assert "You get a summary of this every day." in answer.text
    assert subscription_of("carol", place_uid(board)).rhythm is DAILY
    text = text_of(carol.get(MAILS))
    assert "A summary goes to carol@example.org. How often: Every day." in text
    press(carol, "save", rhythm="weekly")
    assert subscription_of("carol", place_uid(board)).rhythm is not DAILY
    assert "You get no more mails about this." in press(carol, "end").text
    assert not is_subscribed("carol", board)
    assert "You are not subscribed to it yet." in text_of(carol.get(MAILS))


def test_links_of_the_mail_are_where_the_member_has_subscribed(board, carol):
    press(carol, "save", rhythm="weekly")
    found = subscription_of("carol", place_uid(board))
    assert found.base == carol.site_url


def test_a_mere_link_and_a_form_from_elsewhere_change_nothing(board, carol):
    carol.get(f"{MAILS}?save=1&rhythm=daily")
    for button in ("save", "send", "end"):
        press(carol, button, token="made-up", rhythm="daily")
    assert not is_subscribed("carol", board)
    subscribed("carol", board)
    press(carol, "end", token="")
    assert is_subscribed("carol", board)


def test_no_mail_goes_out_for_a_form_from_elsewhere(board, carol, mail_server):
    subscribed("carol", board)
    carol.get(f"{MAILS}?send=1")
    for token in ("", "made-up"):
        assert press(carol, "send", token=token).status_code == 403
    assert mail_server.mails == []


@pytest.mark.parametrize("rhythm", ["", "hourly", "weekly\n"])
def test_how_often_has_to_be_one_of_those_that_there_are(board, carol, rhythm):
    assert "Nothing was changed." in press(carol, "save", rhythm=rhythm).text
    assert not is_subscribed("carol", board)


def test_only_who_may_see_the_readers_of_a_place_comes_here(board, visitor):
    for name, path in (
        ("bob", MAILS),
        ("carol", "/@@clicktracker-mails"),
        (None, MAILS),
    ):
        answer = visitor(name).get(path)
        assert "login" in answer.url or "insufficient-privileges" in answer.url
    token = authenticator_in(visitor("carol").get(MAILS).text)
    press(visitor("bob"), "save", token=token, rhythm="daily")
    assert not is_subscribed("bob", board)


def test_what_the_mail_would_say_is_shown_as_a_page_and_as_text(board, carol):
    opened(board.agenda, "alice")
    answer = carol.get(f"{MAILS}?preview=weekly")
    page = lxml.html.fromstring(answer.text)
    (frame,) = page.xpath("//iframe")
    assert frame.get("sandbox") == ""
    mail = lxml.html.fromstring(frame.get("srcdoc")).text_content()
    (text,) = page.xpath("//section[@id='preview']//pre")
    for said in (mail, text.text_content()):
        assert "1 of 4 expected readings are known" in said
        assert "Agenda: 1 of 2 missing" in said
        assert "Bob Berger" in said
    assert not is_subscribed("carol", board)


def test_a_preview_is_made_for_whoever_looks_at_it(board, visitor, carol):
    api.content.transition(board.budget, "retract")
    transaction.commit()
    assert "Budget" not in carol.get(f"{MAILS}?preview=weekly").text


def test_one_can_be_sent_now_besides_those_that_come(board, carol, mail_server):
    press(carol, "save", rhythm="weekly")
    assert "A mail was sent to carol@example.org." in press(carol, "send").text
    assert mail_server.recipients == ["carol@example.org"]
    press(carol, "send")
    assert len(set(mail_server.ids)) == 2


def test_no_names_are_sent_or_subscribed_to_before_there_is_a_reason(
    board, carol, mail_server
):
    choose_privacy(ask_reason=True)
    token = authenticator_in(carol.get(MAILS).text)
    answer = press(carol, "save", token=token, rhythm="weekly")
    assert "Why do you need to see names?" in answer.text
    assert not is_subscribed("carol", board)
    subscribed("carol", board)
    press(carol, "send", token=token)
    assert mail_server.mails == []
    with api.env.adopt_user("carol"):
        give_reason("The vote")
    transaction.commit()
    press(carol, "send", token=token)
    assert len(mail_server.mails) == 1
    assert {each.reason for each in openings_by(Reader("carol"))} == {"The vote"}


def test_somebody_can_unsubscribe_without_a_reason(board, carol):
    subscribed("carol", board)
    choose_privacy(ask_reason=True)
    press(carol, "end")
    assert not is_subscribed("carol", board)


def test_why_none_could_be_sent_is_said(board, carol, stopped_mail_server):
    press(carol, "save", rhythm="weekly")
    text = press(carol, "send").text
    assert "The mail server didn't take the mail" in text.replace("&#x27;", "'")
    assert "Connection refused" in text


def test_nobody_waits_for_ever_for_a_mail_server_that_says_nothing(
    board, carol, silent_port, monkeypatch
):
    monkeypatch.setattr(mails, "PATIENCE_OF_A_READER", 0.2)
    press(carol, "save", rhythm="weekly")
    assert "no answer within 0.2 seconds" in press(carol, "send").text


def test_nobody_has_one_sent_who_has_not_subscribed(board, carol, mail_server):
    token = authenticator_in(carol.get(MAILS).text)
    press(carol, "send", token=token)
    assert mail_server.mails == []


def test_a_site_without_mail_settings_says_so(board, carol):
    assert "its mail settings are incomplete" in text_of(carol.get(MAILS))


def test_without_an_address_nobody_subscribes(board, carol):
    token = authenticator_in(carol.get(MAILS).text)
    api.user.get(userid="carol").setMemberProperties({"email": ""})
    transaction.commit()
    assert "Your account has no valid email address." in text_of(carol.get(MAILS))
    press(carol, "save", token=token, rhythm="weekly")
    assert not is_subscribed("carol", board)


def test_an_account_of_the_server_is_no_member(board, visitor):
    text = text_of(visitor("manager").get(MAILS))
    assert "Your account belongs to the server and not to this site" in text
    assert "Subscribe" not in text


def test_screens_lead_there_for_those_who_may_go_there(board, carol):
    for path in ("/board/@@tracking", "/board/@@clicktracker-dashboard"):
        page = lxml.html.fromstring(carol.get(path).text)
        (link,) = page.xpath("//a[contains(@href, '@@clicktracker-mails')]")
        assert link.get("href") == carol.url_of(MAILS)


def test_without_names_there_is_no_link(board, visitor):
    site = api.portal.get()
    site.manage_permission("slc.clicktracker: View readers", ["Manager"], acquire=0)
    transaction.commit()
    give_role(board, "bob")
    answer = visitor("bob").get("/board/@@tracking")
    assert answer.status_code == 200
    assert "clicktracker-mails" not in answer.text


def test_a_page_is_a_place_too(board, carol):
    path = "/board/agenda/@@clicktracker-mails"
    press(carol, "save", path=path, rhythm="weekly")
    assert is_subscribed("carol", board.agenda)
    assert not is_subscribed("carol", board)
    assert "Who read this" in carol.get(f"{path}?preview=daily").text
