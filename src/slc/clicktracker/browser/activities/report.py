"""``@@clicktracker-activities``: what the members who are followed do, beside a sample."""

from datetime import datetime
from functools import cached_property
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.activities.activities import Activity
from slc.clicktracker.activities.comparison import Comparison
from slc.clicktracker.activities.comparison import Group
from slc.clicktracker.activities.rule_line import InvalidRule
from slc.clicktracker.activities.rule_line import line_of
from slc.clicktracker.browser.chart import charts_url
from slc.clicktracker.browser.chart import render_chart
from slc.clicktracker.browser.controlpanel.activity_group import OFFERED
from slc.clicktracker.browser.visitors.days_screen import DaysScreen
from slc.clicktracker.charts.activities_chart import activities_chart
from slc.clicktracker.exports.formats import FORMATS
from slc.clicktracker.interfaces import IMemberEvents
from slc.clicktracker.reports.activities.asked import rule_asked
from slc.clicktracker.reports.activities.figures import RATE
from slc.clicktracker.reports.activities.figures import RATIO
from slc.clicktracker.reports.activities.figures import SHARE
from slc.clicktracker.reports.activities.found import found_of
from slc.clicktracker.reports.activities.remarks import remarks_on
from slc.clicktracker.reports.activities.remarks import too_small
from slc.clicktracker.reports.activities.rows import Figures
from slc.clicktracker.reports.activities.rows import raw_rows_of
from slc.clicktracker.reports.activities.rows import Row
from slc.clicktracker.reports.activities.rows import rows_of
from slc.clicktracker.reports.days_asked import days_asked
from slc.clicktracker.reports.days_asked import DaysAsked
from slc.clicktracker.reports.few import TOO_FEW
from slc.clicktracker.reports.visitors.problems import KEEPS_NO_EVENTS
from slc.clicktracker.sites.activity_rules import activity_setting
from slc.clicktracker.sites.activity_rules import site_activities
from slc.clicktracker.sites.cohorts import is_stated
from slc.clicktracker.sites.cohorts import recorded_members
from zope.i18nmessageid import Message


#: Kinds of events that are listed; a file has all.
MOST_RAW = 15

_IS_OFF_NOW = _(
    "Nothing is recorded now, because activities are switched off or no purpose is "
    "stated."
)
_IS_OFF = _(
    "Nothing is recorded now, because activities are switched off or no purpose is "
    "stated. Everything shown was recorded earlier."
)
_NOBODY_IS_CHOSEN = _(
    "Nobody is followed, and there is no sample, so nothing is recorded. In the "
    "settings, enter members or groups, or the size of a sample."
)
_NOBODY = _(
    "There is nobody to show yet. Site administrators choose who is followed and "
    "whether anything is recorded."
)
_NO_RULES = _(
    "There are no rules yet, so everything is unclassified. Create the first rule from "
    "the list below, or enter it in the settings."
)


