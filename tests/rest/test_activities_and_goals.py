"""Other software asks what members do, and which goals readers reached."""

from plone import api
from slc.clicktracker.interfaces import IActivityRules
from slc.clicktracker.permissions import VIEW_VISITORS
from slc.clicktracker.sites.storage import site_storage
from tests.activities.population import Population
from tests.goals.readers import DAYS
from tests.goals.readers import fill
from tests.goals.readers import use
from tests.rest.documented import documented

import pytest
import transaction


ACTIVITIES = "/@activities"
OCTOBER = {"since": "2026-10-01", "until": "2026-10-31"}
BULK = "Bulk submitting: added; at least 5 within 10 minutes"


@pytest.fixture
def people(site):
    """A population whose behaviour is known has been here in October."""
    site_storage().record_events(Population(5).events)
    api.portal.set_registry_record("rules", (BULK,), IActivityRules)
    transaction.commit()


def test_both_groups_beside_each_other(people, client):
    answer = client("manager").get(ACTIVITIES, **OCTOBER)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    names = [each["activity"] for each in found["items"]]
    assert names[0] == "Bulk submitting"
    assert {each["name"] for each in found["columns"]} == set(found["items"][0])
    assert found["about"]["followed"] > found["about"]["smallest_group"]
    assert "name" not in found["items"][0]


def test_a_rule_is_tried_by_those_who_may_save_it(people, client):
    manager = client("manager")
    tried = manager.get(ACTIVITIES, rule="Updating: commented", **OCTOBER).json()
    assert tried["about"]["tried_rule"] == "Updating: commented"
    assert "Updating" in [each["activity"] for each in tried["items"]]
    answer = manager.get(ACTIVITIES, rule="nonsense", **OCTOBER)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "rule")
    site = api.portal.get()
    site.manage_permission(VIEW_VISITORS, ["Reader"], acquire=False)
    site.manage_setLocalRoles("carol", ["Reader"])
    transaction.commit()
    untried = client("carol").get(ACTIVITIES, rule="Updating: commented", **OCTOBER)
    assert untried.json()["about"]["tried_rule"] is None


def test_an_empty_site_has_no_activities(site, client):
    answer = client("manager").get(ACTIVITIES, **OCTOBER)
    documented(answer)
    assert answer.json()["items"] == []


def test_goals_and_variants(site, client):
    fill(site_storage())
    use(
        goals=("Read: finished; below /news",),
        splits=("headline: short, long; goal Read",),
    )
    answer = client("manager").get("/@goals", **DAYS)
    assert answer.status_code == 200, answer.text
    documented(answer)
    goal, *variants = answer.json()["items"]
    assert goal["goal"] == "Read"
    assert [each["variant"] for each in variants] == ["short", "long"]
