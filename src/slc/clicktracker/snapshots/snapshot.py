"""What was known of a document at a moment."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import LEVELS
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.progress import who


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

    ``level`` is as in a ``storage.model.Reading``, as are the times of what was
    ``acknowledged`` and ``attested``. ``generation`` is 0 for the account that there was
    then, else that of one that was deleted before. Times are UTC, in whole seconds where it
    was kept, ``engaged`` is in milliseconds.
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
    acknowledged: datetime | None = None
    attested: datetime | None = None

    def reaches(self, level: str) -> bool:
        """Is it of the current version, and as far as is asked for? For the lowest one a download
        is enough, and for any what the reader has acknowledged or somebody attests, as
        everywhere."""
        if not self.is_current:
            return False
        if self.acknowledged or self.attested:
            return True
        if level == ACKNOWLEDGED:
            return False
        if level == DOWNLOADED:
            return self.downloaded is not None
        return level == LEVELS[0] or self.level in LEVELS[LEVELS.index(level) :]


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
    def _by_reader(self) -> dict[tuple[str, str], ReadingThen]:
        """What was known of the accounts that there were then."""
        return {
            who(each.reader): each
            for each in self.readings
            if each.reader is not None and not each.generation
        }

    def reading_of(self, expected: ExpectedThen) -> ReadingThen | None:
        """Return what was known of somebody who was expected, None for nothing, and for a
        person whom the site has forgotten."""
        reader = expected.reader
        return None if reader is None else self._by_reader.get(who(reader))

    def has_read(self, expected: ExpectedThen, level: str = LEVELS[0]) -> bool:
        """Had somebody who was expected got to a level with the current version?"""
        reading = self.reading_of(expected)
        return reading is not None and reading.reaches(level)


#: Why a snapshot was taken: a deadline was over, a day has begun while it is open, somebody
#: has pressed a button.
DEADLINE, DAY, BUTTON = "deadline", "day", "button"
