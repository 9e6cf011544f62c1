"""``@@clicktracker-analytics``: for templates that say something to services."""

from Products.Five.browser import BrowserView
from slc.clicktracker.analytics.page_data import set_analytics
from typing import Any
from zope.publisher.interfaces import NotFound
from zope.publisher.interfaces.browser import IBrowserRequest


class Said(BrowserView):
    """``set`` says something for the request at hand, as ``set_analytics`` does."""

    def set(self, **values: Any) -> None:
        set_analytics(self.request, **values)

    def publishTraverse(self, request: IBrowserRequest, name: str) -> None:
        """No address leads to the method."""
        raise NotFound(self, name, request)
