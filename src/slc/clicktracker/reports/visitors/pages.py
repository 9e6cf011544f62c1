"""The pages that visitors have seen, as links for those who may see them too."""

from collections.abc import Iterable
from dataclasses import dataclass
from plone import api
from slc.clicktracker import _
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.sites.uids import indexed_uid
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.words.addresses import view_url
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class ShownPage:
    """A page on a screen: ``title`` is empty where the page is of no content, ``note``
    stands for what may not be seen, ``href`` is empty without a link."""

    title: str
    url: str
    href: str = ""
    note: Message | None = None


_NOT_FOR_YOU = _("a page that you may not view")


class Pages:
    """What is known of some pages now, asked for at once.

    Links are those of the content that there is now, never the address that somebody has
    asked for.
    """

    def __init__(self, pages: Iterable[Page]) -> None:
        uids = sorted({page.uid for page in pages} - {""})
        site = api.portal.get()
        self._shown = {document_uid(site): (site.Title(), site.absolute_url())}
        catalog = api.portal.get_tool("portal_catalog")
        place = "/".join(site.getPhysicalPath())
        for brain in catalog(UID=uids, show_inactive=True) if uids else ():
            self._shown[indexed_uid(brain, place)] = (brain.Title, view_url(brain))
        rest = [uid for uid in uids if uid not in self._shown]
        found = catalog.unrestrictedSearchResults(UID=rest) if rest else ()
        self._hidden = {indexed_uid(brain, place) for brain in found}

    def of(self, page: Page) -> ShownPage:
        """Return a page as the viewer may see it. One that is deleted by now has the title
        that it had."""
        if page.uid in self._hidden:
            return ShownPage("", "", note=_NOT_FOR_YOU)
        title, href = self._shown.get(page.uid, (page.title, ""))
        return ShownPage(title, page.url, href)
