"""Goals as lines of text, as they are edited in the control panel.

Read to the end: finished; below /news; matomo 3; clicky 17
Sign-up: event sign-up; matomo 4
"""

from collections.abc import Callable
from dataclasses import replace
from slc.clicktracker import _
from slc.clicktracker.goals.goal import Goal
from slc.clicktracker.goals.words import goal_name
from slc.clicktracker.goals.words import InvalidLine
from slc.clicktracker.goals.words import parts_of
from slc.clicktracker.goals.words import tidy
from slc.clicktracker.storage.events.model import EVENT_NAME
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import LEVELS
from zope.i18nmessageid import Message

import re


#: What a reading can get to, in the order in which it is said.
GOAL_LEVELS = (*LEVELS, DOWNLOADED)

_EVENT = re.compile("event (.+)", re.I)
_PLACE = re.compile("below (/[^?#]*)", re.I)
#: To Matomo the goal 0 is an order in a shop.
_MATOMO = re.compile("matomo ([1-9][0-9]{0,8})", re.I)
_CLICKY = re.compile("clicky ([1-9][0-9]{0,8})", re.I)


def goal_of(line: str) -> Goal:
    """Return the goal that a line says. Raises ``InvalidLine``."""
    line = tidy(line)
    name, colon, said = line.partition(":")
    what, *conditions = parts_of(said, ";") or [""]
    if colon and not name.strip():
        raise InvalidLine(
            _(
                "A name is missing before the colon, for example: Read to the end: finished"
            )
        )
    if not colon or not what:
        raise InvalidLine(
            _(
                "“${line}” is not a goal. Write a name, a colon, and what is to be "
                "reached, for example: Read to the end: finished",
                mapping={"line": line},
            )
        )
    goal = _reached(Goal(goal_name(name)), what)
    given: set[str] = set()
    for condition in conditions:
        goal, kind = _with(goal, condition)
        if kind in given:
            raise InvalidLine(
                _(
                    "“${condition}” sets a place or number of “${name}” for the second "
                    "time. Remove one of them.",
                    mapping={"condition": condition, "name": goal.name},
                )
            )
        given.add(kind)
    return goal


def _reached(goal: Goal, what: str) -> Goal:
    match = _EVENT.fullmatch(what)
    if match and EVENT_NAME.fullmatch(match[1]):
        return replace(goal, event=match[1])
    level = what.lower()
    if level not in GOAL_LEVELS:
        raise InvalidLine(
            _(
                "“${what}” can't be a goal. After the name, write one of these: "
                "${levels}; or event and the name of an event of a page, for example: "
                "event sign-up",
                mapping={"what": what, "levels": ", ".join(GOAL_LEVELS)},
            )
        )
    return replace(goal, level=level)


def _with(goal: Goal, condition: str) -> tuple[Goal, str]:
    """Return a goal with one more condition, and of which kind that is."""
    for pattern, add in _CONDITIONS:
        if match := pattern.fullmatch(condition):
            return add(goal, match), pattern.pattern
    word = condition.partition(" ")[0].lower()
    said = _SAID_OF.get(word, _NO_CONDITION)
    raise InvalidLine(Message(said, mapping={"condition": condition}))


def _with_place(goal: Goal, match: re.Match) -> Goal:
    return replace(goal, place=match[1].strip())


def _told_to(service: str) -> Callable[[Goal, re.Match], Goal]:
    return lambda goal, match: replace(
        goal, services=(*goal.services, (service, match[1].strip()))
    )


_NO_CONDITION = _(
    "“${condition}” is not a condition for goals. You can use these, separated by "
    "semicolons: below /news; matomo 3; clicky 17"
)
_NO_PLACE = _(
    "“${condition}” is not a place. A place begins with “/” and contains no “?” or "
    "“#”, for example: below /news"
)
_NO_NUMBER = _(
    "“${condition}” has no goal number. Use the number that the service shows beside "
    "the goal, 1 or more, for example: matomo 3"
)

#: What is said of a condition that begins with a word.
_SAID_OF = {"below": _NO_PLACE, "matomo": _NO_NUMBER, "clicky": _NO_NUMBER}

_CONDITIONS: tuple[tuple[re.Pattern, Callable[[Goal, re.Match], Goal]], ...] = (
    (_PLACE, _with_place),
    (_MATOMO, _told_to("matomo")),
    (_CLICKY, _told_to("clicky")),
)
