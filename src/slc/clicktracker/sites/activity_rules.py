"""What the current site calls what members do: its rules, and what packages bring."""

from collections.abc import Iterator
from plone import api
from plone.registry.interfaces import IRegistry
from slc.clicktracker.activities.activities import activities_of
from slc.clicktracker.activities.activities import Activity
from slc.clicktracker.activities.rule import Rule
from slc.clicktracker.activities.rule_line import InvalidRule
from slc.clicktracker.activities.rule_line import rule_of
from slc.clicktracker.interfaces import IActivity
from slc.clicktracker.interfaces import IActivityRules
from typing import Any
from ZODB.POSException import ConflictError
from zope.component import getUtilitiesFor
from zope.component import getUtility


def site_activities(tried: str = "") -> tuple[Activity, ...]:
    """Return the activities of the current site in the order in which they are asked.

    ``tried`` is one more rule, as if it stood behind the others in the settings. Raises
    ``InvalidRule`` for that one.
    """
    more = [_here(rule_of(tried))] if tried else []
    # A request that has met another one is made again, as a whole.
    return activities_of(
        [*_rules(), *more], getUtilitiesFor(IActivity), (ConflictError,)
    )


def activity_setting(name: str) -> Any:
    """Return a setting of ``IActivityRules``, its default where there is no record."""
    record = f"{IActivityRules.__identifier__}.{name}"
    return getUtility(IRegistry).get(record, IActivityRules[name].default)


def _rules() -> Iterator[Rule]:
    """Yield the rules of the settings. The field refuses lines that are none, and the
    registry takes them from other code."""
    for line in activity_setting("rules") or ():
        try:
            yield _here(rule_of(line))
        except InvalidRule:
            continue


def _here(rule: Rule) -> Rule:
    return rule.within("/".join(api.portal.get().getPhysicalPath()))