class ActivitiesReport(DaysScreen):
    """Both groups beside each other, by activity. Nobody is named, whoever looks."""

    index = ViewPageTemplateFile("templates/activities.pt")
    days_part = ViewPageTemplateFile("templates/days.pt")
    table_part = ViewPageTemplateFile("templates/table.pt")
    unclassified_part = ViewPageTemplateFile("templates/unclassified.pt")
    group_part = ViewPageTemplateFile("templates/group.pt")
    exports = ViewPageTemplateFile("../export-menu.pt")
    charts_url = staticmethod(charts_url)
    capability = IMemberEvents
    incapable = KEEPS_NO_EVENTS
    rate = RATE
    share = SHARE
    ratio = RATIO
    formats = FORMATS
    is_printable = False
    view_name = "clicktracker-activities"
    names = False
    shows_people = False

    #: Why a rule can't be tried.
    rule_problem: Message | None = None

    #: When it was counted what is shown for a while; None for what is as it is now.
    counted: datetime | None = None

    def ask(self, storage: IMemberEvents) -> Comparison:
        found = found_of(storage, self.wanted.days, self.activities)
        if found.is_kept:
            self.counted = found.at
        return found.comparison

    @cached_property
    def wanted(self) -> DaysAsked:
        return days_asked(self.request.form, self.today)

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        try:
            return site_activities(self.rule)
        except InvalidRule as error:
            self.rule_problem = error.args[0]
            return site_activities()

    @cached_property
    def rule(self) -> str:
        """A rule that is tried before it is saved, by those who may save it."""
        return rule_asked(self.request.form, bool(self.settings_url))

    @property
    def tried(self) -> str:
        """The rule that counts although it is not saved."""
        return "" if self.rule_problem else self.rule

    @cached_property
    def rows(self) -> list[Row]:
        return rows_of(self.found)

    @cached_property
    def raw_rows(self) -> list[Row]:
        return raw_rows_of(self.found)[:MOST_RAW]

    @property
    def smallest(self) -> int:
        return activity_setting("smallest_group")

    @property
    def remarks(self) -> list[Message]:
        """What has to be known to understand the figures."""
        return [each.value for each in remarks_on(self.smallest)]

    @property
    def too_small(self) -> list[Message]:
        """Why nothing is said of a group."""
        found = self.found
        groups = ((found.followed, True), (found.sample, False))
        return [
            too_small(self.smallest, is_followed)
            for group, is_followed in groups
            if group is None
        ]

    @property
    def notice(self) -> Message | None:
        """What is to be done before there is anything to be seen; None where there is."""
        if self.found is None:
            return None
        if not is_stated():
            return _IS_OFF_NOW if self.found.is_empty else _IS_OFF
        if not recorded_members():
            return _NOBODY_IS_CHOSEN
        if self.found.is_empty:
            return _NOBODY
        return None if self.activities else _NO_RULES

    def group_words(self, group: Group) -> Message:
        """Return how many members a group has."""
        return _members(self.number(group.total.members))

    def members_words(self, of: Figures) -> Message:
        """Return how many members did something, as far as that may be told."""
        members = of.sums.members
        if members is None:
            return Message(TOO_FEW, mapping={"number": self.smallest})
        return _members(self.number(members))

    def chart(self) -> str:
        rows = self.rows
        chart = activities_chart(
            [row.name for row in rows],
            *(
                [row.share for row in of] if of else None
                for of in self._of_groups(rows)
            ),
        )
        return render_chart(chart, self.request)

    def _of_groups(self, rows: list[Row]) -> list[list[Figures] | None]:
        """Return the figures of each group; None for one of which nothing is said."""
        found = self.found
        return [
            [row.followed for row in rows] if found.followed else None,
            [row.sample for row in rows] if found.sample else None,
        ]

    @property
    def tried_url(self) -> str:
        """Where the rule that is tried can be saved."""
        return self._offer(self.tried)

    def rule_url(self, row: Row) -> str:
        """Return where a rule can be made of raw events, "" for who may not."""
        if not self.settings_url:
            return ""
        raw = row.raw
        name = api.portal.translate(_("New activity"))
        return self._offer(line_of(name, raw.kind, raw.detail, raw.portal_type))

    def rule_label(self, row: Row) -> str:
        """Return what the link to that is called where nothing stands beside it."""
        kind = " · ".join(filter(None, (api.portal.translate(row.name), row.about)))
        return api.portal.translate(
            _("Create a rule from this: ${events}", mapping={"events": kind})
        )

    def _offer(self, line: str) -> str:
        address = self._screen_url("clicktracker-settings", **{OFFERED: line})
        return f"{address}#fieldset-activity-rules"

    def export_url(self, ending: str) -> str:
        """Return the address of the comparison as a file."""
        return self._address(ending, **self._days, **self._besides_days)

    @property
    def _besides_days(self) -> dict[str, str]:
        return {"rule": self.rule} if self.rule else {}


def _members(number: str) -> Message:
    return _("${number} members", mapping={"number": number})
