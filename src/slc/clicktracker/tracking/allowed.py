"""Which of many items the current user may know something of."""

from AccessControl import getSecurityManager
from collections.abc import Sequence
from dataclasses import dataclass
from Products.ZCatalog.interfaces import ICatalogBrain
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.tracking.catalogued import contents_of
from typing import Any


@dataclass(frozen=True, eq=False)
class Catalogued:
    """Content, and what the catalog has of it."""

    brain: ICatalogBrain
    content: Any


def allowed(brains: Sequence[ICatalogBrain], permission: str) -> list[Catalogued]:
    """Return what the current user may view, with a permission of the given title
    there, in the same order.

    Each item is asked, always: a role that somebody has above may be blocked in any
    folder, and a permission taken from any item. The catalog tells neither, and who
    may know that something exists need not be allowed to view it.
    """
    may = getSecurityManager().checkPermission
    return [
        Catalogued(brain, content)
        for brain, content in zip(brains, contents_of(brains), strict=True)
        if content is not None and may(permission, content) and may("View", content)
    ]


def may_see_readers(content: Any) -> bool:
    """May the current user know who has read this content?"""
    return bool(getSecurityManager().checkPermission(VIEW_READERS, content))
