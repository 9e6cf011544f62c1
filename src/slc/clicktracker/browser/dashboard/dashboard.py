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
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.browser.batches import batch_of
from slc.clicktracker.browser.names_shown import NamesShown
from slc.clicktracker.browser.page_links import PageLink
from slc.clicktracker.browser.page_links import render_page_links
from slc.clicktracker.browser.shorter_address import shorter_address
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.deleted import may_see_deleted
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.tracking.tracked import tracked_below
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.versions.file_digest import reading_little
from slc.clicktracker.words.numbers import localized_number
from typing import Any
from urllib.parse import urlencode
from zope.i18nmessageid import Message
from zope.interface.interface import InterfaceClass


BATCH_SIZE = 25

#: The pages by the name of their view: title, and the permission that each needs.
PAGES = {
    "clicktracker-dashboard": (_("Documents"), MANAGE_TRACKING),
    "clicktracker-dashboard-members": (_("Members"), VIEW_READERS),
    "clicktracker-deleted": (_("Deleted documents"), VIEW_READERS),
}


class Dashboard(NamesShown, BrowserView):
    """About what is tracked in a folder, or the site, and below it.

    Of that, only what the viewer may view himself, with the page's permission there: who
    may see the dashboard of a folder may have lost the permission further down.
    """

    head = ViewPageTemplateFile("templates/head.pt")
    unknown_part = ViewPageTemplateFile("templates/unknown.pt")
    number = staticmethod(localized_number)

    #: What the page of the whole site is about.
    lead = _("Tracked content in this site.")

    #: What the storage has to provide to tell what the page shows.
    capabilities: tuple[InterfaceClass, ...]

    #: Only some pages name readers.
    asks_reason = False

    #: Why nothing can be said, once ``found`` was asked for.
    problem: Message | None = None

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
    def documents(self) -> tuple[TrackedDocument, ...]:
        return tracked_below(self.context, PAGES[self.__name__][1])

    @cached_property
    def audiences(self) -> Audiences:
        return Audiences()

    @cached_property
    def found(self) -> Any:
        """What the storage says; None where ``problem`` says why it doesn't, or where it
        can't tell, as a storage of two methods."""
        try:
            knows = storage_with(*self.capabilities) is not None
            return self.ask() if knows else None
        except StorageError as error:
            self.problem = problem_of(error)
        return None

    def ask(self) -> Any:
        """Return what the page shows. Raises ``StorageError``."""
        raise NotImplementedError

    @property
    def unknown(self) -> int:
        """How many documents are not counted as their version is not known yet."""
        raise NotImplementedError

    @property
    def is_silent(self) -> bool:
        """Does the storage know nothing of what the page shows?"""
        return self.found is None and self.problem is None

    @property
    def is_site(self) -> bool:
        return IPloneSiteRoot.providedBy(self.context)

    @property
    def pages(self) -> list[PageLink]:
        """The pages that the viewer may open, by the permission for each."""
        return [
            PageLink(title, f"{self.here}/@@{name}", name == self.__name__)
            for name, (title, permission) in PAGES.items()
            if api.user.has_permission(permission, obj=self.context)
            and (name != "clicktracker-deleted" or self._offers_deleted)
        ]

    def page_links(self) -> str:
        return render_page_links(self.pages, _("Pages of the dashboard"), self.request)

    @property
    def _offers_deleted(self) -> bool:
        return self.is_site and may_see_deleted()

    @property
    def place_report_url(self) -> str | None:
        """Where the report of this place is, None for those who may not see readers."""
        return f"{self.here}/@@who-read-this" if may_see_readers(self.context) else None

    @property
    def here(self) -> str:
        return self.context.absolute_url()

    @property
    def url(self) -> str:
        return f"{self.here}/@@{self.__name__}"

    @cached_property
    def search(self) -> str:
        text = text_from(self.request.form.get("search"))
        return storable(text, LIMITS["title"]).strip()

    @cached_property
    def start(self) -> int:
        return number_from(self.request.form.get("b_start"), 0, 0, LAST_START)

    def stay_within(self, total: int) -> None:
        """Who asks for a page beyond the last of ``total`` rows gets the last."""
        if self.start >= total:
            self.start = last_start(total, BATCH_SIZE)

    def batch_of(self, rows: Sequence[Any], total: int) -> Batch:
        """Return the batch for one page of ``total`` rows."""
        return batch_of(list(rows), total, BATCH_SIZE, self.start)

    def url_with(self, **values: Any) -> str:
        """Return the address of this page with parameters; empty ones are left out."""
        parameters = {name: value for name, value in values.items() if value}
        return f"{self.url}?{urlencode(parameters)}" if parameters else self.url
