"""The rows of the dashboard's list, and the figures of all of them together."""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadline import is_overdue
from slc.clicktracker.deadlines.deadline import LEAST
from slc.clicktracker.doors.page_ticket import is_file
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.progress import Expected
from slc.clicktracker.reports.progress import Progress
from slc.clicktracker.reports.progress import progress_of
from slc.clicktracker.reports.progress import ProgressOfAll
from slc.clicktracker.sites.privacy import smallest_group
from slc.clicktracker.storage.activity import Activity
from slc.clicktracker.tracking.allowed import Permitted
from slc.clicktracker.tracking.lasting import known_of_items
from slc.clicktracker.tracking.lasting import state_of_types
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.versions.primary_file import has_files
from typing import NamedTuple


class Row(NamedTuple):
    """A document in the list. ``progress`` is None, and ``times`` too, where the storage
    doesn't tell; a file has no ``times``: it is downloaded, not opened. ``before`` is
    how often it was opened in the period before. ``expected`` are those who should read
    it, None where the storage doesn't tell.

    ``is_hidden``: the viewer must not know how far the audience is, nor how often it was
    opened, which would tell of single people. ``is_unknown``: nobody knows, as the version is not known yet.

    ``is_overdue``: the ``deadline`` is over, and somebody is not known to have read it as
    far as it asks for. That is not told of what is hidden.
    """

    document: TrackedDocument
    progress: Progress | None = None
    times: int | None = None
    before: int | None = None
    expected: Expected | None = None
    is_hidden: bool = False
    is_unknown: bool = False
    deadline: Deadline | None = None
    is_overdue: bool = False

    @property
    def title(self) -> str:
        return self.document.item.title

    @property
    def share(self) -> float:
        """How far the audience is, from 0 to 1."""
        expected = self.progress.expected
        return self.progress.opened / expected if expected else 0

    @property
    def percent(self) -> int:
        return int(100 * self.share)

    @property
    def has_share(self) -> bool:
        """Is it told how far the audience is?"""
        is_told = self.progress is not None and bool(self.progress.expected)
        return is_told and not (self.is_hidden or self.is_unknown)

    @property
    def evidence(self) -> Level | None:
        """What the deadline asks for; None without one, and where it is enough to have
        opened it."""
        deadline = self.deadline
        is_more = deadline is not None and deadline.level != LEAST
        return level_of(deadline.level) if is_more else None

    @property
    def by_share(self) -> tuple[bool, float]:
        """Sorts by how far the audience is; last is what has no share to show."""
        return not self.has_share, self.share if self.has_share else 0

    @property
    def by_need(self) -> tuple[bool, float, int]:
        """Sorts by who is missing: by share, and then those with the most people."""
        return *self.by_share, -self.progress.missing if self.has_share else 0

    @property
    def by_deadline(self) -> tuple[bool, float]:
        """Sorts by deadline, last what has none."""
        deadline = self.deadline
        return deadline is None, deadline.moment.timestamp() if deadline else 0

    @property
    def by_times(self) -> tuple[bool, int]:
        """Sorts by how often it was opened, files last."""
        return self.times is None, self.times or 0


@dataclass(frozen=True)
class DashboardFigures:
    """What the storage says of all documents, whichever of them are listed: how often
    they were opened in the period and in that ``before``, None where it doesn't know,
    and how far their audiences are.

    ``rows`` are by title, ``progress`` is that of all which can be shown.
    """

    activity: Activity | None
    before: Activity | None
    rows: tuple[Row, ...]
    progress: ProgressOfAll

    @property
    def opened(self) -> int:
        return self.progress.opened

    @property
    def expected(self) -> int:
        return self.progress.expected

    @property
    def percent_of_half(self) -> int | None:
        """As far as this are half of the documents, None without any to tell of."""
        share = self.progress.of_half
        return None if share is None else int(100 * share)

    @property
    def hidden(self) -> int:
        """How many are not in the sums: a sum of all would tell of them."""
        return sum(row.is_hidden for row in self.rows)

    @property
    def unknown(self) -> int:
        return sum(row.is_unknown for row in self.rows)

    @property
    def unable(self) -> int:
        """How many readings are expected of people who can't view the document."""
        return sum(row.progress.audience.unable for row in self.rows)

    @property
    def accesses(self) -> int:
        return _accesses(self.activity)

    @property
    def accesses_before(self) -> int:
        return _accesses(self.before)


