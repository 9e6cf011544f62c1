"""``clicktracker remind``: what it prints, and how it ends."""

from datetime import timedelta
from functools import partial
from slc.clicktracker.storage.model import utc_now
from tests.mails.mail_server import text_of
from tests.reminders.reminders import set_setting
from tests.reminders.reminders import to_be_read

import pytest


@pytest.fixture
def run(clicktracker):
    """Return what the command prints, and its exit status."""
    return partial(clicktracker, "remind")


@pytest.fixture
def papers(tracked):
    """Bob is to read the agenda within hours, as Carol wants it."""
    tracked.manage_setLocalRoles("carol", ["Tracking Manager"])
    to_be_read(tracked.agenda, "bob", moment=utc_now() + timedelta(hours=5))
    set_setting("days_before", "0, 1, 2")
    set_setting("site_address", "https://papers.example.org/")
    return tracked


def test_what_is_due_is_sent_once(papers, mail_server, run):
    assert run() == (
        "/plone: reminders sent: 2, waiting: 0, content rules told: 0\n",
        0,
    )
    assert run()[0].startswith("/plone: reminders sent: 0, waiting: 0")
    assert sorted(mail_server.recipients) == ["bob@example.org", "carol@example.org"]
    (bobs,) = (mail for mail in mail_server.mails if "bob" in mail["To"])
    assert "https://papers.example.org/board/agenda" in text_of(bobs)


def test_a_dry_run_only_says_what_would_be_done(papers, mail_server, run):
    to_be_read(papers.budget, "bob", moment=utc_now() - timedelta(hours=30))
    said, status = run("--dry-run")
    assert status == 0
    assert "reminders to be sent: 2, content rules to be told: 1\n" in said
    assert "\n  bob, to read: /plone/board/agenda\n" in said
    assert "\n  carol, with readers missing: /plone/board/agenda\n" in said
    assert "over with readers missing: /plone/board/budget" in said
    assert mail_server.mails == []
    assert run()[0].startswith("/plone: reminders sent: 2")


def test_what_could_not_be_sent_is_said_and_is_an_error(
    papers, stopped_mail_server, run
):
    said, status = run()
    assert status == 1
    assert "not done, reminders sent: 0, waiting: 2" in said
    assert "Connection refused" in said


def test_without_an_address_of_the_site_nothing_is_sent(papers, mail_server, run):
    set_setting("site_address", "")
    said, status = run()
    assert "the address of the site is not known" in said and status == 1
    assert run("--url", "https://papers.example.org")[1] == 0


def test_incomplete_mail_settings_are_an_error(papers, run):
    said, status = run()
    assert "mail settings are incomplete" in said
    assert status == 1


def test_recording_that_is_off_is_an_error(papers, mail_server, run, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    assert run()[1] == 1
    assert mail_server.mails == []
