"""Answers that caches must not keep, or only for some, whatever the site says about answers
of their kind."""

from plone.transformchain.interfaces import ITransform
from slc.clicktracker.interfaces import IClickTrackerLayer
from typing import Any
from zope.component import adapter
from zope.interface import implementer
from zope.interface import Interface
from zope.interface import noLongerProvides
from zope.publisher.interfaces.browser import IBrowserRequest


try:
    from plone.app.caching.interfaces import IRAMCached
except ImportError:

    class IRAMCached(Interface):
        """A site without plone.app.caching keeps no pages."""


PRIVATE = "private, no-store"

_LOG_IN = "Authorization"

#: The attributes of a request whose answer is for one person, or not the same for members.
_MARK = "_clicktracker_private"
_VARIES = "_clicktracker_varies"


def keep_from_caches(request: IBrowserRequest) -> None:
    """The answer of this request is for whoever has asked, and for nobody else."""
    setattr(request, _MARK, True)
    request.response.setHeader("Cache-Control", PRIVATE)


def vary_by_log_in(request: IBrowserRequest) -> None:
    """What guests are answered is nothing for members, who say so in a header."""
    setattr(request, _VARIES, True)


@implementer(ITransform)
@adapter(Interface, IClickTrackerLayer)
class KeepFromCaches:
    """After plone.app.caching has said how long an answer may be kept and by whom, and
    before it keeps answers itself."""

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
        response = self.request.response
        varies = response.getHeader("Vary") or ""
        if _VARIES in self.request.__dict__ and _LOG_IN not in varies:
            response.appendHeader("Vary", _LOG_IN)
        if self.is_for_one:
            response.setHeader("Cache-Control", PRIVATE)
            # Plone writes it with capitals.
            for name in [each for each in response.headers if each.lower() == "etag"]:
                del response.headers[name]
            if IRAMCached.providedBy(self.request):
                noLongerProvides(self.request, IRAMCached)

    @property
    def is_for_one(self) -> bool:
        # On the request itself: through it, forms and cookies would be asked.
        return _MARK in self.request.__dict__
