"""The screen about activities in a browser: it fits, and everybody can use it."""

from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from slc.clicktracker.interfaces import IActivityRules
from slc.clicktracker.sites.storage import site_storage
from tests.activities.population import Population
from tests.functional.conftest import opened
from tests.functional.screen import looks_right
from tests.functional.screen import violations

import base64
import pytest
import transaction


SCREEN = "/@@clicktracker-activities?since=2026-10-01&until=2026-10-31"


@pytest.fixture
def manager_page(functional, visitor, new_context):
    """A page in the manager's browser, and the address of a site where two groups of
    members were in October."""
    rules = (
        "Bulk submitting: added; at least 5 within 10 minutes",
        "Updating: commented",
    )
    api.portal.set_registry_record("rules", rules, IActivityRules)
    transaction.commit()
    site_storage().record_events(Population(5).events)
    named = f"{SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}".encode()
    headers = {"Authorization": f"Basic {base64.b64encode(named).decode()}"}
    page = opened(new_context(extra_http_headers=headers), [])
    return page, visitor("manager").site_url


def test_from_what_is_unclassified_to_a_rule(manager_page):
    page, site = manager_page
    page.goto(f"{site}{SCREEN}")
    page.locator("canvas").wait_for(state="visible")
    looks_right(page)
    page.get_by_role("link", name="Create a rule from this: Event of a page").click()
    rules = page.locator("textarea[name='form.widgets.activities.rules']")
    rules.wait_for(state="visible")
    assert rules.input_value().endswith("\nNew activity: event follow")
    looks_right(page)


def test_what_is_recorded_is_set_with_a_purpose_that_members_read(manager_page):
    page, site = manager_page
    page.goto(f"{site}/@@clicktracker-settings")
    page.locator("#fieldset-member-events summary").click()
    looks_right(page)
    page.get_by_label("Record what members do").check()
    page.fill("[name='form.widgets.events.users']", "bob")
    page.click("[name='form.buttons.save']")
    page.get_by_text("Enter the purpose").first.wait_for()
    assert violations(page) == []
    page.fill("[name='form.widgets.events.purpose']", "To improve " + "the site " * 99)
    page.click("[name='form.buttons.save']")
    page.wait_for_selector("text=Changes saved")
    page.goto(f"{site}/@@clicktracker-purpose")
    page.get_by_role("heading", name="Purpose").wait_for()
    looks_right(page)
