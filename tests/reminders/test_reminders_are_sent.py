"""Who gets a mail about a deadline, when, and what it says."""

from datetime import timedelta
from plone import api
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.reminders.errands import key_of
from slc.clicktracker.reminders.errands import READER
from slc.clicktracker.reminders.reminded import reminded
from slc.clicktracker.reminders.reminder_mail import ReminderMail
from slc.clicktracker.storage.model import Reader
from tests.audience.people import expect
from tests.browser.report.versions import edit
from tests.browser.report.versions import record
from tests.deadlines.deadlines import give_deadline
from tests.mails.mail_server import text_of
from tests.reminders.reminders import DAY
from tests.reminders.reminders import days_before
from tests.reminders.reminders import DEADLINE
from tests.reminders.reminders import remind
from tests.reminders.reminders import set_setting
from tests.reminders.reminders import to_be_read

import pytest
import transaction


ALICE, BOB, CAROL = ("reader", "alice"), ("reader", "bob"), ("owner", "carol")


def mails_by_recipient(server):
    return {mail["To"].partition("@")[0]: mail for mail in server.mails}


def test_those_who_are_missing_get_one_on_the_days_of_the_setting(papers, mail_server):
    sent = {}
    for number in range(9, -4, -1):
        found = remind(days_before(number))
        sent[number] = {user for (kind, user), outcome in found.items()}
    assert {number for number, users in sent.items() if users} == {7, 1, -1}
    assert sent[7] == {"alice", "bob", "carol"}


def test_it_says_what_by_when_where_and_why(papers, mail_server):
    remind(days_before(7))
    mail = mails_by_recipient(mail_server)["bob"]
    assert mail["Subject"] == "To read: Agenda"
    text = text_of(mail)
    assert "You are expected to read this document" in text
    assert "To be read by: May 27, 2036, 6:00 PM (UTC)" in text
    assert "Evidence asked for: Opened." in text
    assert "https://intranet.example.org/board/agenda" in text
    assert "https://intranet.example.org/@@my-reading-list" in text
    assert "because you are expected to read these documents on “Plone site”" in text
    assert "It can't be unsubscribed." in text
    assert mail["List-Unsubscribe"] is None
    assert mail["Auto-Submitted"] == "auto-generated"


def test_once_it_is_over_it_says_so(papers, mail_server):
    remind(days_before(-1))
    mail = mails_by_recipient(mail_server)["bob"]
    assert mail["Subject"] == "Overdue: Agenda"


def test_who_has_read_it_gets_none(papers, mail_server):
    record(papers.agenda, "bob")
    assert remind(days_before(7)) == {ALICE: "sent", CAROL: "sent"}
    record(papers.agenda, "alice")
    assert remind(days_before(1)) == {}


def test_who_has_read_an_older_version_is_told_so(papers, mail_server):
    record(papers.agenda, "bob")
    edit(papers.agenda, title="New agenda")
    remind(days_before(7))
    mails = mails_by_recipient(mail_server)
    assert "It has changed since you read it." in text_of(mails["bob"])
    assert "It has changed" not in text_of(mails["alice"])


def test_the_level_that_is_asked_for_counts(papers, mail_server):
    to_be_read(papers.agenda, level="finished")
    record(papers.agenda, "bob")
    assert BOB in remind(days_before(7))


def test_a_member_gets_one_mail_for_all_documents(papers, mail_server):
    to_be_read(papers.budget, "bob", moment=DEADLINE - DAY + timedelta(hours=1))
    remind(days_before(7))
    # The budget is at the step of the day before.
    mails = mails_by_recipient(mail_server)
    assert mails["bob"]["Subject"] == "2 documents to read"
    text = text_of(mails["bob"])
    assert text.index("Budget") < text.index("Agenda")
    assert mails["alice"]["Subject"] == "To read: Agenda"
    assert len(mail_server.mails) == 3


def test_what_was_said_is_not_said_again_that_day_or_the_next(papers, mail_server):
    remind(days_before(7))
    assert remind(days_before(7)) == {}
    assert remind(days_before(7) + timedelta(hours=20)) == {}
    assert remind(days_before(6)) == {}


