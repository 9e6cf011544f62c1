"""What the current site has chosen about the privacy of readers."""

from plone.registry.interfaces import IRegistry
from slc.clicktracker.interfaces import IPrivacySettings
from typing import Any
from zope.component import getUtility


def privacy_setting(name: str) -> Any:
    """Return a setting of ``IPrivacySettings``, its default where there is no record."""
    default = IPrivacySettings[name].default
    record = f"{IPrivacySettings.__identifier__}.{name}"
    return getUtility(IRegistry).get(record, default)


def smallest_group() -> int:
    """Return how many people there have to be for a number that is about them."""
    return privacy_setting("smallest_group")
