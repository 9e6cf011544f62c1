"""Summaries that are due are sent to those who have subscribed, and to nobody else."""

from AccessControl.Permission import Permission
from datetime import timedelta
from email.utils import parseaddr
from plone import api
from plone.namedfile.file import NamedBlobFile
from slc.clicktracker.mails import courier
from slc.clicktracker.mails.deliveries import delivery_of
from slc.clicktracker.mails.deliveries import keep
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.mails.rhythm import DAILY
from slc.clicktracker.mails.rhythm import WEEKLY
from slc.clicktracker.mails.silence import NO_ACCOUNT
from slc.clicktracker.mails.silence import NO_ADDRESS
from slc.clicktracker.mails.silence import NOT_ALLOWED
from slc.clicktracker.mails.subscriptions import end
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reports import report
from slc.clicktracker.sites.openings import openings_of
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.versions import file_digest
from slc.clicktracker.versions import visible
from tests.audience.people import expect
from tests.audience.people import give_role
from tests.browser.dashboard.dashboards import opened
from tests.browser.report.versions import record
from tests.content import add
from tests.deadlines.deadlines import give_deadline
from tests.mails.mail_server import text_of
from tests.mails.subscribers import BASE
from tests.mails.subscribers import is_subscribed
from tests.mails.subscribers import MONDAY
from tests.mails.subscribers import send
from tests.mails.subscribers import send_now
from tests.mails.subscribers import subscribed
from tests.versions.content import behaviour
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent

import pytest
import transaction


def test_a_summary_of_a_folder(board, mail_server):
    opened(board.agenda, "alice")
    subscribed("carol", board)
    assert send() == [("carol", "sent")]
    (mail,) = mail_server.mails
    assert mail["To"] == "carol@example.org"
    assert parseaddr(mail["From"]) == ("Office of the Board", "board@example.org")
    assert mail["Subject"] == "Board meeting: 1 of 4 expected readings known"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        text = text_of(mail, kind)
        assert "readers are missing for 2 of 2 documents" in text
        assert "Budget: 2 of 2 missing" in text
        assert "Alice Anders, Bob Berger" in text
        assert "Agenda: 1 of 2 missing" in text
        assert f"{BASE}/board/agenda/@@who-read-this?tab=absent" in text
        assert f"{BASE}/board/@@clicktracker-dashboard-members" in text
        assert f"{BASE}/@@clicktracker-stop-mails/" in text


def test_who_gets_names_by_mail_has_opened_them(board, mail_server):
    subscribed("carol", board)
    send()
    (opening,) = openings_of(Reader("bob"), lambda listed: True)
    assert (opening.by.user, opening.at, opening.names) == ("carol", MONDAY, 4)
    assert (opening.listed.what, opening.listed.as_file) == ("summary", "mail")


def test_a_summary_of_one_document_begins_with_the_answer(board, mail_server):
    opened(board.agenda, "alice")
    subscribed("carol", board.agenda)
    send()
    (mail,) = mail_server.mails
    assert mail["Subject"] == "Agenda: opened by 1 of 2"
    assert text_of(mail).startswith(
        "1 of 2 expected readers are known to have opened the current version of "
        "“Agenda”."
    )
    assert "Agenda: 1 of 2 missing Bob Berger" in text_of(mail)


def test_the_only_paper_in_a_folder_with_a_text_is_not_the_folder(site, mail_server):
    """In Volto each page is a folder."""
    with behaviour("Folder", "plone.richtext"):
        wiki = add(site, "Folder", id="wiki", title="Wiki")
        rules = add(wiki, "Document", id="rules", title="Rules")
        with api.env.adopt_roles(["Manager"]):
            choose(rules, Choice.TRACK)
        expect(rules, "alice", "bob")
        opened(rules, "alice")
        give_role(wiki, "carol")
        subscribed("carol", wiki)
        assert send() == [("carol", "sent")]
    (mail,) = mail_server.mails
    assert mail["Subject"] == "Wiki: 1 of 2 expected readings known"
    assert "current version of “Wiki”" not in text_of(mail)


def test_who_has_read_an_older_version_is_told_from_the_others(board, mail_server):
    opened(board.agenda, "alice")
    with api.env.adopt_roles(["Manager"]):
        board.agenda.title = "Another agenda"
    transaction.commit()
    subscribed("carol", board.agenda)
    send()
    assert "Alice Anders (an older version), Bob Berger" in text_of(
        mail_server.mails[0]
    )


