"""Goals and split tests in ClickTracker Settings: kept, or refused in words."""

from html import unescape
from plone import api
from slc.clicktracker.interfaces import IGoalSettings
from slc.clicktracker.interfaces import IMemberEventsSettings
from tests.analytics.pages import switch
from tests.analytics.pages import use_clicky
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
            "“Read” is used twice; case",
        ),
        ("goals", "</script><b>", "“</script><b>” is not a goal."),
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


def saved(panel, goals, splits=""):
    """Return what is said above the fields of what was saved, and of the change."""
    answer = panel("save", **{"goals.goals": goals, "goals.splits": splits})
    assert "Changes saved" in answer.text
    # The form that was sent has no services.
    use_clicky()
    return " ".join(unescape(panel.get().text).split()), unescape(answer.text)


def test_goals_that_nobody_reaches_or_no_service_is_told_of_are_kept_and_it_is_said(
    panel,
):
    goals = [
        "There: finished; below /board",
        "Typo: finished; below /bord",
        "Sign-up: event sign-up; clicky 17",
        "Papers: downloaded; clicky 5",
        "Read: finished; matomo 3",
        "Far: engaged; clicky 17",
    ]
    said, _changed = saved(panel, "\r\n".join(goals))
    for each in (
        "“Typo”: there is nothing at /bord now.",
        "“Sign-up”: “Events from pages” is off, so nobody can reach it now.",
        "“Papers”: downloads are never sent to a service.",
        "“Read”: Matomo is not configured, so it receives nothing.",
        "“Far”: Clicky only receives events, because its script is in the pages.",
    ):
        assert each in said
    assert "“There”" not in said
    saved(panel, "\r\n".join([goals[2], goals[5]]))
    switch(IMemberEventsSettings, page_events=True)
    said = unescape(panel.get().text)
    assert "“Sign-up”" not in said.replace("as “Sign-up”", "")
    assert "“Far” has the same number in Clicky as “Sign-up”" in said
    # Beside what is wrong with what was typed, nothing is said of what is saved.
    assert "“Far” has" not in unescape(panel("save", **{"goals.goals": "x"}).text)


def test_who_changes_a_goal_or_variants_is_told_that_it_begins_anew(panel):
    split = "headline: short, long; goal Read"
    _said, changed = saved(panel, "Read: finished", split)
    assert "” starts" not in changed and "have changed, so" not in changed
    _said, changed = saved(panel, "READ: finished; matomo 3\r\nNew: opened", split)
    assert "” starts" not in changed and "have changed, so" not in changed
    turned = "headline: long, short; goal Read"
    _said, changed = saved(panel, "Read: opened", turned)
    assert "“Read” starts from zero, because it is a different goal now." in changed
    assert "The variants of “headline” have changed, so members are assigned" in changed
