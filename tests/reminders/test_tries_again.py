"""A reminder that can't be sent is tried again, and nobody gets one twice for no reason."""

from datetime import timedelta
from plone import api
from slc.clicktracker.mails.deliveries import claim
from slc.clicktracker.mails.deliveries import delivery_of
from slc.clicktracker.mails.delivery import LEASE
from slc.clicktracker.mails.post import Post
from slc.clicktracker.reminders import errands
from slc.clicktracker.reminders import reminder_mail
from slc.clicktracker.reminders import round as module
from slc.clicktracker.reminders.errands import key_of
from slc.clicktracker.reminders.errands import READER
from slc.clicktracker.reminders.reminded import reminded
from slc.clicktracker.reminders.round import Round
from slc.clicktracker.storage.errors import StorageUnavailable
from tests.reminders.reminders import BASE
from tests.reminders.reminders import DAY
from tests.reminders.reminders import days_before
from tests.reminders.reminders import remind
from tests.reminders.reminders import set_setting

import pytest
import transaction


ALICE, BOB = ("reader", "alice"), ("reader", "bob")
BOBS = key_of(READER, "bob")
MORNING = days_before(7)


@pytest.fixture
def papers(papers):
    """Of those whose mails are looked at here, nobody has set a deadline."""
    set_setting("remind_owners", False)
    return papers


def test_a_server_that_was_down_gets_the_mails_once(papers, stopped_mail_server):
    server = stopped_mail_server
    assert remind(MORNING) == {ALICE: "failed"}
    # The next run begins with those that were not tried.
    assert remind(MORNING) == {BOB: "failed"}
    expected = delivery_of(BOBS).message_id
    assert "Connection refused" in delivery_of(BOBS).error
    server.start()
    assert remind(MORNING) == {ALICE: "sent", BOB: "sent"}
    assert remind(MORNING) == {}
    assert expected in server.ids and len(server.ids) == 2
    assert delivery_of(BOBS).error == ""


def test_what_could_not_be_sent_on_its_day_is_sent_on_the_next(
    papers, stopped_mail_server
):
    remind(MORNING)
    stopped_mail_server.start()
    assert remind(MORNING + DAY) == {ALICE: "sent", BOB: "sent"}
    assert remind(MORNING + 2 * DAY) == {}


def test_who_is_refused_for_good_is_tried_at_the_next_step(papers, mail_server):
    mail_server.refuses.add("bob@example.org")
    assert remind(MORNING) == {ALICE: "sent", BOB: "refused"}
    assert remind(MORNING) == {}
    assert remind(MORNING + DAY) == {}
    assert delivery_of(BOBS).is_refused
    (kept,) = reminded(BOBS)
    assert kept.is_refused
    mail_server.refuses.clear()
    assert remind(days_before(1)) == {ALICE: "sent", BOB: "sent"}


def test_who_is_refused_for_now_is_tried_again(papers, mail_server):
    mail_server.refuses.add("bob@example.org")
    mail_server.refusal = "450 4.2.1 try later"
    assert remind(MORNING)[BOB] == "failed"
    mail_server.refuses.clear()
    assert remind(MORNING) == {BOB: "sent"}


def test_of_two_runs_at_once_each_mail_is_sent_by_one(
    papers, mail_server, in_another_process, monkeypatch
):
    """The other one begins between the look at what is due and the intent."""
    found = {}

    def claimed_by_both(*arguments):
        monkeypatch.setattr(module, "claim", claim)
        mine = claim(*arguments)
        found.update(in_another_process(lambda: remind(MORNING)))
        return mine

    monkeypatch.setattr(module, "claim", claimed_by_both)
    assert remind(MORNING) == {ALICE: "no longer due", BOB: "no longer due"}
    assert found == {ALICE: "sent", BOB: "sent"}
    assert sorted(mail_server.recipients) == ["alice@example.org", "bob@example.org"]