def test_who_has_read_it_but_not_as_its_deadline_asks_is_told_from_the_others(
    board, mail_server
):
    give_deadline(board.agenda, level=ACKNOWLEDGED)
    for user in ("alice", "bob"):
        opened(board.agenda, user)
    subscribed("carol", board.agenda)
    send()
    (mail,) = mail_server.mails
    assert mail["Subject"] == "Agenda: read as asked by 0 of 2"
    text = text_of(mail)
    assert "0 of 2 expected readers are known to have read the current version" in text
    assert "Alice Anders (read, but not as asked), Bob Berger (read, but" in text
    assert f"{BASE}/board/agenda/@@who-read-this?tab=read&missing=1" in text


def test_a_paper_leads_to_the_list_that_names_those_who_are_missing(board, mail_server):
    opened(board.agenda, "alice")
    opened(board.agenda, "bob")
    with api.env.adopt_roles(["Manager"]):
        board.agenda.title = "Another agenda"
    transaction.commit()
    subscribed("carol", board)
    send()
    text = text_of(mail_server.mails[0])
    assert f"{BASE}/board/agenda/@@who-read-this?tab=older" in text
    assert f"{BASE}/board/budget/@@who-read-this?tab=absent" in text


def test_a_week_has_one_summary_however_often_the_command_runs(board, mail_server):
    subscribed("carol", board)
    assert send() == [("carol", "sent")]
    for days in (0, 1, 6):
        assert send(MONDAY + timedelta(days=days)) == []
    assert send(MONDAY + timedelta(days=7)) == [("carol", "sent")]
    assert len(set(mail_server.ids)) == 2


def test_who_has_just_subscribed_waits_for_the_next_period(board, mail_server):
    for rhythm in (DAILY, WEEKLY):
        subscribed("carol", board, rhythm)
        assert send_now() == []


def test_a_day_on_which_nothing_happens_has_no_mail_and_a_week_says_so(
    board, mail_server
):
    for paper in (board.agenda, board.budget):
        for user in ("alice", "bob"):
            opened(paper, user)
    daily = subscribed("carol", board, DAILY)
    assert send() == [("carol", "nothing to say")]
    assert mail_server.mails == []
    subscribed("carol", board)
    assert send(MONDAY + timedelta(days=7)) == [("carol", "sent")]
    text = text_of(mail_server.mails[0])
    assert text.startswith("In “Board meeting”, everybody who is expected is known to")
    assert "Nothing is new since Monday, January 2, 2040, 7:00 AM." in text
    assert delivery_of(daily.id).done == "2040-01-09"


def test_what_is_new_is_told_once(board, mail_server):
    before = utc_now()
    add(board, "Document", id="minutes", title="Minutes")
    opened(board.agenda, "alice")
    subscription = subscribed("carol", board)
    keep(subscription.id, Delivery(done="2026-01-05", told=before))
    transaction.commit()
    assert send() == [("carol", "sent")]
    text = text_of(mail_server.mails[0])
    assert "New: Minutes" in text
    assert "New: Agenda" not in text
    assert "Readers who opened or downloaded something: 1" in text
    assert send(MONDAY + timedelta(days=7)) == [("carol", "sent")]
    text = text_of(mail_server.mails[1])
    assert "Nothing is new since" in text
    assert "New:" not in text


def test_a_new_text_is_a_change_and_a_new_tag_is_none(board, mail_server):
    for paper in (board.agenda, board.budget):
        opened(paper, "alice")
    subscription = subscribed("carol", board)
    keep(subscription.id, Delivery(done="2026-01-05", told=utc_now()))
    with api.env.adopt_roles(["Manager"]):
        board.agenda.title = "Agenda, second edition"
        board.budget.subject = ("money",)
        for paper in (board.agenda, board.budget):
            notify(ObjectModifiedEvent(paper))
            paper.reindexObject()
    transaction.commit()
    send()
    text = text_of(mail_server.mails[0])
    assert "Changed: Agenda, second edition" in text
    assert "Changed: Budget" not in text


def test_names_vanish_where_the_right_is_revoked_after_subscribing(board, mail_server):
    subscription = subscribed("carol", board)
    board.manage_delLocalRoles(["carol"])
    board.reindexObjectSecurity()
    transaction.commit()
    assert send() == [("carol", "silent")]
    assert mail_server.mails == []
    assert delivery_of(subscription.id).silence == NOT_ALLOWED
    # It is no more than silent: the right may come back.
    board.manage_setLocalRoles("carol", ["Tracking Manager"])
    board.reindexObjectSecurity()
    transaction.commit()
    assert send() == [("carol", "sent")]
    assert delivery_of(subscription.id).silence == ""


