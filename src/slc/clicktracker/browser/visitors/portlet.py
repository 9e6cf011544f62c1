"""The portlet "Visitors now"."""

from plone.app.portlets.portlets import base
from plone.portlets.interfaces import IPortletDataProvider
from slc.clicktracker import _
from slc.clicktracker.browser.visitors.presence import visitors_in_words
from zope.browserpage import ViewPageTemplateFile
from zope.interface import implementer


class IVisitorsPortlet(IPortletDataProvider):
    "The number of visitors who are now on the site, and on the page."


@implementer(IVisitorsPortlet)
class Assignment(base.Assignment):
    """There is nothing to choose."""

    title = _("Visitors now")


class Renderer(base.Renderer):
    """Shows nothing where nothing is known."""

    render = ViewPageTemplateFile("templates/portlet.pt")

    @property
    def available(self) -> bool:
        return bool(self.said())

    def said(self) -> str:
        return visitors_in_words(self.context, self.request)


class AddForm(base.NullAddForm):
    """Adds it without a form."""

    def create(self) -> Assignment:
        return Assignment()
