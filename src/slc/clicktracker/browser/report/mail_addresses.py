"""``@@who-read-this-addresses``: the addresses of those who have not read it yet."""

from functools import cached_property
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.batches import batch_of
from slc.clicktracker.browser.report.report_view import ReportView
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.figures import Page
from slc.clicktracker.reports.mail_addresses import mail_addresses_of
from slc.clicktracker.reports.mail_addresses import MailAddresses
from slc.clicktracker.reports.problems import problem_of
from slc.clicktracker.reports.problems import PROBLEMS
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.sites.openings import ADDRESSES
from slc.clicktracker.storage.model import ReadingQuery
from urllib.parse import quote
from zope.i18nmessageid import Message


#: People on one page: a mail to more of them is taken for spam by many servers.
PEOPLE_ON_PAGE = 100

#: Characters of an address that every program for mail takes.
_LONGEST_LINK = 1800


class MailAddressesView(ReportView):
    """The screen. It is of a document alone, as nobody is expected by a folder."""

    index = ViewPageTemplateFile("templates/mail-addresses.pt")

    def __call__(self) -> str:
        return "" if self.is_sent_on() else super().__call__()

    def note_opening(self) -> None:
        if not self.problem and self.total:
            self.note_names(ADDRESSES, self.total)

    @cached_property
    def problem(self) -> Message | None:
        """Why nothing can be said, None where something can."""
        try:
            self._ask()
        except PROBLEMS as error:
            return problem_of(error)
        return None

    def _ask(self) -> int:
        """Ask for all that there is to show."""
        return self.total

    @cached_property
    def _page(self) -> tuple[int, tuple, int]:
        """The number of the first person, those on the page, and how many there are."""
        if not self.report.tabs:
            return 0, (), 0
        form = self.request.form
        start = number_from(form.get("b_start"), 0, 0, LAST_START)
        page = self._absent(start)
        if page.total and not page.rows:
            start = last_start(page.total, PEOPLE_ON_PAGE)
            page = self._absent(start)
        return start, page.rows, page.total

    def _absent(self, start: int) -> Page:
        query = ReadingQuery((), start=start, size=PEOPLE_ON_PAGE)
        return self.report.page(ABSENT, query)

    @property
    def batch(self) -> Batch:
        start, rows, total = self._page
        return batch_of(list(rows), total, PEOPLE_ON_PAGE, start)

    @property
    def total(self) -> int:
        return self._page[2]

    @cached_property
    def found(self) -> MailAddresses:
        return mail_addresses_of(row.reader for row in self._page[1])

    @property
    def as_text(self) -> str:
        return ", ".join(self.found.addresses)

    @property
    def mail_url(self) -> str | None:
        """What opens a program for mail with all of them as blind copies, None for more
        than such an address may have."""
        copies = ",".join(quote(each, safe="@") for each in self.found.addresses)
        subject = quote(self.place.title)
        link = f"mailto:?bcc={copies}&subject={subject}"
        return link if copies and len(link) <= _LONGEST_LINK else None

    @property
    def without(self) -> str:
        """The names of those who have none."""
        return ", ".join(each.name or each.user for each in self.found.without)

    @property
    def report_url(self) -> str:
        return self.address_of(tab=ABSENT.name)
