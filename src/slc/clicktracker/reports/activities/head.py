"""What the comparison is of, for who has only the file."""

from plone import api
from slc.clicktracker import _
from slc.clicktracker.activities.comparison import Comparison
from slc.clicktracker.activities.comparison import Group
from slc.clicktracker.interfaces import IActivityRules
from slc.clicktracker.reports.days_asked import DaysAsked
from slc.clicktracker.reports.head import Fact
from slc.clicktracker.reports.head import made_facts
from slc.clicktracker.sites.activity_rules import activity_setting
from slc.clicktracker.sites.clock import site_timezone
from zope.i18nmessageid import Message


def head_of(found: Comparison, asked: DaysAsked, tried: str) -> tuple[Fact, ...]:
    """Return the days, both groups, and by which rules; ``tried`` is one that is not
    saved."""
    return (
        Fact("site", _("Site"), api.portal.get().Title()),
        Fact("since", _("From"), asked.days.first.isoformat()),
        Fact("until", _("Until"), asked.days.last.isoformat()),
        Fact("followed", _("Followed members"), _members(found.followed)),
        Fact("sample", _("Members of the sample"), _members(found.sample)),
        Fact("rules", _title("rules"), "\n".join(activity_setting("rules")) or None),
        Fact("tried_rule", _("Rule to try"), tried or None),
        *(Fact(name, _title(name), activity_setting(name)) for name in _NUMBERS),
        *made_facts(),
        Fact("timezone", _("Time zone"), site_timezone().zone),
    )


_NUMBERS = ("run_gap", "smallest_group")


def _members(group: Group | None) -> int | None:
    return group.total.members if group else None


def _title(name: str) -> Message:
    return IActivityRules[name].title
