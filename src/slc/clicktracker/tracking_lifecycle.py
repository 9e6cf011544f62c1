"""Tracking belongs to the live item: it does not come and go with its content.

Check-in needs nothing here: it copies fields and annotations, not markers.
"""

from OFS.interfaces import IObjectClonedEvent
from Products.CMFEditions.interfaces.IModifier import ISaveRetrieveModifier
from Products.CMFEditions.Modifiers import ConditionalModifier
from Products.CMFPlone.Portal import PloneSite
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.tracking.choice import MARKERS
from typing import Any
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.interface import noLongerProvides


MODIFIER_ID = "KeepTrackingChoice"


def forget_choice_of_copy(content: Any, event: IObjectClonedEvent) -> None:
    """A copy is another document: nobody chose to track it."""
    choose(content, Choice.INHERIT)


@implementer(ISaveRetrieveModifier)
class KeepTrackingChoice:
    """Gives a version that is brought back the choice of the live item."""

    def beforeSaveModifier(self, obj: Any, clone: Any) -> tuple[dict, list, list]:
        return {}, [], []

    def afterRetrieveModifier(
        self, obj: Any, repo_clone: Any, preserve: tuple = ()
    ) -> tuple[list, list, dict]:
        for marker in MARKERS.values() if obj is not None else ():
            if marker.providedBy(repo_clone):
                noLongerProvides(repo_clone, marker)
            if marker.providedBy(obj):
                alsoProvides(repo_clone, marker)
        return [], [], {}


def install_modifier(portal: PloneSite) -> None:
    """Register ``KeepTrackingChoice`` with the site's version history, once."""
    registry = portal.portal_modifier
    if MODIFIER_ID in registry.objectIds():
        return
    wrapper = ConditionalModifier(
        MODIFIER_ID, KeepTrackingChoice(), "Keep whether the item is tracked"
    )
    wrapper.edit(enabled=True)
    registry.register(MODIFIER_ID, wrapper)


def uninstall_modifier(portal: PloneSite) -> None:
    """Undo ``install_modifier``."""
    if MODIFIER_ID in portal.portal_modifier.objectIds():
        portal.portal_modifier.unregister(MODIFIER_ID)
