"""What a list of the statistics is of, for who has only the list."""

from collections.abc import Iterator
from plone import api
from slc.clicktracker import _
from slc.clicktracker.reports.head import Fact
from slc.clicktracker.reports.head import made_facts
from slc.clicktracker.reports.statistics.figures import Figure
from slc.clicktracker.reports.statistics.figures import FIGURES
from slc.clicktracker.reports.statistics.statistics import Statistics
from slc.clicktracker.sites.clock import site_timezone
from zope.i18nmessageid import Message


def head_of(found: Statistics) -> tuple[Fact, ...]:
    """Return the days, the list, and all figures: of these days and of those before."""
    return (
        *_days(found),
        *(Fact(each.name, _title(each), each.cell(found.now)) for each in FIGURES),
        *_days_before(found),
        *_figures_before(found),
        *_making(),
    )


def head_without_figures(found: Statistics) -> tuple[Fact, ...]:
    """Return the same, where the figures stand elsewhere."""
    return *_days(found), *_days_before(found), *_making()


def _days(found: Statistics) -> Iterator[Fact]:
    asked = found.asked
    yield Fact("site", _("Site"), api.portal.get().Title())
    yield Fact("list", _("List"), asked.listed.title)
    yield Fact("since", _("From"), asked.days.first.isoformat())
    yield Fact("until", _("Until"), asked.days.last.isoformat())


def _days_before(found: Statistics) -> Iterator[Fact]:
    days = found.asked.before
    yield Fact("before_since", _("Period before, from"), days.first.isoformat())
    yield Fact("before_until", _("Period before, until"), days.last.isoformat())


def _figures_before(found: Statistics) -> Iterator[Fact]:
    for each in FIGURES:
        title = _("${figure}, before", mapping={"figure": _title(each)})
        yield Fact(f"before_{each.name}", title, each.cell(found.before))


def _making() -> tuple[Fact, ...]:
    return *made_facts(), Fact("timezone", _("Time zone"), site_timezone().zone)


def _title(figure: Figure) -> Message:
    return figure.file_title or figure.title
