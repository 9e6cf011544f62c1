"""What content is in, up to the site: what is chosen there may count for it."""

from Acquisition import aq_inner
from Acquisition import aq_parent
from collections.abc import Iterator
from plone.base.interfaces import IPloneSiteRoot
from typing import Any


def lineage(content: Any) -> Iterator[Any]:
    """Yield content itself, then each folder that it is in, the site last."""
    item = aq_inner(content)
    while item is not None:
        yield item
        if IPloneSiteRoot.providedBy(item):
            return
        item = aq_parent(aq_inner(item))
