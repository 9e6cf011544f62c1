"""``AskedException``: somebody is to be excused from reading an item."""

from dataclasses import dataclass
from dataclasses import replace
from functools import cached_property
from plone import api
from slc.clicktracker import _
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.exceptions import AudienceException
from slc.clicktracker.audience.exceptions import change_exception
from slc.clicktracker.audience.exceptions import exceptions_at
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.exceptions import site_day
from slc.clicktracker.reports.asked import Day
from slc.clicktracker.reports.asked import days_from
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.words.names import name_of
from slc.clicktracker.words.times import local_day
from typing import Any
from zope.i18nmessageid import Message


NO_MEMBER = _("There is no such member.")


def key_of(exception: AudienceException) -> str:
    """Return what tells an exception from others about the same person."""
    return str(microseconds(exception.since))


def held_exception(content: Any, key: str) -> AudienceException | None:
    """Return what holds and was recorded at this very item, None for no such key."""
    recorded = exceptions_at(content) if key else ()
    found = (each for each in recorded if each.holds and key_of(each) == key)
    return next(found, None)


def last_day(typed: Any) -> Day:
    """Return the last day of an exception as it was typed, with what is wrong with it."""
    _since, until = days_from("", typed)
    if until.value is None or until.value >= site_day():
        return until
    return replace(until, value=None, problem=_("This day is past."))


@dataclass(frozen=True)
class AskedException:
    """A member, by ``user`` id, with a ``reason`` and the last day. ``until`` and the reason
    are right already, and the member is there."""

    user: str
    reason: str
    until: Day

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.user)

    @property
    def is_member(self) -> bool:
        return bool(self.user) and api.user.get(userid=self.user) is not None

    def add(self, content: Any) -> tuple[bool, Message]:
        """Excuse them from content and what is below it. Return whether that changed
        anything, and what was done."""
        is_expected = _is_among(audience_of(content).members, self.reader)
        name = {"name": name_of(self.reader)}
        if not excuse(content, self.reader, self.reason, self.until.value):
            return False, _(
                "Nothing was changed: ${name} is excused here already.", mapping=name
            )
        if not is_expected:
            return True, _(
                "${name} is excused from reading this item and everything below it, "
                "but wasn't expected to read this item anyway.",
                mapping=name,
            )
        return True, _(
            "${name} is excused from reading this item and everything below it.",
            mapping=name,
        )

    def change(
        self, content: Any, before: AudienceException | None
    ) -> tuple[bool, Message]:
        """Put it in the place of an exception that holds, unless somebody else has ended
        that meanwhile; else as ``add``."""
        until, name = self.until.value, {"name": name_of(self.reader)}
        is_same = before is not None and before.reader == self.reader
        if not (is_same and change_exception(content, before, self.reason, until)):
            return False, _("Nothing was changed.")
        if until is None:
            return True, _("${name} is excused for good now.", mapping=name)
        return True, _(
            "${name} is excused until ${day} now.",
            mapping=name | {"day": local_day(until)},
        )


def _is_among(members: tuple[Reader, ...], reader: Reader) -> bool:
    who = reader.folder, reader.user
    return any((each.folder, each.user) == who for each in members)