@dataclass(frozen=True)
class Told:
    """What is told of documents: how far all are that can be shown, and each of them. The
    others are ``hidden``, or nobody knows."""

    progress: ProgressOfAll
    known: Mapping[Expected, Progress]
    hidden: Set[Expected]

    @classmethod
    def of(cls, expected: tuple[Expected, ...]) -> "Told":
        """Ask for that. Raises ``StorageError``."""
        may_see = Permitted(VIEW_READERS)
        unnamed = {each for each in expected if not may_see.on_item(each.document.item)}
        hidden = set(filter(_is_telling, unnamed))
        told = cls._but(expected, hidden)
        # Of each of them it is known, where all have opened something or nobody has.
        telling = {
            each
            for each, its in told.known.items()
            if each in unnamed and its.expected and its.opened in (0, its.expected)
        }
        return cls._but(expected, hidden | telling) if telling else told

    @classmethod
    def _but(cls, expected: tuple[Expected, ...], hidden: Set[Expected]) -> "Told":
        """Return what is told of all that are neither unknown nor hidden."""
        shown = tuple(each for each in expected if each.standing and each not in hidden)
        progress = progress_of(shown)
        known = dict(zip(shown, progress.documents, strict=True))
        return cls(progress, known, hidden)

    def hides(self, expected: Expected) -> bool:
        """Must the viewer not know how far an audience is, if there is one?"""
        return expected in self.hidden and bool(expected.readers)


def rows_of(
    expected: tuple[Expected, ...],
    told: Told,
    activity: Activity | None,
    before: Activity | None,
) -> list[Row]:
    """Return the rows of documents with how often each was opened in a period and in that
    ``before``, both of what is not hidden alone."""
    times, earlier = map(_by_document, (activity, before))
    files = _Files()
    found = []
    for each in expected:
        document, is_hidden = each.document, told.hides(each)
        has_times = not (is_hidden or document in files)
        found.append(
            Row(
                document,
                told.known.get(each) or Progress(document, each.audience, 0),
                _times(document, times) if has_times else None,
                _times(document, earlier) if has_times else None,
                each,
                is_hidden,
                each.standing is None,
            )
        )
    return found


def with_deadlines(rows: Iterable[Row], now: datetime) -> list[Row]:
    """Return the rows with their deadlines, and whether these are overdue."""
    return [
        row
        if row.expected.deadline is None
        else row._replace(
            deadline=row.expected.deadline, is_overdue=_is_overdue(row, now)
        )
        for row in rows
    ]


def _is_overdue(row: Row, now: datetime) -> bool:
    missing = row.progress.missing if row.has_share else 0
    return is_overdue(row.expected.deadline, missing, now)


def _is_telling(expected: Expected) -> bool:
    """Would any progress tell of single people? Of few people, and of those whom
    somebody has named: four who never come, and the one who is asked about."""
    few = 0 < len(expected.readers) < smallest_group()
    return few or expected.audience.names_people


def _accesses(activity: Activity) -> int:
    return sum(number for _day, number in activity.by_day)


def _by_document(activity: Activity | None) -> dict[str, int] | None:
    return None if activity is None else dict(activity.by_document)


def _times(document: TrackedDocument, times: dict[str, int] | None) -> int | None:
    """Return how often a document was opened in the period, None where the storage
    doesn't know."""
    return None if times is None else times.get(document.uid, 0)


class _Files:
    """Tells which documents are files."""

    def __init__(self) -> None:
        self._known = known_of_items("files", state_of_types())

    def __contains__(self, document: TrackedDocument) -> bool:
        item = document.item
        known = self._known.get(item.rid)
        if known is None:
            known = item.ask(has_files) and is_file(item.content)
            self._known.keep(item.rid, known)
        return known
