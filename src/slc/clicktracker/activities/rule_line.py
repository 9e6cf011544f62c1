"""Rules as lines of text, as they are edited in the control panel.

Bulk submitting: added; at least 5 within 10 minutes
Updating: read, viewed; not older than 7 days
Updating: commented
Approving: workflow publish, workflow reject; below /news; type News Item
"""

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import replace
from slc.clicktracker import _
from slc.clicktracker.activities.rule import KINDS
from slc.clicktracker.activities.rule import OF_NO_CONTENT
from slc.clicktracker.activities.rule import Rule
from slc.clicktracker.activities.rule import WITH_DETAIL
from slc.clicktracker.activities.unclassified import is_called_unclassified
from slc.clicktracker.storage.text import is_blank
from typing import Any
from zope.i18nmessageid import Message

import re


#: No line is longer, and no number larger.
LONGEST_LINE = 500
LONGEST_TITLE = 80
_LONGEST_PART = 200
MOST_EVENTS = 10_000
MOST_MINUTES = 1_440
MOST_DAYS = 36_500

_COUNT = re.compile(
    "at least ([0-9]{1,9})( different)?(?: within ([0-9]{1,9}) minutes?)?", re.I
)
_AGE = re.compile("not older than ([0-9]{1,9}) days?", re.I)
_PLACE = re.compile("below (/[^?#]*)", re.I)
_TYPES = re.compile("types? (.+)", re.I)

_SPACES = re.compile(r"\s+")


class InvalidRule(ValueError):
    """A line that is no rule. The one argument is a message that says what to do."""


def rule_of(line: str) -> Rule:
    """Return the rule that a line says. Raises ``InvalidRule``."""
    line = _SPACES.sub(" ", line).strip()
    if len(line) > LONGEST_LINE:
        raise InvalidRule(
            _(
                "A rule can have ${number} characters at most. Split it into several "
                "rules with the same name: together they are one activity.",
                mapping={"number": LONGEST_LINE},
            )
        )
    title, said = _title_of(line)
    events, *conditions = said.split(";")
    rule = _with_all(Rule(title, _events(events)), conditions)
    _refuse_impossible(rule)
    return rule


def _title_of(line: str) -> tuple[str, str]:
    """Return the name of the activity, and what is said behind it."""
    title, colon, said = line.partition(":")
    if not colon or is_blank(title):
        raise InvalidRule(
            _(
                "“${line}” is not a rule. Write a name, a colon, and what members do, "
                "for example: Bulk submitting: added; at least 5 within 10 minutes",
                mapping={"line": line},
            )
        )
    if len(title) > LONGEST_TITLE:
        raise InvalidRule(
            _(
                "The name of an activity has ${number} characters at most. Shorten “${name}”.",
                mapping={"number": LONGEST_TITLE, "name": title},
            )
        )
    title = title.strip()
    if is_called_unclassified(title):
        raise InvalidRule(
            _(
                "“${name}” is the name for events without a rule. Choose another name.",
                mapping={"name": title},
            )
        )
    return title, said


def _with_all(rule: Rule, conditions: Iterable[str]) -> Rule:
    """Return a rule with conditions, of which there is one of each kind."""
    given: set[str] = set()
    for condition in filter(None, map(str.strip, conditions)):
        rule, name = _with(rule, condition)
        if name in given:
            raise InvalidRule(
                _(
                    "“${condition}” is the second condition of this kind in the rule "
                    "for “${name}”. Keep one of them, or write another rule with the "
                    "same name.",
                    mapping={"condition": condition, "name": rule.title},
                )
            )
        given.add(name)
    return rule


def _refuse_impossible(rule: Rule) -> None:
    """What is of no content is at no place, and neither of a type nor new."""
    without = [kind for kind, _detail in rule.events if kind in OF_NO_CONTENT]
    of_content = rule.place or rule.types or rule.days is not None
    if without and (
        of_content or (rule.different and len(without) == len(rule.events))
    ):
        raise InvalidRule(
            _(
                "“${kind}” is not about content, so conditions about places, types, "
                "age or different documents never match. Write a separate rule with "
                "the same name.",
                mapping={"kind": without[0]},
            )
        )


def line_of(title: str, kind: str, detail: str = "", portal_type: str = "") -> str:
    """Return the rule for events of one kind, as a line."""
    event = f"{kind} {detail}" if _is_sayable(detail) else kind
    of_type = f"; type {portal_type}" if _is_sayable(portal_type) else ""
    return f"{title}: {event}{of_type}"


def _is_sayable(text: str) -> bool:
    """Is a detail or type the same when it was read from a line?"""
    is_plain = text == " ".join(text.split()) and not re.search("[,;]", text)
    return bool(text) and is_plain and len(text) <= _LONGEST_PART


def _events(said: str) -> tuple[tuple[str, str], ...]:
    found = []
    for each in filter(None, map(str.strip, said.split(","))):
        kind, _space, detail = each.partition(" ")
        kind = kind.lower()
        if kind not in KINDS:
            raise InvalidRule(
                _(
                    "“${kind}” is not something that members do. After the name, write "
                    "one or more of these, separated by commas: ${kinds}.",
                    mapping={"kind": each, "kinds": ", ".join(KINDS)},
                )
            )
        detail = detail.strip()
        if detail and kind not in WITH_DETAIL:
            raise InvalidRule(
                _(
                    "“${kind}” takes nothing after it. Leave out “${more}”. Conditions "
                    "come after a semicolon.",
                    mapping={"kind": kind, "more": detail},
                )
            )
        found.append((kind, detail))
    if not found:
        raise InvalidRule(
            _(
                "The rule doesn't say what members do. After the name, write one or "
                "more of these, separated by commas: ${kinds}.",
                mapping={"kinds": ", ".join(KINDS)},
            )
        )
    return tuple(found)


def _with(rule: Rule, condition: str) -> tuple[Rule, str]:
    """Return a rule with one more condition, and of which kind that is."""
    for pattern, add in _CONDITIONS:
        if match := pattern.fullmatch(condition):
            return add(rule, match), pattern.pattern
    raise InvalidRule(
        _(
            "“${condition}” is not a condition. You can use these, separated by "
            "semicolons: at least 5, at least 5 different, or at least 5 within 10 "
            "minutes; below /news; type News Item; not older than 7 days.",
            mapping={"condition": condition},
        )
    )


def _with_count(rule: Rule, match: re.Match) -> Rule:
    least = _number(match[1], MOST_EVENTS)
    minutes = _number(match[3], MOST_MINUTES) if match[3] else None
    return replace(rule, least=least, different=bool(match[2]), minutes=minutes)


def _with_age(rule: Rule, match: re.Match) -> Rule:
    return replace(rule, days=_number(match[1], MOST_DAYS))


def _with_place(rule: Rule, match: re.Match) -> Rule:
    return replace(rule, place=match[1].strip())


def _with_types(rule: Rule, match: re.Match) -> Rule:
    types = tuple(filter(None, map(str.strip, match[1].split(","))))
    return replace(rule, types=types)


_CONDITIONS: tuple[tuple[re.Pattern, Callable[[Rule, Any], Rule]], ...] = (
    (_COUNT, _with_count),
    (_AGE, _with_age),
    (_PLACE, _with_place),
    (_TYPES, _with_types),
)


def _number(text: str, most: int) -> int:
    number = int(text)
    if 1 <= number <= most:
        return number
    raise InvalidRule(_out_of_bounds(text, most))


def _out_of_bounds(text: str, most: int) -> Message:
    return _(
        "“${number}” is out of range. Enter a number from 1 to ${most}.",
        mapping={"number": text, "most": most},
    )
