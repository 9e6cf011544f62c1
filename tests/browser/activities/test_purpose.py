"""Members can read what is recorded of them, and whether it is."""

from plone import api
from slc.clicktracker.interfaces import IGoalSettings
from slc.clicktracker.interfaces import IMemberEventsSettings

import pytest
import re
import transaction


@pytest.fixture
def purpose(site):
    values = {"enabled": True, "purpose": "<b>To</b>\n\nlearn.", "users": ("bob",)}
    for name, value in values.items():
        api.portal.set_registry_record(name, value, IMemberEventsSettings)
    transaction.commit()


def page_for(visitor, name=None):
    return visitor(name).get("/@@clicktracker-purpose").text


def test_before_it_is_on_there_is_nothing_to_say(visitor):
    assert "doesn't record what members do" in page_for(visitor)


def test_members_find_it_in_their_menu_once_it_is_on(site, visitor, request):
    link = 'href="[^"]*/@@clicktracker-purpose"'
    carol = visitor("carol")
    assert not re.search(link, carol.get("/rules").text)
    request.getfixturevalue("purpose")
    assert re.search(link, carol.get("/rules").text)
    assert not re.search(link, visitor().get("/rules").text)


def test_each_member_is_told_whether_they_are_recorded_and_why(purpose, visitor):
    assert "You were chosen" in page_for(visitor, "bob")
    assert "You are in neither group" in page_for(visitor, "carol")
    guest = page_for(visitor)
    assert "You are" not in guest
    api.portal.set_registry_record("sample_size", 10, IMemberEventsSettings)
    transaction.commit()
    assert "You are in the random sample" in page_for(visitor, "carol")
    assert "&lt;b&gt;To&lt;/b&gt;</p>" in guest


def test_that_pages_say_more_is_said_where_they_may(purpose, visitor):
    assert "Events on pages are recorded" not in page_for(visitor)
    api.portal.set_registry_record("page_events", True, IMemberEventsSettings)
    transaction.commit()
    assert "Events on pages are recorded" in page_for(visitor)


def test_goals_that_are_taken_from_everybody_are_told_to_everybody(site, visitor):
    goals = ("Read: finished", "<b>Sign-up</b>: event sign-up")
    api.portal.set_registry_record("goals", goals, IGoalSettings)
    transaction.commit()
    carol = visitor("carol")
    assert "Sign-up" not in page_for(visitor, "carol")
    api.portal.set_registry_record("page_events", True, IMemberEventsSettings)
    transaction.commit()
    page = page_for(visitor, "carol")
    assert "&lt;b&gt;Sign-up&lt;/b&gt;</li>" in page
    assert "Read</li>" not in page
    assert "/@@clicktracker-purpose" in carol.get("/rules").text


def test_splits_of_which_it_is_recorded_what_was_shown_are_told_to_everybody(
    site, visitor, monkeypatch
):
    splits = ("headline: short, long; goal Read",)
    api.portal.set_registry_record("splits", splits, IGoalSettings)
    transaction.commit()
    assert "headline</li>" in page_for(visitor, "carol")
    carol = visitor("carol")
    assert "/@@clicktracker-purpose" in carol.get("/rules").text
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    assert "headline</li>" not in page_for(visitor, "carol")
    assert "/@@clicktracker-purpose" not in carol.get("/rules").text
