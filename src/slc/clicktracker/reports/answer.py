"""The answer to "Has everybody read it?" in plain sentences, and as parts of a bar."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker import _
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import ATTESTED
from slc.clicktracker.reports.levels import DOWNLOADED
from slc.clicktracker.reports.levels import ENGAGED
from slc.clicktracker.reports.levels import FINISHED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import OPENED
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import OLDER
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.reports.tabs import Tab
from slc.clicktracker.storage.progress import LevelNumbers
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.numbers import localized_number
from zope.i18nmessageid import Message


#: So many people are named in a sentence; more are counted.
MOST_NAMED = 3

#: Of whom a bar tells, from the furthest to the least: the level and its place in
#: ``LevelNumbers``.
_SHOWN = (ACKNOWLEDGED, ATTESTED, FINISHED, ENGAGED, OPENED, DOWNLOADED)


@dataclass(frozen=True)
class Part:
    """A part of a bar: how many people it is of, and the list that they are in, ``tab``
    with only those of a ``level``, "" for all of it. ``colour`` is one of Bootstrap's."""

    title: Message
    number: int
    colour: str
    tab: Tab
    level: str = ""


@dataclass(frozen=True)
class Unread:
    """Those of whom it is not known that they have read what counts: how many, and their
    ``names`` where they are few. ``is_silent``: nothing at all is known of those named."""

    number: int
    names: tuple[str, ...] = ()
    is_silent: bool = False


@dataclass(frozen=True)
class Answer:
    """How far those are who are expected to read a document, each of them once.

    ``reached`` tells how far those have got who have read ``what_counts``; ``older``
    have read an older version only, of ``absent`` nothing shows that they have read any.
    ``others`` are how many more have read what counts, whom nobody expected. With
    ``has_downloads`` some may have downloaded what they never opened. ``last`` is when
    somebody who counts opened or downloaded it last, None without any.
    """

    reached: LevelNumbers
    older: Unread
    absent: Unread
    what_counts: Message
    has_downloads: bool = False
    others: int = 0
    last: datetime | None = None

    @property
    def opened(self) -> int:
        return sum(self.reached)

    @property
    def expected(self) -> int:
        return self.opened + self.older.number + self.absent.number

    @property
    def sentences(self) -> Iterator[Message]:
        """Who has read it, who has read an older version, of whom nothing is known."""
        yield self._opened
        if self.older.number:
            yield self._older
        # Without names, that would say the same of all of them once more.
        if self.absent.number and (self.absent.names or self._has_readers):
            yield self._absent
        if self.others:
            yield self._others

    @property
    def _has_readers(self) -> bool:
        """Is any of those who are expected known to have read any version?"""
        return bool(self.opened or self.older.number)

    @property
    def _opened(self) -> Message:
        if not self.expected:
            return _("No expected readers are known.")
        messages = _DOWNLOADED if self.has_downloads else _OPENED
        if self.reached.acknowledged or self.reached.attested:
            messages = _KNOWN
        nobody, one, some, everybody, single = messages
        message = one if self.opened == 1 else some
        if not self.opened:
            message = nobody
        elif self.opened == self.expected:
            message = everybody if self.expected > 1 else single
        mapping = {
            "opened": localized_number(self.opened),
            "expected": localized_number(self.expected),
            "version": self.what_counts,
        }
        return Message(message, mapping=mapping)

    @property
    def _older(self) -> Message:
        older = self.older
        if self.has_downloads:
            one = _("${name} has only opened or downloaded an older version.")
            many = _("${name} have only opened or downloaded an older version.")
        else:
            one = _("${name} has only opened an older version.")
            many = _("${name} have only opened an older version.")
        message = one if older.number == 1 else many
        return Message(message, mapping={"name": _named(older)})

    @property
    def _absent(self) -> Message:
        absent = self.absent
        if absent.names and absent.is_silent:
            return _("Nothing is known of ${name}.", mapping={"name": _named(absent)})
        if self.has_downloads:
            one = _("${name} has not opened or downloaded it yet, as far as is known.")
            many = _(
                "${name} have not opened or downloaded it yet, as far as is known."
            )
        else:
            one = _("${name} has not opened it yet, as far as is known.")
            many = _("${name} have not opened it yet, as far as is known.")
        message = one if absent.number == 1 else many
        return Message(message, mapping={"name": _named(absent)})

    @property
    def _others(self) -> Message:
        one, many = _OTHERS[bool(self.expected), self.has_downloads]
        mapping = {"number": localized_number(self.others)}
        return Message(one if self.others == 1 else many, mapping=mapping)

    @property
    def parts(self) -> list[Part]:
        """The parts of the bar, from the furthest, without those of nobody."""
        rest = (
            Part(OLDER.title, self.older.number, "warning", OLDER),
            Part(ABSENT.title, self.absent.number, "light", ABSENT),
        )
        return [*parts_of(self.reached), *(part for part in rest if part.number)]


def parts_of(reached: LevelNumbers) -> list[Part]:
    """Return the parts for those who have read it, without those of nobody."""
    numbers = ((level, getattr(reached, level.name)) for level in _SHOWN)
    return [_part(level, number) for level, number in numbers if number]


def _part(level: Level, number: int) -> Part:
    return Part(level.title, number, level.colour, READ, level.name)


def unread(number: int, people: Iterable[tuple[str, bool]]) -> Unread:
    """Return what is said of so many people, of whom some are given: the name, and
    whether nothing at all is known. They are named if they are few, and all are given."""
    given = list(people)
    if not number or number > MOST_NAMED or len(given) != number:
        return Unread(number)
    return Unread(
        number,
        tuple(name for name, _silent in given),
        all(is_silent for _name, is_silent in given),
    )


def _named(people: Unread) -> str:
    """Return the names of few people, the number of many."""
    if people.names:
        return ", ".join(map(isolated, people.names))
    return localized_number(people.number)


#: Nobody, one, some, all of those who are expected, and the only one.
_OPENED = (
    _("None of ${expected} is known to have opened ${version}."),
    _("One of ${expected} has opened ${version}."),
    _("${opened} of ${expected} have opened ${version}."),
    _("All ${expected} expected readers have opened ${version}."),
    _("The only expected reader has opened ${version}."),
)
_DOWNLOADED = (
    _("None of ${expected} is known to have opened or downloaded ${version}."),
    _("One of ${expected} has opened or downloaded ${version}."),
    _("${opened} of ${expected} have opened or downloaded ${version}."),
    _("All ${expected} expected readers have opened or downloaded ${version}."),
    _("The only expected reader has opened or downloaded ${version}."),
)

#: Where somebody has said so, or somebody else vouches.
_KNOWN = (
    _("None of ${expected} is known to have read ${version}."),
    _("One of ${expected} is known to have read ${version}."),
    _("${opened} of ${expected} are known to have read ${version}."),
    _("All ${expected} expected readers are known to have read ${version}."),
    _("The only expected reader is known to have read ${version}."),
)

#: One, and more of those whom nobody expected: by whether anybody is expected, and whether
#: some may have downloaded it.
_OTHERS = {
    (True, False): (
        _("One other person has opened it."),
        _("${number} other people have opened it."),
    ),
    (True, True): (
        _("One other person has opened or downloaded it."),
        _("${number} other people have opened or downloaded it."),
    ),
    (False, False): (
        _("One person has opened it."),
        _("${number} people have opened it."),
    ),
    (False, True): (
        _("One person has opened or downloaded it."),
        _("${number} people have opened or downloaded it."),
    ),
}
