"""Which sites of a Zope have the add-on, for what begins before one is the current one."""

from collections.abc import Iterator
from OFS.Folder import Folder
from plone.base.interfaces import IPloneSiteRoot
from plone.browserlayer.interfaces import ILocalBrowserLayerType
from Products.CMFPlone.Portal import PloneSite
from slc.clicktracker.interfaces import IClickTrackerLayer


def plone_sites(folder: Folder) -> Iterator[PloneSite]:
    """Yield all Plone sites in a folder, the root of Zope for one, and below."""
    for item in folder.objectValues():
        if IPloneSiteRoot.providedBy(item):
            yield item
        elif isinstance(item, Folder):
            yield from plone_sites(item)


def is_installed(site: PloneSite) -> bool:
    """Does a site have the add-on?"""
    layers = site.getSiteManager().getAllUtilitiesRegisteredFor(ILocalBrowserLayerType)
    return IClickTrackerLayer in layers
