"""Settings about the privacy of readers, as a test has them."""

from plone import api
from slc.clicktracker.interfaces import IPrivacySettings
from zope.globalrequest import getRequest

import transaction


def choose_privacy(**values):
    """Set some of the settings."""
    for name, value in values.items():
        record = f"{IPrivacySettings.__identifier__}.{name}"
        api.portal.set_registry_record(record, value)
    transaction.commit()
    # The request of the test remembers what it has read of the registry.
    getRequest().other.pop("_plone_registry_cache", None)
