"""Members can read what is recorded of them, and whether it is."""

from plone import api
from slc.clicktracker.interfaces import IMemberEventsSettings

import pytest
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
    assert "records no stream" in page_for(visitor)


def test_each_member_is_told_whether_they_are_recorded(purpose, visitor):
    assert "You are among them" in page_for(visitor, "bob")
    assert "You are not among them" in page_for(visitor, "carol")
    guest = page_for(visitor)
    assert "among them" not in guest
    assert "<p>&lt;b&gt;To&lt;/b&gt;</p>" in guest
