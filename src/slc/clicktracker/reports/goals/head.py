"""What the report is of, for who has only the file."""

from plone import api
from slc.clicktracker import _
from slc.clicktracker.interfaces import IGoalSettings
from slc.clicktracker.reports.days_asked import DaysAsked
from slc.clicktracker.reports.head import Fact
from slc.clicktracker.reports.head import made_facts
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.sites.goals import goal_setting
from zope.i18nmessageid import Message


def head_of(asked: DaysAsked) -> tuple[Fact, ...]:
    """Return the days, and by which settings."""
    smallest = "smallest_group"
    return (
        Fact("site", _("Site"), api.portal.get().Title()),
        Fact("since", _("From"), asked.days.first.isoformat()),
        Fact("until", _("Until"), asked.days.last.isoformat()),
        *(Fact(name, _title(name), _lines(name)) for name in ("goals", "splits")),
        Fact(smallest, _title(smallest), goal_setting(smallest)),
        *made_facts(),
        Fact("timezone", _("Time zone"), site_timezone().zone),
    )


def _lines(name: str) -> str | None:
    return "\n".join(goal_setting(name) or ()) or None


def _title(name: str) -> Message:
    return IGoalSettings[name].title