def test_a_right_that_is_revoked_after_the_intent_counts(
    board, mail_server, monkeypatch
):
    def claim_and_revoke(*arguments):
        board.manage_delLocalRoles(["carol"])
        board.reindexObjectSecurity()
        return claim(*arguments)

    claim = courier.claim
    monkeypatch.setattr(courier, "claim", claim_and_revoke)
    subscribed("carol", board)
    assert send() == [("carol", "silent")]
    assert mail_server.mails == []


def test_who_stops_the_mails_at_the_last_moment_gets_none(
    board, mail_server, monkeypatch
):
    subscription = subscribed("carol", board)
    claim = courier.claim

    def claim_and_stop(*arguments):
        claimed = claim(*arguments)
        end(subscription)
        return claimed

    monkeypatch.setattr(courier, "claim", claim_and_stop)
    send()
    assert mail_server.mails == []
    assert not is_subscribed("carol", board)


def test_a_paper_that_the_subscriber_may_not_view_is_left_out(board, mail_server):
    subscribed("carol", board)
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(board.budget, "retract")
        board.budget.manage_permission("View", ["Manager"], acquire=0)
    transaction.commit()
    send()
    (mail,) = mail_server.mails
    assert "Agenda" in mail.as_string()
    assert "Budget" not in mail.as_string()


def test_names_need_the_permission_for_each_paper(board, mail_server):
    subscribed("carol", board)
    permission = Permission(VIEW_READERS, (), board.budget)
    permission.setRoles(("Manager",))
    transaction.commit()
    send()
    assert "Budget" not in mail_server.mails[0].as_string()


def test_whoever_runs_the_command_only_the_subscriber_counts(board, mail_server):
    subscribed("bob", board)
    with api.env.adopt_roles(["Manager"]):
        assert send() == [("bob", "silent")]
    assert mail_server.mails == []


def test_without_a_mail_address_it_is_silent(board, mail_server):
    subscription = subscribed("carol", board)
    api.user.get(userid="carol").setMemberProperties({"email": ""})
    transaction.commit()
    assert send() == [("carol", "silent")]
    assert delivery_of(subscription.id).silence == NO_ADDRESS
    api.user.get(userid="carol").setMemberProperties({"email": "c@example.org"})
    transaction.commit()
    assert send() == [("carol", "sent")]
    assert mail_server.recipients == ["c@example.org"]


@pytest.mark.parametrize(
    "address", ["a@example.org, b@example.org", "a@example.org\nBcc: b@example.org"]
)
def test_a_mail_goes_to_one_address(board, mail_server, address):
    subscribed("carol", board)
    api.user.get(userid="carol").setMemberProperties({"email": address})
    transaction.commit()
    assert send() == [("carol", "silent")]


def test_a_deleted_member_gets_nothing_nor_does_a_later_one_of_the_id(
    board, mail_server
):
    subscribed("carol", board)
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="carol")
    transaction.commit()
    assert not is_subscribed("carol", board)
    with api.env.adopt_roles(["Manager"]):
        api.user.create(username="carol", email="new@example.org", password="secret!!x")
    transaction.commit()
    assert send() == []
    assert mail_server.mails == []


def test_an_account_that_is_not_found_for_a_while_keeps_its_subscription(
    board, mail_server, monkeypatch
):
    """It is in a directory that doesn't answer now."""
    subscription = subscribed("carol", board)
    with monkeypatch.context() as patch:
        patch.setattr(courier, "addressee_of", lambda user: None)
        assert send() == [("carol", "silent")]
    assert mail_server.mails == []
    assert delivery_of(subscription.id).silence == NO_ACCOUNT
    assert send() == [("carol", "sent")]


def test_the_subscription_to_a_deleted_place_ends_and_the_log_says_so(
    board, mail_server, caplog
):
    agenda = board.agenda
    subscribed("carol", agenda)
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(agenda)
    transaction.commit()
    with caplog.at_level("INFO", "slc.clicktracker"):
        assert send() == [("carol", "ended")]
    assert "'carol'" in caplog.text
    assert send() == []


