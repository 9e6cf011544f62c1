"""What is kept in one place of a site, by the UID of content, not on the content.

So it stays with the live document when that is renamed, moved, reverted or
checked in, and a copy starts without it. It stays when the document is deleted,
as the readings do: a UID never comes to mean something else, and a document that
is restored or imported again under its UID finds it again.

Only values that Python itself can load are kept, so that the site opens also when
this package is gone.
"""

from Acquisition import aq_base
from BTrees.OOBTree import OOBTree
from collections.abc import Mapping
from plone import api
from Products.CMFCore.interfaces import ISiteRoot
from Products.CMFPlone.Portal import PloneSite
from zope.annotation.attribute import AttributeAnnotations
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility


_PREFIX = "slc.clicktracker.evidence."


class SiteRecord:
    """Tuples of str, int, None and tuples, by UID, in the current site.

    What is not about content has a name of its own for a UID.
    """

    def __init__(self, name: str) -> None:
        self._key = _PREFIX + name

    def get(self, uid: str, site: PloneSite | None = None) -> tuple:
        """Return what is kept for a UID, or the empty tuple. Never writes."""
        return self.all(site).get(uid, ())

    def all(self, site: PloneSite | None = None) -> Mapping[str, tuple]:
        """Return everything, by UID; to be read only. Never writes.

        Of the current site, or of one that is not current yet.
        """
        return self.tree(site)

    def tree(self, site: PloneSite | None = None) -> OOBTree:
        """Return the same as the tree that it is, for what has keys of its own kind in
        it; one that is empty and kept nowhere where nothing was ever kept."""
        # What ``IAnnotations`` makes of the site takes twenty times as long to look up,
        # and dashboards ask for each document.
        site = getUtility(ISiteRoot) if site is None else site
        found = AttributeAnnotations(aq_base(site)).get(self._key)
        return OOBTree() if found is None else found

    def made(self, site: PloneSite | None = None) -> OOBTree:
        """Return the tree to write into, and make it where there is none."""
        annotations = IAnnotations(api.portal.get() if site is None else site)
        if self._key not in annotations:
            annotations[self._key] = OOBTree()
        return annotations[self._key]

    def set(self, uid: str, values: tuple) -> None:
        """Keep values for a UID; the empty tuple keeps nothing."""
        if values:
            self.made()[uid] = values
        else:
            self.made().pop(uid, None)

    def remove(self) -> None:
        """Remove everything, and the tree itself."""
        annotations = IAnnotations(api.portal.get())
        if self._key in annotations:
            del annotations[self._key]

    def uids(self) -> tuple[str, ...]:
        """Return the UIDs for which something is kept."""
        return tuple(self.all())


def remove_records(portal: PloneSite) -> None:
    """Remove everything of this kind from a site."""
    annotations = IAnnotations(portal)
    for key in [key for key in annotations if key.startswith(_PREFIX)]:
        del annotations[key]
