"""``@visitors-feed``, ``@visitors-visits``, ``@visitors-report``, ``@visitors-now``."""

from functools import cached_property
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.interfaces import IVisitStatistics
from slc.clicktracker.reports.statistics.asked import CHOSEN_STEPS
from slc.clicktracker.reports.statistics.asked import statistics_asked
from slc.clicktracker.reports.statistics.asked import StatisticsAsked
from slc.clicktracker.reports.statistics.columns import columns_of
from slc.clicktracker.reports.statistics.figures import FIGURES
from slc.clicktracker.reports.statistics.figures import OF_STEPS
from slc.clicktracker.reports.statistics.head import head_without_figures
from slc.clicktracker.reports.statistics.lists import lists_for
from slc.clicktracker.reports.statistics.lists import MEMBERS
from slc.clicktracker.reports.statistics.lists import ShareList
from slc.clicktracker.reports.statistics.remarks import remarks_on
from slc.clicktracker.reports.statistics.rows import rows_of
from slc.clicktracker.reports.statistics.statistics import Statistics
from slc.clicktracker.reports.statistics.statistics import statistics_of
from slc.clicktracker.reports.visitors.asked import WHO
from slc.clicktracker.reports.visitors.feed import Feed
from slc.clicktracker.reports.visitors.feed import feed_of
from slc.clicktracker.reports.visitors.feed import MOST
from slc.clicktracker.reports.visitors.now import visitors_now
from slc.clicktracker.reports.visitors.problems import KEEPS_NO_STATISTICS
from slc.clicktracker.reports.visitors.problems import KEEPS_NO_VISITS
from slc.clicktracker.reports.visitors.rows import rows_of as feed_rows_of
from slc.clicktracker.reports.visitors.told import told_of_feed
from slc.clicktracker.reports.visitors.told import told_of_row
from slc.clicktracker.reports.visitors.told import told_of_visit
from slc.clicktracker.reports.visitors.visits import BATCH_SIZE
from slc.clicktracker.reports.visitors.visits import visits_of
from slc.clicktracker.reports.visitors.visits import VisitsFound
from slc.clicktracker.rest.screens.statistics import said_of_share
from slc.clicktracker.rest.screens.statistics import statistics_screen
from slc.clicktracker.rest.screens.visitors import feed_screen
from slc.clicktracker.rest.screens.visitors import said_of_row
from slc.clicktracker.rest.screens.visitors import said_of_visit
from slc.clicktracker.rest.screens.visitors import visits_screen
from slc.clicktracker.rest.service import ReportService
from slc.clicktracker.rest.visitors_service import DaysService
from slc.clicktracker.rest.visitors_service import VisitorsService
from slc.clicktracker.sites.looks import FEED
from slc.clicktracker.sites.looks import PATH
from slc.clicktracker.sites.looks import REPORT
from slc.clicktracker.storage.visits.statistics import VisitFigures
from typing import Any


class GetFeed(VisitorsService):
    """Answers with the page views of the last hour, the latest first: ``items``; with
    ``now``, who is on the site at all.

    Parameters are those of the screen: ``who``, ``page``, ``member``, ``group``,
    ``b_size``. There is one page, and what was before is among the visits.
    """

    usual_size = MOST
    capability = IVisits
    incapable = KEEPS_NO_VISITS
    what = FEED
    view_name = "clicktracker-live"
    choices = {"who": WHO}

    def ask(self, storage: IVisits) -> Feed:
        return feed_of(storage, self.asked)

    def said(self, found: Feed) -> dict[str, Any]:
        told = told_of_feed(found, self.is_recording)
        rows = feed_rows_of(found, self.people, self.place)
        return {
            "@id": self.url,
            "items_total": told.pop("total"),
            **told,
            **self.for_screen("screen", feed_screen, found),
            "items": [
                {
                    **told_of_row(row, self.names),
                    **self.for_screen("said", said_of_row, row, found.at),
                }
                for row in rows
            ],
        }


class GetVisits(VisitorsService):
    """Answers with a page of visits, the latest first, each with the pages of it.

    Parameters are those of the screen: those of the feed, ``person`` with ``folder`` and
    ``generation``, or ``guest``, ``b_start``, ``b_size``.
    """

    usual_size = BATCH_SIZE
    capability = IVisits
    incapable = KEEPS_NO_VISITS
    what = PATH
    view_name = "clicktracker-visits"
    choices = {"who": WHO}

    def ask(self, storage: IVisits) -> VisitsFound:
        return visits_of(storage, self.asked, self.place)

    def said(self, found: VisitsFound) -> dict[str, Any]:
        rows = found.rows(self.people)
        return {
            **self.page(found.page.total, found.start),
            "is_recording": self.is_recording,
            **self.for_screen("screen", visits_screen, found),
            "items": [
                {
                    **told_of_visit(row, self.names),
                    **self.for_screen("said", said_of_visit, row),
                }
                for row in rows
            ],
        }


class GetReport(DaysService):
    """Answers with the ``figures`` of some days and of as many before, their ``steps``, and
    a page of one list: ``items`` have a value for each of the ``columns``.

    Parameters are those of the screen: ``since``, ``until``, ``by``, ``list``,
    ``b_start``, ``b_size``.
    """

    capability = IVisitStatistics
    incapable = KEEPS_NO_STATISTICS
    what = REPORT
    view_name = "clicktracker-visitors-report"

    def ask(self, storage: IVisitStatistics) -> Statistics:
        return statistics_of(storage, self.wanted, self.size)

    @property
    def shows_people(self) -> bool:
        return self.wanted.listed is MEMBERS

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        return {
            "by": tuple(each.name for each in CHOSEN_STEPS),
            "list": tuple(each.kind for each in self.lists),
        }

    @cached_property
    def lists(self) -> tuple[ShareList, ...]:
        return lists_for(self.names)

    @cached_property
    def wanted(self) -> StatisticsAsked:
        return statistics_asked(self.request.form, self.today, self.lists)

    def said(self, found: Statistics) -> dict[str, Any]:
        columns, rows = columns_of(found.asked), list(rows_of(found, self.people))
        return {
            **self.page(found.total, found.asked.start),
            **self.for_screen("screen", statistics_screen, found),
            "about": self.facts((*head_without_figures(found), *remarks_on(found.now))),
            "figures": [
                {
                    "name": each.name,
                    "title": self.translated(each.file_title or each.title),
                    "now": each.cell(found.now),
                    "before": each.cell(found.before),
                }
                for each in FIGURES
            ],
            "by": found.asked.step.name,
            "steps": [
                {"day": each.bar.isoformat(), **_figures(each.figures)}
                for each in found.steps
            ],
            "lists": [
                {"name": each.kind, "title": self.translated(each.title)}
                for each in self.lists
            ],
            "columns": self.columns(columns),
            "items": [
                {**item, **self.for_screen("said", said_of_share, row)}
                for item, row in zip(self.items(columns, rows), rows, strict=True)
            ],
        }


class GetNow(ReportService):
    """Answers with how many people are on this page and on the site, None where that
    isn't known, or is too small to be shown."""

    def answer(self) -> dict[str, Any]:
        now = visitors_now(self.context, self.request)
        return {"@id": self.url, **now._asdict()}


def _figures(figures: VisitFigures) -> dict[str, Any]:
    return {each.name: each.cell(figures) for each in OF_STEPS}