def test_a_moved_place_keeps_its_subscription(board, mail_server):
    subscribed("carol", board)
    with api.env.adopt_roles(["Manager"]):
        transaction.savepoint()
        api.content.rename(board, "old-board")
    transaction.commit()
    assert send() == [("carol", "sent")]
    assert f"{BASE}/old-board/agenda/" in text_of(mail_server.mails[0])


def test_the_whole_site_can_be_a_place(board, mail_server):
    site = api.portal.get()
    with api.env.adopt_roles(["Manager"]):
        api.user.grant_roles(username="alice", roles=["Site Administrator"])
    subscribed("alice", site)
    assert send() == [("alice", "sent")]
    assert f"{BASE}/@@who-read-this" in text_of(mail_server.mails[0])


def test_the_address_of_the_site_can_be_given(board, mail_server):
    subscribed("carol", board)
    send(base="https://elsewhere.example.org/portal")
    text = text_of(mail_server.mails[0])
    assert "https://elsewhere.example.org/portal/board/agenda" in text
    assert BASE not in text


def test_mails_are_in_the_language_of_the_member(board, mail_server):
    set_record = api.portal.set_registry_record
    set_record("plone.available_languages", ["en", "de"])
    for user, language in (("carol", "de"), ("alice", "tlh")):
        api.user.get(userid=user).setMemberProperties({"language": language})
        board.manage_setLocalRoles(user, ["Tracking Manager"])
        subscribed(user, board)
    assert len(send()) == 2
    languages = {mail["To"]: mail["Content-Language"] for mail in mail_server.mails}
    assert languages == {"carol@example.org": "de", "alice@example.org": "en"}


def test_titles_are_nothing_but_text(board, mail_server):
    with api.env.adopt_roles(["Manager"]):
        board.agenda.title = "Agenda\r\nBcc: all@example.org\r\n\r\n<b>bold</b>"
        board.agenda.reindexObject()
    transaction.commit()
    expect(board.agenda, "alice")
    subscribed("carol", board.agenda)
    send()
    (mail,) = mail_server.mails
    assert mail["Bcc"] is None
    assert mail_server.envelope.rcpt_tos == ["carol@example.org"]
    assert "Bcc: all@example.org" in mail["Subject"]
    assert "<b>bold" not in mail.get_body(("html",)).get_content()
    assert not [line for line in text_lines(mail) if line.startswith("Bcc:")]


def text_lines(mail):
    return mail.get_body(("plain",)).get_content().splitlines()


def test_in_a_large_place_it_is_counted_how_often_pages_were_opened(
    board, mail_server, monkeypatch
):
    monkeypatch.setattr(report, "MOST_CHARTED", 1)
    for user in ("alice", "alice", "bob"):
        opened(board.agenda, user)
    subscription = subscribed("carol", board)
    keep(subscription.id, Delivery(done="2026-01-05", told=utc_now()))
    transaction.commit()
    send()
    text = text_of(mail_server.mails[0])
    assert "Times that pages were opened since the beginning of" in text
    assert "(UTC): 3" in text
    assert "Readers who opened" not in text


def test_nobody_waits_for_a_mail_so_all_files_are_read(board, mail_server, monkeypatch):
    with api.env.adopt_roles(["Manager"]):
        file = NamedBlobFile(b"%PDF-1.4 The lease.", "application/pdf", "lease.pdf")
        lease = api.content.create(board, "File", "lease.pdf", "A lease", file=file)
    transaction.commit()
    record(lease, "alice", origin=DOWNLOADED)
    subscribed("carol", lease)
    file_digest._known.clear()
    visible._known.clear()
    monkeypatch.setattr(file_digest, "MOST_READ", 5)
    send()
    (mail,) = mail_server.mails
    assert mail["Subject"] == "A lease: downloaded by 1 of 2"
    assert "not counted" not in text_of(mail)
    assert f"{BASE}/board/lease.pdf/@@who-read-this" in text_of(mail)


def test_a_mail_has_a_bounded_number_of_names_and_papers(board, mail_server):
    users = [f"reader{number}" for number in range(12)]
    for user in users:
        api.user.create(username=user, email=f"{user}@example.org", password="x" * 12)
    expect(board, *users)
    for number in range(12):
        add(board, "Document", id=f"p{number}", title=f"Paper {number:02}")
    subscribed("carol", board)
    send()
    text = mail_server.mails[0].get_body(("plain",)).get_content()
    assert "reader9 and 2 more" in text or "and 2 more" in text
    assert "4 more documents" in text
    assert text.count("?tab=absent") == 10
