"""What content is in, up to the site: what is chosen there may count for it."""

from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from collections.abc import Iterator
from Products.CMFCore.interfaces import ISiteRoot
from typing import Any
from zope.component import getUtility


def lineage(content: Any) -> Iterator[Any]:
    """Yield content itself, then each folder that it is in, the site last."""
    # Dexterity takes longer to say what each item provides than all the rest.
    site = aq_base(getUtility(ISiteRoot))
    item = aq_inner(content)
    while item is not None:
        yield item
        if aq_base(item) is site:
            return
        item = aq_parent(aq_inner(item))
