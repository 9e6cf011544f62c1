"""``@@clicktracker-split``: for templates that show one of several variants."""

from Products.Five.browser import BrowserView
from slc.clicktracker.analytics.splits import split_variant
from zope.publisher.interfaces import NotFound
from zope.publisher.interfaces.browser import IBrowserRequest


class SplitView(BrowserView):
    """``variant`` says which variant of a split is to be shown, as ``split_variant``."""

    def variant(self, name: str) -> str | None:
        return split_variant(self.context, self.request, name)

    def publishTraverse(self, request: IBrowserRequest, name: str) -> None:
        """No address leads to the method."""
        raise NotFound(self, name, request)
