"""What was known of a document at a moment."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import LEVELS
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import READING_LEVELS


@dataclass(frozen=True)
class DocumentThen:
    """A document, or a translation that stands for it, with the version that was its
    current one. ``text`` is what that is known by, "" where nobody knows."""

    uid: str
    path: str
    title: str
    text: str
    label: str = ""
    words: int = 0


@dataclass(frozen=True)
class ExpectedThen:
    """Somebody who was expected to read it, with the name then; None for a person whom the
    site has forgotten since. ``able``: they could view it then."""

    reader: Reader | None
    able: bool = True


@dataclass(frozen=True)
class ReadingThen:
    """What was known of one reader: how far they had got with what counted as the current
    version, or where they had read none of that, with the older one that they read last.

    ``generation`` is 0 for the account that there was then, else that of one that was
    deleted before. Times are UTC, in whole seconds where it was kept, ``engaged`` is in
    milliseconds.
    """

    reader: Reader | None
    level: str
    text: str
    label: str
    is_current: bool
    count: int
    first: datetime
    last: datetime
    downloaded: datetime | None = None
    engaged: int = 0
    generation: int = 0


@dataclass(frozen=True)
class Snapshot:
    """All that was known of a document at a ``moment``; it was ``taken`` then or later.

    ``documents`` has the document first. ``current`` are the texts that counted as the
    current one. ``expected`` is sorted by name, as it was; where not ``complete``, there
    may have been more. ``by`` took it, None for the site itself; ``why`` is one of the
    words below. ``from_accesses``: the readings were computed later, from accesses.
    """

    uid: str
    moment: datetime
    taken: datetime
    why: str
    by: Reader | None
    documents: tuple[DocumentThen, ...]
    current: tuple[str, ...]
    deadline: Deadline | None
    rule: EngagementRule
    expected: tuple[ExpectedThen, ...]
    excused: tuple[Reader | None, ...]
    complete: bool
    readings: tuple[ReadingThen, ...]
    from_accesses: bool = False

    @cached_property
    def level_of(self) -> dict[tuple[str, str], str]:
        """The levels of present readers of the current version, by user folder and id."""
        return {
            (each.reader.folder, each.reader.user): each.level
            for each in self.readings
            if each.reader is not None and each.is_current and not each.generation
        }

    def has_read(self, expected: ExpectedThen, least: str = LEVELS[0]) -> bool:
        """Had somebody who was expected got to a level with the current version? For the
        lowest one, a download is enough, as everywhere."""
        if expected.reader is None:
            return False
        reader = expected.reader
        level = self.level_of.get((reader.folder, reader.user))
        if level is None or least == LEVELS[0]:
            return level is not None
        return READING_LEVELS.index(level) >= READING_LEVELS.index(least)

    @property
    def numbers(self) -> Counter:
        """How many readers of the current version had got to which level, and no
        further."""
        return Counter(each.level for each in self.readings if each.is_current)


#: Why a snapshot was taken: a deadline was over, a day has begun while it is open, somebody
#: has pressed a button, a report was sealed.
DEADLINE, DAY, BUTTON, SEAL = "deadline", "day", "button", "seal"
