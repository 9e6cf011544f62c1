"""What the catalog speaks of, which may be gone while it has not heard of that."""

from Acquisition import aq_base
from collections.abc import Iterable
from plone import api
from Products.ZCatalog.interfaces import ICatalogBrain
from typing import Any
from zExceptions import NotFound


def content_of(brain: ICatalogBrain) -> Any:
    """Return the content of a brain, whoever may see it; None where that is gone."""
    try:
        return brain._unrestrictedGetObject()
    except (AttributeError, KeyError, NotFound):
        return None


def contents_of(brains: Iterable[ICatalogBrain]) -> list[Any]:
    """Return the same for each of many brains.

    Each folder is walked to once: to ask it for an attribute of the name of what is
    in it, as each step of a path does, takes longer than all the rest.
    """
    folders: dict[str, Any] = {}
    return [_content_in(folders, brain) for brain in brains]


def _content_in(folders: dict[str, Any], brain: ICatalogBrain) -> Any:
    """Return the content of a brain; ``folders`` has those that are known, by path."""
    path, _slash, name = brain.getPath().rpartition("/")
    if path not in folders:
        folders[path] = api.portal.get().unrestrictedTraverse(path, None)
    folder = folders[path]
    content = None
    # The site is in nothing that has a path; its own id may be that of something in it.
    if path and hasattr(aq_base(folder), "_getOb"):
        content = folder._getOb(name, None)
    return content_of(brain) if content is None else content
