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
    asked = found.asked
    return (
        Fact("site", _("Site"), api.portal.get().Title()),
        Fact("list", _("List"), asked.listed.title),
        Fact("since", _("From"), asked.days.first.isoformat()),
        Fact("until", _("Until"), asked.days.last.isoformat()),
        *(Fact(each.name, _title(each), each.cell(found.now)) for each in FIGURES),
        *_before(found),
        *made_facts(),
        Fact("timezone", _("Time zone"), site_timezone().zone),
    )


def _before(found: Statistics) -> Iterator[Fact]:
    days = found.asked.before
    yield Fact("before_since", _("Period before, from"), days.first.isoformat())
    yield Fact("before_until", _("Period before, until"), days.last.isoformat())
    for each in FIGURES:
        title = _("${figure}, before", mapping={"figure": _title(each)})
        yield Fact(f"before_{each.name}", title, each.cell(found.before))


def _title(figure: Figure) -> Message:
    return figure.file_title or figure.title
