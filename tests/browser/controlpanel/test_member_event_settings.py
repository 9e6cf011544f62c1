"""Whose events are recorded, in ClickTracker Settings: not without a purpose."""

from plone import api
from slc.clicktracker.interfaces import IMemberEventsSettings
from tests.audience.people import add_group
from tests.browser.controlpanel.fields import of_field

import pytest
import transaction


STATED = {"events.enabled": ["selected"], "events.purpose": "To learn."}


def kept(name):
    return api.portal.get_registry_record(name, IMemberEventsSettings)


@pytest.mark.parametrize("purpose", ["", " \r\n "])
def test_it_can_t_be_switched_on_without_a_purpose(panel, purpose):
    values = {"events.enabled": ["selected"], "events.purpose": purpose}
    page = panel("save", **values).text
    assert "Enter the purpose" in of_field("events-purpose", page)
    assert not kept("enabled")


def test_a_purpose_that_is_too_long_is_told_with_the_limit(panel):
    page = panel("save", **{**STATED, "events.purpose": "x" * 10_001}).text
    said = of_field("events-purpose", page)
    assert "Enter 10000 characters at most." in said
    assert "Enter the purpose" not in page


def test_with_a_purpose_it_is_on(panel):
    values = {
        "events.enabled": ["selected"],
        "events.purpose": "To learn.",
        "events.users": "alice\r\n\r\nbob",
        "events.sample_size": "20",
    }
    assert "Changes saved" in panel("save", **values).text
    assert kept("enabled")
    assert (kept("users"), kept("sample_size")) == (("alice", "bob"), 20)


@pytest.mark.parametrize(
    "name, value, said",
    [
        ("most_active", "51", "largest number here is 50"),
        ("sample_size", "-1", "smallest number here is 0"),
    ],
)
def test_numbers_out_of_bounds_are_told_at_their_field(panel, name, value, said):
    page = panel("save", **{f"events.{name}": value}).text
    assert said in of_field(f"events-{name}", page)


def test_whom_nobody_knows_is_told_at_the_field(panel):
    unknown = {
        "events.users": "alice\r\nalcie\r\nBOB",
        "events.groups": "Reviewers;Board",
        "untracked_groups": "Board",
    }
    page = panel("save", **unknown).text
    assert "no such members: alcie, BOB" in of_field("events-users", page)
    assert "no such group: Board" in of_field("events-groups", page)
    assert "no such group: Board" in of_field("untracked_groups", page)
    assert not kept("users")
    known = {
        "events.users": "alice",
        "events.groups": "Reviewers",
        "untracked_groups": "Reviewers",
    }
    assert "Changes saved" in panel("save", **known).text
    assert (kept("users"), kept("groups")) == (("alice",), ("Reviewers",))


def test_who_is_gone_is_said_and_keeps_nothing_from_being_saved(panel):
    add_group("board")
    transaction.commit()
    named = {"events.users": "carol\r\nbob", "events.groups": "board"}
    panel("save", **STATED, **named)
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="carol")
        api.group.delete(groupname="board")
    transaction.commit()
    page = panel.get().text
    assert "There is no such member: carol" in page
    assert "There is no such group: board" in page
    assert "Changes saved" in panel("save", **STATED, **named).text
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="bob")
    transaction.commit()
    assert "There are no such members: carol, bob" in panel.get().text


def test_how_many_members_are_recorded_now_is_said(panel):
    assert "followed now" not in panel.get().text
    panel("save", **STATED, **{"events.users": "alice", "events.sample_size": "20"})
    others = len(api.user.get_users()) - 1
    said = f"Members followed now: 1. Members in the sample: {others}."
    assert said in panel.get().text
