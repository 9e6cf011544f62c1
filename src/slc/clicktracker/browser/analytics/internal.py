"""Internal visitors on pages that caches share."""

from plone.transformchain.interfaces import ITransform
from Products.Five.browser import BrowserView
from slc.clicktracker.analytics.internal_addresses import is_internal
from slc.clicktracker.analytics.providers import is_for_one_visitor
from slc.clicktracker.analytics.providers import providers
from slc.clicktracker.interfaces import IClickTrackerLayer
from typing import Any
from zope.component import adapter
from zope.interface import implementer
from zope.interface import Interface
from zope.interface import noLongerProvides

import json


try:
    from plone.app.caching.interfaces import IRAMCached
except ImportError:

    class IRAMCached(Interface):
        """A site without plone.app.caching keeps no pages."""


_PRIVATE = "private, no-store"


class Internal(BrowserView):
    """``@@clicktracker-internal``: for which services the visitor is internal.

    The script of a page that a cache may have asks for it, before it begins.
    """

    def __call__(self) -> str:
        names = [name for name, each in providers() if is_internal(each, self.request)]
        self.request.response.setHeader("Content-Type", "application/json")
        self.request.response.setHeader("Cache-Control", _PRIVATE)
        return json.dumps(names)


@implementer(ITransform)
@adapter(Interface, IClickTrackerLayer)
class KeepFromCaches:
    """Keeps a guest's page in which services are switched off from all other guests.

    After plone.app.caching has said that the page of any guest may be shared, and before
    it keeps pages itself.
    """

    order = 12_500

    def __init__(self, published: Any, request: Any) -> None:
        self.request = request

    def transformBytes(self, result: bytes, encoding: str) -> None:
        self._keep()

    def transformUnicode(self, result: str, encoding: str) -> None:
        self._keep()

    def transformIterable(self, result: Any, encoding: str) -> None:
        self._keep()

    def _keep(self) -> None:
        if is_for_one_visitor(self.request):
            self.request.response.setHeader("Cache-Control", _PRIVATE)
            self.request.response.headers.pop("etag", None)
            if IRAMCached.providedBy(self.request):
                noLongerProvides(self.request, IRAMCached)
