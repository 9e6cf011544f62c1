"""``clicktracker send-summaries``: what it prints, and how it ends."""

from benchmarks.instances import clean_environment
from functools import partial
from slc.clicktracker.mails.deliveries import keep
from slc.clicktracker.mails.delivery import Delivery
from tests.mails.mail_server import MailServer
from tests.mails.mail_server import text_of
from tests.mails.subscribers import carols_board
from tests.mails.subscribers import subscribed

import pytest
import shutil
import transaction


@pytest.fixture
def run(clicktracker):
    """Return what the command prints, and its exit status."""
    return partial(clicktracker, "send-summaries")


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


def test_what_is_no_address_is_refused(due, run, clicktracker):
    assert run("--url", "papers.example.org") == ("", 2)
    assert "give an address with http:// or https://" in clicktracker.complaint


def test_incomplete_mail_settings_are_an_error(due, run):
    said, status = run()
    assert "mail settings are incomplete" in said
    assert status == 1


SUBSCRIBE = """
from plone import api
from slc.clicktracker.mails.deliveries import keep
from slc.clicktracker.mails.delivery import Delivery
from slc.clicktracker.mails.link_keys import make_link_keys
from slc.clicktracker.mails.places import place_uid
from slc.clicktracker.mails.rhythm import WEEKLY
from slc.clicktracker.mails.subscriptions import subscribe
from tests.mails.subscribers import use_mail_server
from zope.component.hooks import setSite

import transaction

setSite(app.Plone)
use_mail_server({port})
make_link_keys()
board = place_uid(app.Plone["board-meeting"])
subscription = subscribe("secretary", board, WEEKLY, "https://papers.example.org")
keep(subscription.id, Delivery(done="2026-01-05"))
transaction.commit()
"""


def test_a_process_of_its_own_sends_what_is_due(made_site, zopes, tmp_path):
    """As cron starts it, without a server and without a browser's request."""
    instance = tmp_path / "instance"
    shutil.copytree(made_site, instance)
    conf = instance / "etc" / "zope.conf"
    conf.write_text(conf.read_text().replace(str(made_site), str(instance)))
    server = MailServer()
    server.start()
    script = tmp_path / "subscribe.py"
    script.write_text(SUBSCRIBE.format(port=server.port))
    try:
        zopes.run_script(conf, script)
        command = "from slc.clicktracker.console.command import main; main()"
        send = ("-c", command, "--conf", conf, "send-summaries")
        done = zopes.run(*send, env=clean_environment())
    finally:
        server.stop()
    assert done.stdout == "/Plone: summaries sent: 1, waiting: 0\n", done.stderr
    (mail,) = server.mails
    assert mail["To"] == "secretary@example.org"
    assert "https://papers.example.org/board-meeting/agenda" in text_of(mail)
    assert "Carol Castillo" in text_of(mail)
