"""What the services of the dashboard have in common."""

from collections.abc import Iterable
from plone.base.interfaces import IPloneSiteRoot
from slc.clicktracker.mails.leads import leads_to
from slc.clicktracker.reports.dashboard.pages import LEADS
from slc.clicktracker.reports.dashboard.pages import pages_of
from slc.clicktracker.rest.lists import ListService
from slc.clicktracker.words.times import timezone_name
from typing import Any
from zope.i18nmessageid import Message


class DashboardService(ListService):
    """About what is tracked in a folder, or the site, and below it."""

    #: What is listed.
    lists: type

    def head(self) -> dict[str, Any]:
        """Return what stands above each page, for who may open which."""
        is_site = IPloneSiteRoot.providedBy(self.context)
        return {
            "lead": self.translated(LEADS[self.lists]) if is_site else None,
            "pages": self._screens(pages_of(self.context)),
            "others": self._screens(leads_to(self.context)),
            "timezone": timezone_name(),
        }

    def sentences(self, messages: Iterable[Message]) -> list[str]:
        return list(map(self.translated, messages))

    def _screens(self, screens: Iterable[tuple[str, Message]]) -> list[dict[str, str]]:
        return [
            {
                "@id": f"{self.context.absolute_url()}/@@{name}",
                "name": name,
                "title": self.translated(title),
            }
            for name, title in screens
        ]

    def titled(self, **titles: Message) -> list[dict[str, str]]:
        """Return columns by their names."""
        return [
            {"name": name, "title": self.translated(title)}
            for name, title in titles.items()
        ]
