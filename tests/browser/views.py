"""The views of this package, as they are registered."""

from plone.base.interfaces import IPloneSiteRoot
from plone.dexterity.interfaces import IDexterityContainer
from slc.clicktracker.interfaces import IClickTrackerLayer
from zope.component import getGlobalSiteManager
from zope.interface import Interface


PLACES = {IPloneSiteRoot: "", IDexterityContainer: "/board"}


def our_views():
    """Return the paths of all views of ours that have a screen or a file."""
    found = set()
    for each in getGlobalSiteManager().registeredAdapters():
        if each.required[1:] != (IClickTrackerLayer,) or each.provided is not Interface:
            continue
        found.add(f"{PLACES.get(each.required[0], '/board/agenda')}/@@{each.name}")
    return sorted(found)