def test_while_one_sends_another_run_leaves_the_mail_alone(papers, mail_server):
    claim(BOBS, "2036-05-20", "<x@example.org>", MORNING)
    transaction.commit()
    assert remind(MORNING + LEASE / 2)[BOB] == "begun by another run"
    assert mail_server.recipients == ["alice@example.org"]


def test_who_is_killed_after_sending_repeats_one_mail_which_is_shown(
    papers, mail_server, monkeypatch
):
    def killed(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            remind(MORNING)
    transaction.abort()
    (first,) = mail_server.recipients
    assert first == "alice@example.org"
    assert delivery_of(key_of(READER, "alice")).is_in_doubt
    assert remind(MORNING + LEASE) == {ALICE: "sent", BOB: "sent"}
    assert mail_server.recipients.count("alice@example.org") == 2
    assert len(set(mail_server.ids)) == 2
    assert remind(MORNING + 2 * LEASE) == {}
    ((of_alice,), (of_bob,)) = reminded(key_of(READER, "alice")), reminded(BOBS)
    assert of_alice.is_uncertain and not of_bob.is_uncertain


def test_who_is_killed_before_sending_loses_none(papers, mail_server, monkeypatch):
    def killed(self, *arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(reminder_mail.ReminderMail, "made", killed)
        with pytest.raises(KeyboardInterrupt):
            remind(MORNING)
    transaction.abort()
    assert mail_server.mails == []
    assert remind(MORNING + LEASE) == {ALICE: "sent", BOB: "sent"}


def test_the_outcome_and_what_was_said_are_kept_together_or_not_at_all(
    papers, mail_server, monkeypatch
):
    def killed(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "keep_reminded", killed)
        with pytest.raises(KeyboardInterrupt):
            remind(MORNING)
    transaction.abort()
    key = key_of(READER, "alice")
    assert delivery_of(key).done == "" and reminded(key) == ()


def test_a_storage_that_is_down_is_an_error_and_no_mail(
    papers, mail_server, monkeypatch
):
    def is_down(*arguments):
        raise StorageUnavailable("it is locked")

    with monkeypatch.context() as patch:
        patch.setattr(errands, "lacking_of", is_down)
        with pytest.raises(StorageUnavailable):
            remind(MORNING)
    with monkeypatch.context() as patch:
        patch.setattr(reminder_mail, "own_deadlines_among", is_down)
        assert remind(MORNING) == {ALICE: "failed"}
    assert mail_server.mails == []
    assert remind(MORNING) == {ALICE: "sent", BOB: "sent"}


def test_a_mail_that_can_not_be_made_keeps_no_other(
    papers, mail_server, monkeypatch, caplog
):
    made = reminder_mail.ReminderMail.made

    def breaks(self, now):
        if self._errand.user == "alice":
            raise KeyError("a bug of somebody's type")
        return made(self, now)

    monkeypatch.setattr(reminder_mail.ReminderMail, "made", breaks)
    assert remind(MORNING) == {ALICE: "failed", BOB: "sent"}
    assert "a bug of somebody's type" in caplog.text


def test_who_has_no_address_is_silent_until_there_is_one(papers, mail_server):
    member = api.user.get("bob")
    member.setMemberProperties({"email": ""})
    transaction.commit()
    assert remind(MORNING) == {ALICE: "sent", BOB: "silent"}
    assert delivery_of(BOBS).silence == "no-address"
    member.setMemberProperties({"email": "bob@example.org"})
    transaction.commit()
    assert remind(MORNING) == {BOB: "sent"}


def test_a_run_with_a_limit_leaves_the_rest_to_the_next_one(papers, mail_server):
    moments = iter([MORNING + n * timedelta(seconds=10) for n in range(100)])
    round_ = Round(Post.of_site(), BASE, lambda: next(moments), timedelta(seconds=25))
    assert len(list(round_.run(round_.due()))) == 1
    assert len(remind(MORNING + LEASE)) == 1
