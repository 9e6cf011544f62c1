"""The control panel says how it is with reports by mail, and what to do."""

from datetime import timedelta
from slc.clicktracker.mails.deliveries import claim
from slc.clicktracker.mails.deliveries import keep
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.mails.rhythm import DAILY
from slc.clicktracker.storage.model import utc_now
from tests.mails.subscribers import subscribed
from tests.mails.subscribers import use_mail_server

import transaction


def done(days_ago):
    return (utc_now() - timedelta(days=days_ago)).date().isoformat()


def test_without_subscriptions_nothing_is_wrong(tracked, box):
    mails = box("mails")
    assert mails.notices == []
    assert "Subscriptions 0" in mails.text


def test_incomplete_mail_settings_are_an_alarm_once_somebody_has_subscribed(
    tracked, box, panel
):
    subscribed("carol", tracked)
    mails = box("mails")
    assert mails.notices == ["danger"]
    assert "mail settings are incomplete" in mails.text
    assert "clicktracker-health alert alert-danger" in panel.get().text


def test_what_could_not_be_sent_is_said_in_the_words_of_the_mail_server(tracked, box):
    use_mail_server(25)
    for user in ("alice", "bob"):
        keep(subscribed(user, tracked).id, Delivery(error="550 no such user"))
    transaction.commit()
    mails = box("mails")
    assert mails.notices == ["warning"]
    assert "Reports that could not be sent by mail: 2." in mails.text
    assert mails.text.count("550 no such user") == 1
    assert "Not sent, tried again 2" in mails.text


def test_whose_address_is_refused_for_good_is_not_said_to_be_tried_again(tracked, box):
    use_mail_server(25)
    subscription = subscribed("carol", tracked)
    claimed = claim(subscription.id, "2026-01-05", "<1@example.org>", utc_now())
    keep(subscription.id, claimed.refused("550 no such user"))
    transaction.commit()
    mails = box("mails")
    assert mails.notices == ["warning"]
    assert "that the mail server refused for good: 1." in mails.text
    assert "550 no such user" in mails.text
    assert "tried again each time" not in mails.text
    assert "Not sent, tried again 0 Refused by the mail server 1" in mails.text


def test_a_command_that_does_not_run_is_an_alarm(tracked, box):
    use_mail_server(25)
    subscription = subscribed("carol", tracked, DAILY)
    for days, notices in ((0, []), (2, []), (4, ["danger"])):
        keep(subscription.id, Delivery(done=done(days)))
        transaction.commit()
        assert box("mails").notices == notices, days
    assert "clicktracker send-summaries" in box("mails").text
    # Nobody waits for what is silent.
    keep(subscription.id, Delivery(done=done(4), silence="not-allowed"))
    transaction.commit()
    assert box("mails").notices == []
    assert "Silent 1" in box("mails").text


def test_a_mail_in_doubt_is_said_to_come_twice_maybe(tracked, box):
    use_mail_server(25)
    subscription = subscribed("carol", tracked)
    claim(subscription.id, "2026-01-05", "<1@example.org>", utc_now())
    transaction.commit()
    assert "a mail may come twice" in box("mails").text
