"""What the screens have in common that bring themselves up to date."""

from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.static_url import static_url
from slc.clicktracker.browser.visitors.visitors_screen import VisitorsScreen
from slc.clicktracker.interfaces import IContentIsIgnored
from urllib.parse import urlencode
from zope.interface import alsoProvides


class UpdatedScreen(VisitorsScreen):
    """A screen with a list that a script gets anew.

    With ``list`` in the request it is the list alone, for that script; how often it asks
    is no matter of the page views of the site.
    """

    #: An element with an id, and in it a list whose entries have one each.
    list_part: ViewPageTemplateFile
    updates_part = ViewPageTemplateFile("templates/updates.pt")

    def __call__(self) -> str:
        if self.request.form.get("list"):
            alsoProvides(self.request, IContentIsIgnored)
            self.request.response.setHeader("X-Theme-Disabled", "1")
            self.index = self.list_part
        return super().__call__()

    def unreasoned(self) -> str:
        if not self.request.form.get("list"):
            return super().unreasoned()
        # A script shows no form; it says that it gets nothing.
        self.request.response.setStatus(403)
        return ""

    @property
    def here(self) -> str:
        """The address of this list, with what narrows it."""
        given = {**self.asked.given, **self.asked.path}
        return f"{self.url}?{urlencode(given)}" if given else self.url

    @property
    def list_url(self) -> str:
        """Where the script gets the list anew."""
        return f"{self.here}{'&' if '?' in self.here else '?'}list=1"

    @property
    def json_url(self) -> str:
        return self.here.replace(f"@@{self.__name__}", f"@@{self.__name__}.json", 1)

    @property
    def script_url(self) -> str:
        return static_url(api.portal.get().absolute_url(), "live.js")
