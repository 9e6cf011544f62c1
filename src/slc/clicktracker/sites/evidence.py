"""What counts as evidence of reading in the current site."""

from plone.registry.interfaces import IRegistry
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.storage.model import EngagementRule
from typing import Any
from zope.component import getUtility


def engagement_rule() -> EngagementRule:
    """Return from when on a text counts as engaged with in the current site."""
    return EngagementRule(
        _setting("words_per_minute"),
        _setting("least_seconds"),
    )


def any_translation_counts() -> bool:
    """Does reading a translation of a document stand for reading the document?"""
    return bool(_setting("any_translation"))


def editors_count() -> bool:
    """Does who may edit a document count as one of its readers?"""
    return bool(_setting("editors_count"))


def _setting(name: str) -> Any:
    """Return a setting, its default where there is no record."""
    default = IEvidenceSettings[name].default
    record = f"{IEvidenceSettings.__identifier__}.{name}"
    return getUtility(IRegistry).get(record, default)