def test_what_comes_up_on_a_day_with_a_mail_waits_for_the_next(papers, mail_server):
    remind(days_before(7))
    to_be_read(papers.budget, "bob")
    assert BOB not in remind(days_before(7))
    assert BOB in remind(days_before(6))


def test_a_deadline_that_does_not_remind_reminds_nobody(papers, mail_server):
    give_deadline(papers.agenda, DEADLINE)
    assert remind(days_before(7)) == {}


@pytest.mark.parametrize("name", ["remind_readers", "remind_owners"])
def test_the_site_can_switch_either_off(papers, mail_server, name):
    set_setting(name, False)
    kind = "reader" if name == "remind_readers" else "owner"
    assert kind not in {kind for kind, _user in remind(days_before(7))}


def test_after_a_deadline_has_changed_its_own_days_count(papers, mail_server):
    remind(days_before(7))
    to_be_read(papers.agenda, moment=DEADLINE + 10 * DAY)
    assert remind(days_before(1)) == {}
    assert BOB in remind(days_before(-3))


def reads(board):
    record(board.agenda, "bob")


def is_excused(board):
    excuse(board.agenda, Reader("bob"), "on leave")


def may_not_view(board):
    with api.env.adopt_roles(["Manager"]):
        board.agenda.manage_permission("View", ["Manager"], acquire=0)


def is_deleted(board):
    with api.env.adopt_roles(["Manager"]):
        api.user.delete("bob")


def is_not_expected(board):
    expect(board.agenda, "alice")


def document_is_deleted(board):
    with api.env.adopt_roles(["Manager"]):
        board.manage_delObjects(["agenda"])


def has_another_deadline(board):
    to_be_read(board.agenda, moment=DEADLINE + 30 * DAY)


@pytest.mark.parametrize(
    "happens",
    [
        reads,
        is_excused,
        may_not_view,
        is_deleted,
        is_not_expected,
        document_is_deleted,
        has_another_deadline,
    ],
    ids=lambda each: each.__name__,
)
def test_what_happens_at_the_last_moment_counts(
    papers, mail_server, monkeypatch, happens
):
    """Between the look at all documents and the mail of Bob."""
    made = ReminderMail.made

    def made_after(self, now):
        if self._errand.user == "bob":
            happens(papers)
            transaction.commit()
        return made(self, now)

    set_setting("remind_owners", False)
    monkeypatch.setattr(ReminderMail, "made", made_after)
    expect(papers.agenda, "bob")
    assert remind(days_before(7)) == {BOB: "nothing to say"}
    assert mail_server.mails == []


def test_whoever_set_the_deadline_learns_who_is_missing(papers, mail_server):
    record(papers.agenda, "alice")
    remind(days_before(7))
    mail = mails_by_recipient(mail_server)["carol"]
    assert mail["Subject"] == "Agenda: 1 missing"
    text = text_of(mail)
    assert "Bob Berger" in text and "Alice" not in text
    assert (
        "https://intranet.example.org/board/agenda/@@who-read-this?tab=absent" in text
    )


def test_names_are_for_those_alone_who_may_see_readers(papers, mail_server):
    papers.manage_delLocalRoles(["carol"])
    transaction.commit()
    assert remind(days_before(7))[CAROL] == "nothing to say"
    assert "carol" not in mails_by_recipient(mail_server)


def test_words_of_the_site_and_the_language_of_the_reader(papers, mail_server):
    api.portal.set_registry_record("plone.available_languages", ["en", "de"])
    api.user.get("bob").setMemberProperties({"language": "de"})
    transaction.commit()
    remind(days_before(7))
    mails = mails_by_recipient(mail_server)
    assert mails["bob"]["Content-Language"] == "de"
    set_setting("reader_subject", "${name}: ${count} to go on ${site}")
    set_setting("reader_text", "Please read this.\n\nThank you, ${name}.")
    remind(days_before(1))
    mail = mails_by_recipient(mail_server)["bob"]
    assert mail["Subject"] == "Bob Berger: 1 to go on Plone site"
    assert "Please read this. Thank you, Bob Berger." in text_of(mail)


def test_a_deleted_account_leaves_nothing(papers, mail_server):
    remind(days_before(7))
    assert reminded(key_of(READER, "bob"))
    is_deleted(papers)
    assert reminded(key_of(READER, "bob")) == ()
