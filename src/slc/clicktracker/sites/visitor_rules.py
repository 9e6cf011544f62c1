"""What the current site says about the recording of visits, read from its registry."""

from AccessControl import getSecurityManager
from Acquisition import aq_base
from plone.registry.interfaces import IRegistry
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.visitors.rules import VisitorRules
from threading import Lock
from typing import Any
from zope.component import getUtility


_PREFIX = f"{IVisitorSettings.__identifier__}."

_MISSING = object()

#: The settings that rules are made of: name, record, default.
_RECORDS = tuple(
    (name, _PREFIX + name, IVisitorSettings[name].default)
    for name in (
        "enabled",
        "internal_networks",
        "untracked_paths",
        "untracked_statuses",
        "untracked_agents",
        "known_crawlers",
        "untracked_roles",
        "untracked_groups",
    )
)

#: Rules by the identity of the values that they are made of, and those values, which have
#: to live as long. To compare thousands of lines for each page would take too long, and
#: a connection gives the same objects until they are changed or loaded anew.
_made: Bounded[tuple[int, ...], tuple[tuple[Any, ...], VisitorRules]] = Bounded(100)
_lock = Lock()


def visitor_rules() -> VisitorRules:
    """Return whose page views the current site does not record.

    They are made once for each state of the settings, so a change counts from the next
    transaction on, in each thread and each process.
    """
    registry = getUtility(IRegistry)
    values = tuple(registry.get(record, default) for _name, record, default in _RECORDS)
    key = tuple(map(id, values))
    made = _made.get(key)
    if made is None:
        made = values, _rules_of(values)
        with _lock:
            _made[key] = made
    return made[1]


def _rules_of(values: tuple[Any, ...]) -> VisitorRules:
    """Return the rules that another thread has made of the same values, or new ones."""
    with _lock:
        for others, rules in _made.values():
            if others == values:
                return rules
    names = (name for name, *_rest in _RECORDS)
    return VisitorRules.of(**dict(zip(names, values, strict=True)))


def visitor_setting(name: str) -> Any:
    """Return a setting of ``IVisitorSettings``, its default where there is no record."""
    value = getUtility(IRegistry).get(_PREFIX + name, _MISSING)
    return IVisitorSettings[name].default if value is _MISSING else value


def roles_and_groups() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what the rules about roles and groups have to know of the current user.

    Roles are those in the whole site. Guests have the role "Anonymous".
    """
    user = getSecurityManager().getUser()
    # Not by acquisition: user folders have a method of this name for all groups.
    groups = getattr(aq_base(user), "getGroups", tuple)
    return tuple(user.getRoles()), tuple(groups())
