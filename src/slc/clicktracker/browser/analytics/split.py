"""``@@clicktracker-split``: for templates that show one of several variants."""

from Products.Five.browser import BrowserView
from slc.clicktracker.analytics.splits import split_variant
from zope.interface import implementer
from zope.publisher.interfaces import NotFound
from zope.publisher.interfaces.browser import IBrowserRequest
from zope.traversing.interfaces import ITraversable


@implementer(ITraversable)
class SplitView(BrowserView):
    """``context/@@clicktracker-split/headline`` is the variant of that split."""

    def traverse(self, name: str, further_path: list[str]) -> str | None:
        return self.variant(name)

    def variant(self, name: str) -> str | None:
        return split_variant(self.context, self.request, name)

    def publishTraverse(self, request: IBrowserRequest, name: str) -> None:
        """No address leads to it."""
        raise NotFound(self, name, request)
