"""The screen of goals and splits in a browser: it fits, and everybody can use it."""

from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from slc.clicktracker.sites.storage import site_storage
from tests.functional.conftest import opened
from tests.functional.screen import looks_right
from tests.functional.screen import violations
from tests.goals.readers import DAYS
from tests.goals.readers import fill
from tests.goals.readers import use
from urllib.parse import urlencode

import base64
import transaction


def test_from_nothing_to_a_goal_and_what_was_reached(functional, visitor, new_context):
    named = f"{SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}".encode()
    headers = {"Authorization": f"Basic {base64.b64encode(named).decode()}"}
    page = opened(new_context(extra_http_headers=headers), [])
    site = visitor("manager").site_url
    page.goto(f"{site}/@@clicktracker-goals")
    assert violations(page) == []
    page.locator(".alert-link").click()
    page.fill("[name='form.widgets.goals.goals']", "Read: memorised")
    page.click("[name='form.buttons.save']")
    page.get_by_text("“memorised” can't be a goal").first.wait_for()
    assert violations(page, include=[["#fieldset-goals"]]) == []
    page.fill("[name='form.widgets.goals.goals']", "Read: finished")
    page.click("[name='form.buttons.save']")
    page.wait_for_selector("text=Changes saved")
    transaction.begin()
    use()
    fill(site_storage())
    page.goto(f"{site}/@@clicktracker-goals?{urlencode(DAYS)}")
    page.get_by_text("more than chance").wait_for()
    looks_right(page)
