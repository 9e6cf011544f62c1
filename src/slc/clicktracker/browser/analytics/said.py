"""``@@clicktracker-analytics``: for templates that say something to services."""

from Products.Five.browser import BrowserView
from slc.clicktracker.analytics.page_data import set_analytics
from typing import Any


class Said(BrowserView):
    # No docstring: by an address nobody is to get at it.
    def set(self, **values: Any) -> None:
        set_analytics(self.request, **values)
