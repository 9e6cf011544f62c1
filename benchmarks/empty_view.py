"""The least that a view of Zope can do."""

from Products.Five.browser import BrowserView


class EmptyView(BrowserView):
    """For members only, so that the log-in is looked at."""

    def __call__(self) -> str:
        return ""
