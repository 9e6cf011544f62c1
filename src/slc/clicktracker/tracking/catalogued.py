"""What the catalog speaks of, which may be gone while it has not heard of that."""

from Acquisition import aq_base
from collections.abc import Callable
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
    folders: dict[str, Callable[..., Any] | None] = {}
    return [_content_in(folders, brain) for brain in brains]


def _content_in(
    folders: dict[str, Callable[..., Any] | None], brain: ICatalogBrain
) -> Any:
    """Return the content of a brain; ``folders`` has what gets it by its name out of
    those that are known, by path."""
    path, _slash, name = brain.getPath().rpartition("/")
    if path not in folders:
        folders[path] = _getter_in(path)
    get = folders[path]
    content = None if get is None else get(name, None)
    return content_of(brain) if content is None else content


def _getter_in(path: str) -> Callable[..., Any] | None:
    folder = api.portal.get().unrestrictedTraverse(path, None)
    # The site is in nothing that has a path; its own id may be that of something in it.
    if path and hasattr(aq_base(folder), "_getOb"):
        return folder._getOb
    return None
