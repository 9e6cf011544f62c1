"""``@@my-reading-list``: what a member still has to read, and what is done."""

from AccessControl import Unauthorized
from datetime import datetime
from functools import cached_property
from plone import api
from plone.base.batch import Batch
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.page_title import IScreen
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.own_documents import OwnDocument
from slc.clicktracker.reports.own_lists import DONE
from slc.clicktracker.reports.own_lists import own_list
from slc.clicktracker.reports.own_lists import OwnList
from slc.clicktracker.reports.own_states import OwnState
from slc.clicktracker.reports.own_states import states_of
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.problems import PROBLEMS
from slc.clicktracker.reports.reading_list import reading_list
from slc.clicktracker.reports.reading_list import ReadingList
from slc.clicktracker.sites.rules import current_user
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.words.addresses import view_url
from slc.clicktracker.words.deadlines import deadline_text
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name
from zope.i18nmessageid import Message
from zope.interface import implementer


#: Documents in the portlet.
MOST_IN_PORTLET = 5

#: Seconds for which a browser may show the short list again, without asking.
_FRESH = 60


class _OwnList(BrowserView):
    """Of the member who looks at it: nobody else can be asked for."""

    view_url = staticmethod(view_url)
    number = staticmethod(localized_number)

    def __call__(self) -> str:
        if not current_user()[0]:
            raise Unauthorized
        self.request.response.setHeader("Cache-Control", self.cache_control)
        return self.index()

    @property
    def cache_control(self) -> str:
        return "private, no-store"

    @cached_property
    def now(self) -> datetime:
        return utc_now()

    @cached_property
    def problem(self) -> Message | None:
        """Why there is no list, None where there is one."""
        try:
            self.found = reading_list(Reader(*current_user()))
        except PROBLEMS as error:
            return problem_of(error)
        return None

    found: ReadingList | None = None

    def states(self, own: OwnDocument) -> list[OwnState]:
        return list(states_of(own, self.now))

    def text(self, deadline: Deadline) -> str:
        return deadline_text(deadline)

    @property
    def url(self) -> str:
        return f"{api.portal.get().absolute_url()}/@@my-reading-list"


@implementer(IScreen)
class ReadingListView(_OwnList):
    """The page."""

    index = ViewPageTemplateFile("templates/reading-list.pt")
    timezone = staticmethod(timezone_name)
    localized = staticmethod(local_time)

    @cached_property
    def asked_list(self) -> OwnList:
        """The list that is asked for."""
        return own_list(self.request.form.get("list"))

    @property
    def is_of_done(self) -> bool:
        return self.asked_list is DONE

    @property
    def listed(self) -> tuple[OwnDocument, ...]:
        return self.asked_list.of(self.found)

    @cached_property
    def batch(self) -> Batch:
        start = number_from(self.request.form.get("b_start"), 0, 0, LAST_START)
        last = last_start(len(self.listed), PAGE_SIZE)
        return Batch(self.listed, PAGE_SIZE, min(start, last))


class ShortReadingList(_OwnList):
    """What the portlet shows, once the page is there: no page waits for it."""

    index = ViewPageTemplateFile("templates/short.pt")

    @property
    def cache_control(self) -> str:
        # Each log-in has a cookie of its own.
        self.request.response.setHeader("Vary", "Cookie")
        return f"private, max-age={_FRESH}"

    @property
    def first(self) -> tuple[OwnDocument, ...]:
        return self.found.to_read[:MOST_IN_PORTLET]
