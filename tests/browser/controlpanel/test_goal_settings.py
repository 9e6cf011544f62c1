"""Goals and split tests in ClickTracker Settings: kept, or refused in words."""

from plone import api
from slc.clicktracker.interfaces import IGoalSettings
from tests.browser.controlpanel.fields import of_field

import pytest
import re


def kept():
    return {
        name: api.portal.get_registry_record(name, IGoalSettings)
        for name in IGoalSettings.names()
    }


def test_goals_and_splits_are_kept_in_their_order(panel):
    values = {
        "goals.goals": "Read: finished\r\n\r\nSign-up: event sign-up; matomo 3\r\n",
        "goals.splits": "headline: short, long; goal Sign-up, Read",
        "goals.smallest_group": "10",
    }
    assert "Changes saved" in panel("save", **values).text
    assert kept() == {
        "goals": ("Read: finished", "Sign-up: event sign-up; matomo 3"),
        "splits": ("headline: short, long; goal Sign-up, Read",),
        "smallest_group": 10,
    }


@pytest.mark.parametrize(
    "field, typed, said",
    [
        (
            "goals",
            "Read: memorised",
            "Goal 1 (Read: memorised): “memorised” can't be a goal.",
        ),
        (
            "goals",
            "Read: finished\r\nread: opened",
            "“Read” is there twice, as capital",
        ),
        ("goals", "</script><b>", "No goal: “</script><b>”."),
        ("splits", "a: short; goal Read", "needs two to six variants"),
        ("splits", "a: x, y; goal READ\r\nb: short; goal Read", "Split 2 (b: short"),
        ("splits", "a: x, y; goal Written", "There is no goal “Written”."),
    ],
)
def test_what_is_none_is_told_at_its_field(panel, field, typed, said):
    values = {"goals.goals": "Read: finished", f"goals.{field}": typed}
    page = panel("save", **values).text
    assert said in of_field(f"goals-{field}", page)
    assert re.search(r'<details[^>]*id="fieldset-goals"[^>]* open', page)
    assert kept()["goals"] == kept()["splits"] == ()
