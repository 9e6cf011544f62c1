"""Deadlines of the board's papers that remind, and rounds of mails about them."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from slc.clicktracker.deadlines.deadlines import set_deadline
from slc.clicktracker.mails.post import Post
from slc.clicktracker.reminders.round import Round
from tests.audience.people import expect
from tests.deadlines.deadlines import deadline

import transaction


BASE = "https://intranet.example.org"

DAY = timedelta(days=1)

#: The evening by which papers are to be read: far from now, as deadlines are declared now.
DEADLINE = datetime(2036, 5, 27, 18, tzinfo=timezone.utc)


def to_be_read(content, *users, moment=DEADLINE, by="carol", **terms):
    """Have users read content, by a deadline that somebody has set and that reminds."""
    if users:
        expect(content, *users)
    with api.env.adopt_user(by):
        set_deadline(content, deadline(moment, reminds=True, **terms), "it is time")
    transaction.commit()


def days_before(number):
    """Return a morning so many days before the last one."""
    return DEADLINE.replace(hour=7) - number * DAY


def remind(now):
    """Send what is due; return what came of it, by kind and user."""
    transaction.begin()
    round_ = Round(Post.of_site(), BASE, lambda: now)
    found = list(round_.run(round_.due()))
    transaction.begin()
    return {(each.errand.kind, each.errand.user): each.outcome.value for each in found}


def set_setting(name, value):
    api.portal.set_registry_record(
        f"slc.clicktracker.settings.reminders.IReminderSettings.{name}", value
    )
    transaction.commit()
