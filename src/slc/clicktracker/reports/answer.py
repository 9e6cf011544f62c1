"""The answer to "Has everybody read it?" in plain sentences, and as parts of a bar."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker import _
from slc.clicktracker.reports.bar_parts import Part
from slc.clicktracker.reports.bar_parts import parts_of
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import OPENED
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import OLDER
from slc.clicktracker.storage.progress import LevelNumbers
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.numbers import localized_number
from zope.i18nmessageid import Message


#: So many people are named in a sentence; more are counted.
MOST_NAMED = 3


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
    somebody who counts opened or downloaded it last, None without any. As far as is asked
    for, which is ``asks_for``, have ``met`` read it.
    """

    reached: LevelNumbers
    older: Unread
    absent: Unread
    what_counts: Message
    has_downloads: bool = False
    others: int = 0
    last: datetime | None = None
    asks_for: Level = OPENED
    met: int = 0

    @property
    def asks_for_more(self) -> bool:
        """Is it not enough to have opened or downloaded it?"""
        return self.asks_for is not OPENED

    @property
    def short(self) -> int:
        """How many have read what counts, but not as far as is asked for."""
        return self.opened - self.met if self.asks_for_more else 0

    @property
    def short_title(self) -> Message:
        """What they are called."""
        if self.asks_for is ACKNOWLEDGED:
            return _("Read, but not acknowledged")
        return _("Read, but not as far as is asked for")

    @property
    def opened(self) -> int:
        return sum(self.reached)

    @property
    def expected(self) -> int:
        return self.opened + self.older.number + self.absent.number

    @property
    def sentences(self) -> Iterator[Message]:
        """Who has read it as far as is asked for, who less, who an older version, of whom
        nothing is known."""
        yield self._met if self.asks_for_more else self._opened
        if self.short:
            yield self._short
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
        messages = _DOWNLOADED if self.has_downloads else _OPENED
        if self.reached.acknowledged or self.reached.attested:
            messages = _KNOWN
        return self._told(messages, self.opened)

    @property
    def _met(self) -> Message:
        if self.asks_for is not ACKNOWLEDGED:
            return self._told(_AS_ASKED, self.met)
        attested = self.reached.attested
        return self._told(_DECLARED if attested else _ACKNOWLEDGED, self.met)

    def _told(self, messages: tuple[Message, ...], number: int) -> Message:
        """Say of so many of those who are expected that they have read it."""
        if not self.expected:
            return _("No expected readers are known.")
        nobody, one, some, everybody, single = messages
        message = one if number == 1 else some
        if not number:
            message = nobody
        elif number == self.expected:
            message = everybody if self.expected > 1 else single
        mapping = {
            "opened": localized_number(number),
            "expected": localized_number(self.expected),
            "version": self.what_counts,
        }
        return Message(message, mapping=mapping)

    @property
    def _short(self) -> Message:
        number = {"number": localized_number(self.short)}
        if self.asks_for is ACKNOWLEDGED:
            one = _("One other has read it, but not acknowledged it.")
            many = _("${number} others have read it, but not acknowledged it.")
        else:
            one = _("One other has read it, but not as far as that.")
            many = _("${number} others have read it, but not as far as that.")
        return one if self.short == 1 else Message(many, mapping=number)

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

#: Where that is asked for.
_ACKNOWLEDGED = (
    _("None of ${expected} has acknowledged ${version}."),
    _("One of ${expected} has acknowledged ${version}."),
    _("${opened} of ${expected} have acknowledged ${version}."),
    _("All ${expected} expected readers have acknowledged ${version}."),
    _("The only expected reader has acknowledged ${version}."),
)

#: The same where somebody else vouches for some of them; there is nobody then of none.
_DECLARED = (
    _ACKNOWLEDGED[0],
    _("One of ${expected} is attested to have read ${version}."),
    _(
        "${opened} of ${expected} have acknowledged ${version}, or are attested to have "
        "read it."
    ),
    _(
        "All ${expected} expected readers have acknowledged ${version}, or are attested to "
        "have read it."
    ),
    _("The only expected reader is attested to have read ${version}."),
)

#: Where another level is asked for: whoever has acknowledged it has not reached that, but is
#: not missing.
_AS_ASKED = (
    _("None of ${expected} is known to have read ${version} as far as is asked for."),
    _("One of ${expected} is known to have read ${version} as far as is asked for."),
    _(
        "${opened} of ${expected} are known to have read ${version} as far as is asked "
        "for."
    ),
    _(
        "All ${expected} expected readers are known to have read ${version} as far as is "
        "asked for."
    ),
    _(
        "The only expected reader is known to have read ${version} as far as is asked for."
    ),
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
