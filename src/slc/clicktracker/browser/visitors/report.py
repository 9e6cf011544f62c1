"""``@@clicktracker-visitors-report``: how many visits there were, and of what."""

from functools import cached_property
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.batches import batch_of
from slc.clicktracker.browser.chart import charts_url
from slc.clicktracker.browser.chart import render_chart
from slc.clicktracker.browser.page_links import PageLink
from slc.clicktracker.browser.page_links import render_page_links
from slc.clicktracker.browser.visitors.days_screen import DaysScreen
from slc.clicktracker.charts.visits_chart import visits_chart
from slc.clicktracker.exports.formats import FORMATS
from slc.clicktracker.interfaces import IVisitStatistics
from slc.clicktracker.reports.statistics.asked import CHOSEN_STEPS
from slc.clicktracker.reports.statistics.asked import statistics_asked
from slc.clicktracker.reports.statistics.asked import StatisticsAsked
from slc.clicktracker.reports.statistics.figures import FIGURES
from slc.clicktracker.reports.statistics.lists import lists_for
from slc.clicktracker.reports.statistics.lists import MEMBERS
from slc.clicktracker.reports.statistics.lists import ShareList
from slc.clicktracker.reports.statistics.lists import TIMES
from slc.clicktracker.reports.statistics.remarks import remarks_on
from slc.clicktracker.reports.statistics.rows import rows_of
from slc.clicktracker.reports.statistics.statistics import Statistics
from slc.clicktracker.reports.statistics.statistics import statistics_of
from slc.clicktracker.reports.visitors.problems import KEEPS_NO_STATISTICS
from slc.clicktracker.sites.looks import REPORT
from slc.clicktracker.words.numbers import localized_number
from zope.i18nmessageid import Message


BATCH_SIZE = 25


class VisitorsReport(DaysScreen):
    """Figures of some days beside those before, their course, and one list."""

    index = ViewPageTemplateFile("templates/statistics.pt")
    days_part = ViewPageTemplateFile("templates/statistics-days.pt")
    figures_part = ViewPageTemplateFile("templates/statistics-figures.pt")
    list_part = ViewPageTemplateFile("templates/statistics-list.pt")
    exports = ViewPageTemplateFile("../export-menu.pt")
    charts_url = staticmethod(charts_url)
    capability = IVisitStatistics
    incapable = KEEPS_NO_STATISTICS
    figures = FIGURES
    formats = FORMATS
    steps = CHOSEN_STEPS
    is_printable = False
    size = BATCH_SIZE
    view_name = "clicktracker-visitors-report"
    what = REPORT

    def ask(self, storage: IVisitStatistics) -> Statistics:
        return statistics_of(storage, self.wanted, self.size)

    @property
    def shows_people(self) -> bool:
        return self.wanted.listed is MEMBERS

    @cached_property
    def lists(self) -> tuple[ShareList, ...]:
        return lists_for(self.names)

    @cached_property
    def wanted(self) -> StatisticsAsked:
        return statistics_asked(self.request.form, self.today, self.lists)

    @cached_property
    def batch(self) -> Batch:
        found = self.found
        rows = list(rows_of(found, self.people))
        return batch_of(rows, found.total, BATCH_SIZE, found.asked.start)

    @property
    def thing(self) -> Message:
        """What each row of the list is."""
        listed = self.wanted.listed
        return self.wanted.step.title if listed is TIMES else listed.thing

    def list_links(self) -> str:
        """The links to all lists."""
        links = [
            PageLink(
                each.title,
                self._address(**self._days, list=each.kind) + "#clicktracker-list",
                each is self.wanted.listed,
            )
            for each in self.lists
        ]
        return render_page_links(links, _("Lists"), self.request)

    def export_url(self, ending: str) -> str:
        """Return the address of the list as a file."""
        return self._address(ending, **self._days, **self._listed)

    @property
    def _days(self) -> dict[str, str]:
        """The parameters for the same days and steps."""
        chosen = self.wanted.chosen
        return {**super()._days, **({"by": chosen} if chosen else {})}

    @property
    def _besides_days(self) -> dict[str, str]:
        return self._listed

    @property
    def _listed(self) -> dict[str, str]:
        listed = self.wanted.listed
        return {} if listed is self.lists[0] else {"list": listed.kind}

    def chart(self) -> str:
        found = self.found
        figures = [each.figures for each in found.steps]
        chart = visits_chart(found.asked.step, found.asked.bars, figures)
        return render_chart(chart, self.request)

    @property
    def remarks(self) -> list[Message]:
        """What has to be known to understand the figures."""
        return [each.value for each in remarks_on(self.found.now)]

    def css(self, column: int) -> str:
        """Return the classes of a column of figures; two have room on a phone."""
        return "text-end" if column < 2 else "text-end d-none d-sm-table-cell"

    def left_out(self, said: Message | None) -> Message | None:
        """Return in the words of a list or figure how many page views it leaves out; None
        where it leaves out none."""
        number = self.found.now.single
        if not (said and number):
            return None
        return Message(said, mapping={"number": localized_number(number)})
