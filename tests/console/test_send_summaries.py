"""``clicktracker send-summaries``: what it prints, and how it ends."""

from slc.clicktracker.console import command
from slc.clicktracker.mails.deliveries import keep
from slc.clicktracker.mails.delivery import Delivery
from tests.mails.mail_server import text_of
from tests.mails.subscribers import carols_board
from tests.mails.subscribers import subscribed
from zope.component.hooks import setSite

import pytest
import sys
import transaction


@pytest.fixture
def run(functional, monkeypatch, capsys):
    """Return what the command prints in the Zope of the test, and its exit status."""
    portal = functional["portal"]

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["clicktracker", "send-summaries", *arguments])
        status = 0
        try:
            command.in_zope(portal.getPhysicalRoot())
        except SystemExit as end:
            status = end.code or 0
        setSite(portal)
        transaction.begin()
        return capsys.readouterr().out, status

    return run


@pytest.fixture
def due(tracked):
    """Carol's summary is due."""
    subscription = subscribed("carol", carols_board(tracked))
    keep(subscription.id, Delivery(done="2026-01-05"))
    transaction.commit()
    return subscription


def test_what_is_due_is_sent(due, mail_server, run):
    assert run() == ("/plone: summaries sent: 1, waiting: 0\n", 0)
    assert run() == ("/plone: summaries sent: 0, waiting: 0\n", 0)
    assert mail_server.recipients == ["carol@example.org"]


def test_what_could_not_be_sent_is_said_and_is_an_error(due, stopped_mail_server, run):
    said, status = run()
    assert status == 1
    assert "not done, summaries sent: 0, waiting: 1" in said
    assert "carol about /plone/board: failed" in said
    assert "Connection refused" in said
    stopped_mail_server.start()
    assert run() == ("/plone: summaries sent: 1, waiting: 0\n", 0)


def test_a_dry_run_sends_nothing(due, mail_server, run):
    said, status = run("--dry-run")
    assert "summaries to be sent: 1\n  carol about /plone/board, weekly" in said
    assert (mail_server.mails, status) == ([], 0)
    assert run()[0] == "/plone: summaries sent: 1, waiting: 0\n"


def test_the_address_of_the_site_can_be_given(due, mail_server, run):
    run("--url", "https://papers.example.org/")
    text = text_of(mail_server.mails[0])
    assert "https://papers.example.org/board/agenda/@@who-read-this" in text


def test_what_is_no_address_is_refused(due, run):
    assert run("--url", "papers.example.org") == ("", 2)


def test_incomplete_mail_settings_are_an_error(due, run):
    said, status = run()
    assert "mail settings are incomplete" in said
    assert status == 1
