"""A screen on which something can be changed, and that is shown again afterwards."""

from plone.protect import CheckAuthenticator
from Products.Five.browser import BrowserView
from slc.clicktracker.browser.shorter_address import shorter_address
from slc.clicktracker.browser.what_was_done import say_what_was_done
from zope.i18nmessageid import Message


class ChangedScreen(BrowserView):
    """``index`` shows it; ``change`` does what was posted to it, with the authenticator of
    a form of the site."""

    def __call__(self) -> str:
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.request.method == "POST":
            CheckAuthenticator(self.request)
            return say_what_was_done(self.request, self.change(), self.url)
        if address := shorter_address(self.request, self.url):
            self.request.response.redirect(address)
            return ""
        return self.index()

    def change(self) -> Message:
        """Change something. Return what was done."""
        raise NotImplementedError

    @property
    def url(self) -> str:
        return f"{self.context.absolute_url()}/@@{self.__name__}"
