"""The portlet "My reading list"."""

from plone import api
from plone.app.portlets.portlets import base
from plone.portlets.interfaces import IPortletDataProvider
from slc.clicktracker import _
from zope.browserpage import ViewPageTemplateFile
from zope.interface import implementer


class IReadingListPortlet(IPortletDataProvider):
    "What a member still has to read, and by when."


@implementer(IReadingListPortlet)
class Assignment(base.Assignment):
    """There is nothing to choose."""

    title = _("My reading list")


class Renderer(base.Renderer):
    """A link, in whose place the browser puts the list: so no page waits for it."""

    render = ViewPageTemplateFile("templates/portlet.pt")

    @property
    def available(self) -> bool:
        return not api.user.is_anonymous()

    @property
    def url(self) -> str:
        return f"{api.portal.get().absolute_url()}/@@my-reading-list"

    @property
    def options(self) -> str:
        """What Plone's pattern is told."""
        return f"url:{self.url}-short; trigger:immediate"


class AddForm(base.NullAddForm):
    """Adds it without a form."""

    def create(self) -> Assignment:
        return Assignment()
