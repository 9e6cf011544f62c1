"""A mail that can't be sent is tried again, and nobody gets one twice for no reason."""

from datetime import timedelta
from plone.registry.interfaces import IRegistry
from slc.clicktracker.mails import courier
from slc.clicktracker.mails.courier import Courier
from slc.clicktracker.mails.deliveries import claim
from slc.clicktracker.mails.deliveries import delivery_of
from slc.clicktracker.mails.deliveries import keep
from slc.clicktracker.mails.delivery import LEASE
from slc.clicktracker.mails.post import Post
from slc.clicktracker.mails.rhythm import DAILY
from slc.clicktracker.mails.subscriptions import end
from slc.clicktracker.mails.summary_mail import SummaryMail
from slc.clicktracker.storage.errors import StorageUnavailable
from tests.audience.people import give_role
from tests.mails.subscribers import MONDAY
from tests.mails.subscribers import send
from tests.mails.subscribers import subscribed
from zope.component import getUtility

import pytest
import transaction


TUESDAY = MONDAY + timedelta(days=1)


def test_a_server_that_was_down_gets_the_mail_once(board, stopped_mail_server):
    server = stopped_mail_server
    subscription = subscribed("carol", board)
    for attempts in (1, 2):
        assert send() == [("carol", "failed")]
        delivery = delivery_of(subscription.id)
        assert "Connection refused" in delivery.error
        assert delivery.attempts == attempts
        assert not delivery.is_in_doubt
    expected = delivery.message_id
    server.start()
    # A day later it is still the mail of this week.
    assert send(TUESDAY) == [("carol", "sent")]
    assert send(TUESDAY) == []
    assert server.ids == [expected]
    assert delivery_of(subscription.id).error == ""


def test_a_daily_mail_that_waits_is_replaced_by_that_of_the_next_day(
    board, stopped_mail_server
):
    subscription = subscribed("carol", board, DAILY)
    send()
    first = delivery_of(subscription.id)
    stopped_mail_server.start()
    assert send(TUESDAY) == [("carol", "sent")]
    assert stopped_mail_server.ids != [first.message_id]
    assert len(stopped_mail_server.ids) == 1


def test_while_the_server_is_down_nobody_else_is_tried(board, stopped_mail_server):
    for user in ("alice", "bob", "carol"):
        give_role(board, user)
        subscribed(user, board)
    assert send() == [("alice", "failed")]
    stopped_mail_server.start()
    assert len(send()) == 3


def test_an_address_that_is_refused_keeps_no_other_mail(board, mail_server):
    for user in ("alice", "bob"):
        board.manage_setLocalRoles(user, ["Tracking Manager"])
    subscribed("alice", board)
    refused = subscribed("bob", board)
    mail_server.refuses.add("bob@example.org")
    assert sorted(send()) == [("alice", "sent"), ("bob", "refused")]
    assert delivery_of(refused.id).error == "550 5.1.1 no such user here"


def test_an_address_that_is_refused_for_good_waits_for_the_next_period(
    board, mail_server
):
    subscription = subscribed("carol", board)
    mail_server.refuses.add("carol@example.org")
    assert send() == [("carol", "refused")]
    told = delivery_of(subscription.id).told
    mail_server.refuses.clear()
    assert send(TUESDAY) == []
    assert delivery_of(subscription.id).told == told
    assert send(MONDAY + timedelta(days=7)) == [("carol", "sent")]
    delivery = delivery_of(subscription.id)
    assert (delivery.error, delivery.is_refused) == ("", False)


@pytest.mark.parametrize("refusal", ["450 4.2.1 try later", "452 4.2.2 mailbox full"])
def test_an_address_that_is_refused_for_now_is_tried_again(board, mail_server, refusal):
    subscribed("carol", board)
    mail_server.refuses.add("carol@example.org")
    mail_server.refusal = refusal
    assert send() == [("carol", "failed")]
    mail_server.refuses.clear()
    assert send(TUESDAY) == [("carol", "sent")]


def test_a_mail_that_is_refused_for_what_it_says_waits_too(board, mail_server):
    subscribed("carol", board)
    mail_server.answer = "554 5.7.1 looks like spam"
    assert send() == [("carol", "refused")]
    assert send(TUESDAY) == []


def test_a_server_that_says_nothing_is_down(board, silent_port):
    subscription = subscribed("carol", board)
    transaction.begin()
    impatient = Post("board@example.org", patience=0.2)
    (handled,) = Courier(impatient, clock=lambda: MONDAY).run()
    transaction.begin()
    assert handled.is_down
    assert delivery_of(subscription.id).error == "no answer within 0.2 seconds"


def test_of_two_runs_at_once_one_sends(
    board, mail_server, in_another_process, monkeypatch
):
    """The other one begins between the look at what is due and the intent."""
    subscribed("carol", board)
    found = []

    def claimed_by_both(*arguments):
        monkeypatch.setattr(courier, "claim", claim)
        mine = claim(*arguments)
        found.extend(in_another_process(send))
        return mine

    monkeypatch.setattr(courier, "claim", claimed_by_both)
    assert send() == [("carol", "no longer due")]
    assert found == [("carol", "sent")]
    assert len(mail_server.mails) == 1


def test_while_one_sends_another_run_leaves_the_mail_alone(board, mail_server):
    subscription = subscribed("carol", board)
    claim(subscription.id, "2040-01-02", "<x@example.org>", MONDAY)
    transaction.commit()
    assert send(MONDAY + LEASE / 2) == [("carol", "begun by another run")]
    assert mail_server.mails == []


