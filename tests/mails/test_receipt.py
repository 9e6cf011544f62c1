"""A reader gets what they have acknowledged as a mail, too."""

from plone import api
from slc.clicktracker.settings.acknowledgement import IAcknowledgementSettings
from tests.audience.people import expect
from tests.browser.acknowledgements.acknowledging import ask_readers
from tests.browser.acknowledgements.acknowledging import click
from tests.browser.acknowledgements.acknowledging import kept
from tests.browser.acknowledgements.acknowledging import opened
from tests.browser.report.versions import edit
from tests.browser.report.versions import save_on_days
from tests.mails.mail_server import text_of

import pytest
import transaction


@pytest.fixture
def alice(tracked, shown, visitor):
    expect(tracked, "alice")
    ask_readers(tracked.agenda, "I will vote.")
    return visitor("alice")


def test_the_receipt_says_what_was_said(alice, mail_server):
    click(alice, opened(alice))
    (mail,) = mail_server.mails
    assert mail["To"] == "alice@example.org"
    assert mail["List-Unsubscribe"] is None
    said = text_of(mail)
    assert "Your words: “I will vote.”" in said
    assert "/board/agenda/@@reading-receipt" in said


def test_it_says_when_the_version_was_saved(tracked, alice, mail_server):
    edit(tracked.agenda, description="Monday")
    save_on_days(tracked.agenda)
    click(alice, opened(alice))
    (mail,) = mail_server.mails
    assert "Version of Friday, May 1, 2026" in " ".join(text_of(mail).split())


def test_what_is_not_recorded_again_is_not_sent_again(alice, mail_server):
    page = opened(alice)
    for _time in range(2):
        click(alice, page)
    assert len(mail_server.mails) == 1


def test_a_mail_that_can_not_be_sent_takes_nothing_back(alice, stopped_mail_server):
    answer = click(alice, opened(alice))
    assert answer.status_code == 200
    assert len(kept()) == 1


def test_a_site_may_send_none(alice, mail_server):
    record = f"{IAcknowledgementSettings.__identifier__}.send_receipts"
    api.portal.set_registry_record(record, False)
    transaction.commit()
    click(alice, opened(alice))
    assert mail_server.mails == []
