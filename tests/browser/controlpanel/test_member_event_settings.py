"""Whose events are recorded, in ClickTracker Settings: not without a purpose."""

from plone import api
from slc.clicktracker.interfaces import IMemberEventsSettings
from tests.browser.controlpanel.fields import of_field

import pytest


def kept(name):
    return api.portal.get_registry_record(name, IMemberEventsSettings)


@pytest.mark.parametrize("purpose", ["", " \r\n "])
def test_it_can_t_be_switched_on_without_a_purpose(panel, purpose):
    values = {"events.enabled": ["selected"], "events.purpose": purpose}
    page = panel("save", **values).text
    assert "Say what for" in of_field("events-purpose", page)
    assert not kept("enabled")


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
