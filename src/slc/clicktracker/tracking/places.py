"""What is where, without asking each folder on the way anew."""

from Acquisition import aq_base
from BTrees.OOBTree import OOBTree
from collections.abc import Callable
from plone import api
from Products.ZCatalog.interfaces import ICatalogBrain
from typing import Any
from zExceptions import NotFound


def content_of(brain: ICatalogBrain) -> Any:
    """Return the content of a brain, whoever may see it; None where that is gone."""
    try:
        content = brain._unrestrictedGetObject()
    except (AttributeError, KeyError, NotFound):
        return None
    # Zope finds something of the same id further up where what was there is gone.
    return content if _is_at(brain.getPath(), content) else None


class Places:
    """Gets what is in folders, each of which is walked to once: to ask it for an attribute
    of the name of what is in it, as each step of a path does, takes longer than all else.
    """

    def __init__(self) -> None:
        self.catalog = api.portal.get_tool("portal_catalog")._catalog
        self._portal = api.portal.get()
        self.site_path = "/".join(self._portal.getPhysicalPath())
        self._getters: dict[str, Callable[..., Any] | None] = {}
        self._trees: dict[str, OOBTree | None] = {}

    def content_of(self, rid: int, path: str) -> Any:
        """Return the content of a number in the catalog, None where that is gone."""
        content = self.at(path)
        return content_of(self.catalog[rid]) if content is None else content

    def has(self, oid: bytes | None, path: str, folder: str) -> bool:
        """Is an object at a path, by its folder? It is not loaded for that."""
        if folder not in self._trees:
            get = self._getter_of(folder)
            tree = None if get is None else getattr(get.__self__, "_tree", None)
            self._trees[folder] = tree if type(tree) is OOBTree else None
        tree = self._trees[folder]
        if tree is None:
            return False
        found = tree.get(path[len(folder) + 1 :])
        return found is not None and found._p_oid == oid

    def at(self, path: str) -> Any:
        """Return the content at a path, None where it is in no folder of the usual kind."""
        # The site is in nothing that has a path; its own id may be that of something in it.
        if not path.startswith(f"{self.site_path}/"):
            return None
        folder, _slash, name = path.rpartition("/")
        get = self._getter_of(folder)
        return None if get is None else get(name, None)

    def folder(self, path: str) -> Any:
        """Return the site or the content at its path, as ``at`` does."""
        return self._portal if path == self.site_path else self.at(path)

    def _getter_of(self, folder: str) -> Callable[..., Any] | None:
        if folder not in self._getters:
            self._getters[folder] = self._getter_in(folder)
        return self._getters[folder]

    def _getter_in(self, path: str) -> Callable[..., Any] | None:
        folder = self.folder(path)
        if folder is None:
            folder = self._portal.unrestrictedTraverse(path, None)
            if not _is_at(path, folder):
                return None
        return folder._getOb if hasattr(aq_base(folder), "_getOb") else None


def _is_at(path: str, content: Any) -> bool:
    """Is that there, and not something else of the name that Zope has found?"""
    where = getattr(content, "getPhysicalPath", None)
    return where is not None and "/".join(where()) == path
