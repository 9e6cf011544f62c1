"""What the catalog speaks of, which may be gone while it has not heard of that."""

from Products.ZCatalog.interfaces import ICatalogBrain
from typing import Any
from zExceptions import NotFound


def content_of(brain: ICatalogBrain) -> Any:
    """Return the content of a brain, whoever may see it; None where that is gone."""
    try:
        return brain._unrestrictedGetObject()
    except (AttributeError, KeyError, NotFound):
        return None
