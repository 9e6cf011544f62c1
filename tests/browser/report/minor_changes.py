"""The screen for minor changes, as tests use it."""

from datetime import timedelta
from tests.audience.people import expect
from tests.browser.report.readings import NOON
from tests.browser.report.versions import edit
from tests.browser.report.versions import record
from tests.browser.report.versions import save_on_days
from tests.plone_site import authenticator_in

import re
import transaction


PATH = "/board/agenda/@@clicktracker-minor-change"


def read_in_three_versions(agenda):
    """Alice read the first version, Bob the second, Carol none; now it is the third."""
    expect(agenda, "alice", "bob", "carol")
    for day, (user, text) in enumerate([("alice", "Mnday"), ("bob", "Monday")]):
        edit(agenda, description=text)
        when = NOON + timedelta(days=day)
        record(agenda, user, issued=when, opened=when, seen=when)
    edit(agenda, description="Monday, 8 pm")
    save_on_days(agenda)
    return agenda


def editor_of(content, visitor):
    content.manage_addLocalRoles("carol", ["Editor"])
    content.reindexObjectSecurity()
    transaction.commit()
    return visitor("carol")


def page(visitor):
    return visitor.session.get(visitor.site_url + PATH)


def choices_in(answer):
    """Return the values of the versions that can be chosen, the newest first."""
    found = re.findall(r'<input[^>]*type="radio"[^>]*>', answer.text)
    return [value_of(each) for each in found if "disabled" not in each]


def value_of(field):
    return re.search(r'value="([^"]*)"', field).group(1)


def hidden(answer, name):
    (field,) = re.findall(rf'<input[^>]*name="{name}"[^>]*hidden[^>]*>', answer.text)
    return value_of(field)


def send(visitor, token=None, **fields):
    """Send the form with the newest version and a reason, or other fields."""
    seen = page(visitor)
    if token is None:
        token = authenticator_in(seen.text)
    data = {"_authenticator": token, "reason": "Only a typo"} | fields
    if "withdraw" not in fields:
        data = {"current": hidden(seen, "current"), "text": choices_in(seen)[0]} | data
    answer = visitor.session.post(visitor.site_url + PATH, data=data)
    transaction.begin()
    return answer


def withdraw(visitor, **fields):
    return send(visitor, withdraw=hidden(page(visitor), "withdraw"), **fields)
