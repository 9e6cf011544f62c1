"""What a report says whose subject is a file that nobody has read yet."""

from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


#: Seconds after which it is worth to look again.
_A_WHILE = 60


class VersionUnknown(BrowserView):
    """In the place of any view that raises ``DigestUnknown``: who has read the current
    version can't be told before it is known which one that is."""

    _page = ViewPageTemplateFile("templates/version-unknown.pt")

    def __call__(self) -> str:
        # The context of such a view is the exception.
        self.context = self.__parent__
        response = self.request.response
        # Else what transforms pages makes the one of any exception of it.
        response.setStatus(503, lock=True)
        response.setHeader("Retry-After", str(_A_WHILE))
        response.setHeader("Cache-Control", "private, no-store")
        return self._page()
