"""What the pages of ``@@clicktracker-dashboard`` have in common."""

from AccessControl import Unauthorized
from collections.abc import Sequence
from functools import cached_property
from plone import api
from plone.base.batch import Batch
from plone.base.interfaces import IPloneSiteRoot
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.batches import batch_of
from slc.clicktracker.browser.linked import linked
from slc.clicktracker.browser.linked import strong
from slc.clicktracker.browser.names_shown import NamesShown
from slc.clicktracker.browser.page_links import PageLink
from slc.clicktracker.browser.page_links import render_page_links
from slc.clicktracker.browser.shorter_address import shorter_address
from slc.clicktracker.mails.leads import leads_to
from slc.clicktracker.reports.dashboard import sentences
from slc.clicktracker.reports.dashboard.dashboard_list import DashboardList
from slc.clicktracker.reports.dashboard.pages import LEADS
from slc.clicktracker.reports.dashboard.pages import pages_of
from slc.clicktracker.versions.file_digest import reading_little
from slc.clicktracker.words.numbers import localized_number
from typing import Any
from urllib.parse import urlencode
from zope.i18nmessageid import Message


class Dashboard(NamesShown, BrowserView):
    """About what is tracked in a folder, or the site, and below it."""

    head = ViewPageTemplateFile("templates/head.pt")
    unknown_part = ViewPageTemplateFile("templates/unknown.pt")
    number = staticmethod(localized_number)
    says = sentences

    #: What is listed.
    lists: type[DashboardList]

    #: Only some pages name readers.
    asks_reason = False

    def __call__(self) -> str:
        if not api.user.has_permission("View", obj=self.context):
            raise Unauthorized
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if address := shorter_address(self.request, self.url):
            self.request.response.redirect(address)
            return ""
        if self.asks_reason:
            return self.reason_page()
        with reading_little():
            page = self.index()
        self.note_opening()
        return page

    def note_opening(self) -> None:
        """Record that names were opened; there are none, but on some pages."""

    @cached_property
    def listed(self) -> Any:
        """The list of the page."""
        return self.lists(self.context, self.request.form)

    def with_search(self, sentence: Message) -> str:
        """Return a sentence as HTML, in which what was searched for stands out."""
        return linked(sentence, search=strong(self.listed.search))

    @property
    def is_site(self) -> bool:
        return IPloneSiteRoot.providedBy(self.context)

    @property
    def pages(self) -> list[PageLink]:
        """The pages that the viewer may open."""
        return [
            PageLink(title, f"{self.here}/@@{name}", name == self.__name__)
            for name, title in pages_of(self.context)
        ]

    @property
    def lead(self) -> Message:
        """What the page of the whole site is about."""
        return LEADS[self.lists]

    def page_links(self) -> str:
        return render_page_links(self.pages, _("Pages of the dashboard"), self.request)

    @property
    def others(self) -> list[tuple[str, Message]]:
        """Where else the viewer can go: address and title."""
        return [
            (f"{self.here}/@@{name}", title) for name, title in leads_to(self.context)
        ]

    @property
    def here(self) -> str:
        return self.context.absolute_url()

    @property
    def url(self) -> str:
        return f"{self.here}/@@{self.__name__}"

    def batch_of(self, rows: Sequence[Any]) -> Batch:
        """Return the batch of the rows on the page."""
        listed = self.listed
        return batch_of(list(rows), listed.total, listed.size, listed.start)

    def url_with(self, **values: Any) -> str:
        """Return the address of this page with parameters; empty ones are left out."""
        parameters = {name: value for name, value in values.items() if value}
        return f"{self.url}?{urlencode(parameters)}" if parameters else self.url
