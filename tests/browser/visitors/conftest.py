"""Visitors of the site."""

from plone import api
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.storage.model import utc_now
from tests.browser.visitors.october import record_october
from tests.browser.visitors.visitors import GUEST
from tests.browser.visitors.visitors import seen

import pytest
import transaction


@pytest.fixture
def recorded(tracked):
    """The site records visits; Bob and two guests, one with a cookie, were there."""
    api.portal.set_registry_record("enabled", True, IVisitorSettings)
    transaction.commit()
    site = api.portal.get()
    # How long he was there doesn't depend on how long this takes.
    now = utc_now()
    seen(site.rules, "bob", 300, now)
    seen(tracked.agenda, "bob", 12, now, referrer="https://news.example.org/today")
    seen(site.rules, "", 60, session=GUEST, address="203.0.113.9")
    seen(tracked.budget, "", 30, source="server")
    return site


@pytest.fixture
def october(tracked):
    """The site records visits, and there was a month of them."""
    api.portal.set_registry_record("enabled", True, IVisitorSettings)
    transaction.commit()
    site = api.portal.get()
    record_october(site, tracked)
    return site
