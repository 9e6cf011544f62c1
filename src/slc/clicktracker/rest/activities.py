"""``@activities``: what the members who are followed do, beside a sample."""

from functools import cached_property
from plone import api
from slc.clicktracker.activities.activities import Activity
from slc.clicktracker.activities.rule_line import InvalidRule
from slc.clicktracker.interfaces import IMemberEvents
from slc.clicktracker.reports.activities.asked import rule_asked
from slc.clicktracker.reports.activities.columns import COLUMNS
from slc.clicktracker.reports.activities.found import Found
from slc.clicktracker.reports.activities.found import found_of
from slc.clicktracker.reports.activities.head import head_of
from slc.clicktracker.reports.activities.remarks import remarks_on
from slc.clicktracker.reports.activities.rows import raw_rows_of
from slc.clicktracker.reports.activities.rows import rows_of
from slc.clicktracker.reports.days_asked import days_asked
from slc.clicktracker.reports.days_asked import DaysAsked
from slc.clicktracker.reports.visitors.problems import KEEPS_NO_EVENTS
from slc.clicktracker.rest.visitors_service import DaysService
from slc.clicktracker.sites.activity_rules import activity_setting
from slc.clicktracker.sites.activity_rules import site_activities
from slc.clicktracker.sites.cohorts import is_stated
from typing import Any
from zope.i18nmessageid import Message


class GetActivities(DaysService):
    """Answers with both groups beside each other, by activity, and with what is
    unclassified by the kind of event. Nobody is named, whoever looks.

    Parameters are those of the screen: ``since``, ``until``, and ``rule`` for those who
    may save one.
    """

    capability = IMemberEvents
    incapable = KEEPS_NO_EVENTS

    def wrong(self) -> dict[str, Message]:
        try:
            self.activities  # noqa: B018
        except InvalidRule as error:
            return {**super().wrong(), "rule": error.args[0]}
        return super().wrong()

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        return site_activities(self.rule)

    @cached_property
    def rule(self) -> str:
        may_save = api.user.has_permission("Manage portal", obj=self.context)
        return rule_asked(self.request.form, may_save)

    @cached_property
    def wanted(self) -> DaysAsked:
        return days_asked(self.request.form, self.today)

    def ask(self, storage: IMemberEvents) -> Found:
        return found_of(storage, self.wanted.days, self.activities)

    def said(self, found: Found) -> dict[str, Any]:
        told = found.comparison
        rows = [] if told.is_empty else [*rows_of(told), *raw_rows_of(told)]
        remarks = remarks_on(activity_setting("smallest_group"))
        return {
            "@id": self.url,
            "about": self.facts((*head_of(told, self.wanted, self.rule), *remarks)),
            "is_recording": is_stated(),
            "counted": self.value(found.at),
            "columns": self.columns(COLUMNS),
            "items": self.items(COLUMNS, rows),
            "items_total": len(rows),
        }