def test_what_else_somebody_changes_at_the_same_moment_keeps_no_mail(
    board, mail_server, in_another_process, monkeypatch
):
    """A conflict is no proof that anybody else has sent it."""
    subscription = subscribed("carol", board)

    def silence_it():
        keep(subscription.id, delivery_of(subscription.id).silenced("no-address"))
        transaction.commit()

    def claimed_meanwhile(*arguments):
        monkeypatch.setattr(courier, "claim", claim)
        mine = claim(*arguments)
        in_another_process(silence_it)
        return mine

    monkeypatch.setattr(courier, "claim", claimed_meanwhile)
    assert send() == [("carol", "sent")]
    assert len(mail_server.mails) == 1


def test_a_subscription_that_ends_meanwhile_is_not_said_to_wait(
    board, mail_server, monkeypatch
):
    for user in ("alice", "bob"):
        give_role(board, user)
    first, second = subscribed("alice", board), subscribed("bob", board)

    def send_and_stop(self, mail):
        for each in (first, second):
            if mail.to != f"{each.user}@example.org":
                end(each)
        transaction.commit()

    monkeypatch.setattr(Post, "send", send_and_stop)
    assert sorted(outcome for _user, outcome in send()) == ["ended", "sent"]


def test_who_is_killed_while_sending_repeats_one_mail_at_worst(
    board, mail_server, monkeypatch
):
    subscription = subscribed("carol", board)

    def killed(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(courier, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            send()
    transaction.abort()
    assert len(mail_server.mails) == 1
    assert delivery_of(subscription.id).is_in_doubt
    assert send(MONDAY + LEASE) == [("carol", "sent")]
    assert len(mail_server.mails) == 2
    assert len(set(mail_server.ids)) == 1
    assert send(MONDAY + 2 * LEASE) == []


def test_what_has_become_of_another_ones_mail_is_not_overwritten(board, mail_server):
    """A run that hangs for longer than anybody waits for it."""
    subscription = subscribed("carol", board)

    mine = claim(subscription.id, "2040-01-02", "<x@example.org>", MONDAY)
    transaction.commit()
    assert send(MONDAY + LEASE) == [("carol", "sent")]
    assert not courier.settle(subscription.id, mine, mine.failed("too late"))
    assert delivery_of(subscription.id).error == ""


def test_a_storage_that_is_down_is_an_error_and_no_empty_mail(
    board, mail_server, monkeypatch
):
    subscription = subscribed("carol", board)

    def is_down(*arguments, **options):
        raise StorageUnavailable("it is locked")

    with monkeypatch.context() as patch:
        patch.setattr(SummaryMail, "summary", is_down)
        assert send() == [("carol", "failed")]
    assert delivery_of(subscription.id).error == "it is locked"
    assert send() == [("carol", "sent")]


def test_recording_that_is_off_is_said(board, mail_server, monkeypatch):
    subscribed("carol", board)
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    assert send() == [("carol", "failed")]


def test_a_place_that_makes_no_summary_keeps_no_other_mail(
    board, mail_server, monkeypatch, caplog
):
    for user in ("alice", "bob"):
        give_role(board, user)
        subscribed(user, board if user == "bob" else board.agenda)
    made = SummaryMail.summary

    def breaks(self, *arguments, **options):
        if self._place.getId() == "agenda":
            raise KeyError("a bug of somebody's type")
        return made(self, *arguments, **options)

    monkeypatch.setattr(SummaryMail, "summary", breaks)
    assert send() == [("alice", "failed"), ("bob", "sent")]
    assert "a bug of somebody's type" in caplog.text


def test_a_place_that_can_not_even_be_looked_at_keeps_no_other_mail(
    board, mail_server, monkeypatch, caplog
):
    for user in ("alice", "bob"):
        give_role(board, user)
        subscribed(user, board)
    check = SummaryMail.check

    def breaks(self):
        if self._addressee.user.getId() == "alice":
            raise KeyError("a bug of somebody's plugin")
        check(self)

    monkeypatch.setattr(SummaryMail, "check", breaks)
    assert sorted(send()) == [("alice", "failed"), ("bob", "sent")]
    assert "a bug of somebody's plugin" in caplog.text
    monkeypatch.setattr(SummaryMail, "check", check)
    assert send() == [("alice", "sent")]


def test_a_mail_that_ends_each_run_keeps_the_others_for_one_run(
    board, mail_server, monkeypatch
):
    """The readings of one place take longer than the database lets them, say."""
    for user in ("alice", "bob"):
        give_role(board, user)
        subscribed(user, board if user == "bob" else board.agenda)
    made = SummaryMail.summary

    def takes_too_long(self, *arguments, **options):
        if self._place.getId() == "agenda":
            raise StorageUnavailable("it takes too long")
        return made(self, *arguments, **options)

    monkeypatch.setattr(SummaryMail, "summary", takes_too_long)
    assert send() == [("alice", "failed")]
    assert send() == [("bob", "sent"), ("alice", "failed")]


def test_a_mail_that_kills_each_run_keeps_the_others_for_one_run(
    board, mail_server, monkeypatch
):
    for user in ("alice", "bob"):
        give_role(board, user)
        subscribed(user, board if user == "bob" else board.agenda)
    made = SummaryMail.summary

    def takes_all_memory(self, *arguments, **options):
        if self._place.getId() == "agenda":
            raise KeyboardInterrupt
        return made(self, *arguments, **options)

    monkeypatch.setattr(SummaryMail, "summary", takes_all_memory)
    for _run in range(2):
        with pytest.raises(KeyboardInterrupt):
            send(MONDAY + _run * LEASE)
        transaction.abort()
    assert mail_server.recipients == ["bob@example.org"]


def test_without_mail_settings_there_is_no_way_out(board, mail_server):
    registry = getUtility(IRegistry)
    registry["plone.email_from_address"] = None
    assert Post.of_site() is None
