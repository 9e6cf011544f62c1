"""``@@clicktracker-mails-link``: what leads to reports by mail, in other screens."""

from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.mails.places import may_have_summary


class MailsLink(BrowserView):
    """A link for those who may go there, for others nothing. Templates of the package ask
    for it without any check of their own."""

    index = ViewPageTemplateFile("templates/mails-link.pt")

    def __call__(self) -> str:
        return self.index() if may_have_summary(self.context) else ""
