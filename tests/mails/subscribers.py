"""Members who have subscribed to summaries of the board's papers."""

from datetime import datetime
from datetime import timezone
from plone import api
from slc.clicktracker.mails.courier import Courier
from slc.clicktracker.mails.link_keys import make_link_keys
from slc.clicktracker.mails.places import place_uid
from slc.clicktracker.mails.post import Post
from slc.clicktracker.mails.rhythm import WEEKLY
from slc.clicktracker.mails.subscriptions import subscribe
from slc.clicktracker.mails.subscriptions import subscription_of
from slc.clicktracker.storage.model import utc_now
from tests.audience.people import expect
from tests.audience.people import give_role

import transaction


BASE = "https://intranet.example.org"

#: A year in which nobody here has subscribed yet: all is due in its weeks.
MONDAY = datetime(2040, 1, 2, 7, tzinfo=timezone.utc)


def use_mail_server(port, sender="board@example.org"):
    """Complete Plone's mail settings."""
    set_record = api.portal.set_registry_record
    set_record("plone.smtp_host", "127.0.0.1")
    set_record("plone.smtp_port", port)
    set_record("plone.email_from_address", sender)
    set_record("plone.email_from_name", "Office of the Board")
    transaction.commit()


def carols_board(board):
    """Alice and Bob are expected to read the papers of the board; Carol looks after them."""
    expect(board, "alice", "bob")
    give_role(board, "carol")
    return board


def subscribed(user, content, rhythm=WEEKLY):
    """Let somebody subscribe, as the screen does it."""
    make_link_keys()
    subscription = subscribe(user, place_uid(content), rhythm, BASE)
    transaction.commit()
    return subscription


def is_subscribed(user, content):
    transaction.begin()
    return subscription_of(user, place_uid(content)) is not None


def send(now=MONDAY, base=""):
    """Send what is due, and return what came of it: names of outcomes, by user."""
    transaction.begin()
    handled = list(Courier(Post.of_site(), base, lambda: now).run())
    transaction.begin()
    return [(each.subscription.user, each.outcome.value) for each in handled]


def send_now():
    return send(utc_now())
