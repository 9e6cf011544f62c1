"""How far the audiences of documents are: what a dashboard asks, of any storage."""

from bisect import bisect_left
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.audience import by_name
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadline import LEAST
from slc.clicktracker.deadlines.deadlines import deadlines_of_each
from slc.clicktracker.interfaces import IAudienceProgress
from slc.clicktracker.interfaces import IReadingFigures
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.activity import Activity
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.progress import Expectation
from slc.clicktracker.storage.progress import LevelNumbers
from slc.clicktracker.storage.progress import MemberProgressPage
from slc.clicktracker.storage.progress import ProgressQuery
from slc.clicktracker.storage.progress import who
from slc.clicktracker.tracking.tracked import tracked_below
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.versions.standing import Standing
from slc.clicktracker.versions.standing import standings_of_items
from typing import Any


@dataclass(frozen=True, eq=False)
class Expected:
    """A document, what stands for it, and who is expected to read it.

    ``standing`` is None where the version is not known yet. So it is not known either
    who has read it: no question is about such a document. ``deadline`` is the one that
    holds for it, if any.
    """

    document: TrackedDocument
    audience: Audience
    standing: Standing | None
    deadline: Deadline | None = None

    @property
    def asks_for(self) -> str:
        """The evidence by which somebody has read it: one of ``EVIDENCE``."""
        return self.deadline.level if self.deadline else LEAST

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Those of the audience who can view it now: nobody reads what he can't."""
        return self.audience.able


@dataclass(frozen=True, eq=False)
class Progress:
    """How far the audience of a document is.

    ``opened`` of those members who can view it now are known to have read it as far as its
    deadline asks for, in a version that counts as the current one: without a deadline, to
    have opened or downloaded it.
    """

    document: TrackedDocument
    audience: Audience
    opened: int
    asks_for: str = LEAST

    @property
    def expected(self) -> int:
        return len(self.audience.able)

    @property
    def missing(self) -> int:
        return self.expected - self.opened


@dataclass(frozen=True, eq=False)
class ProgressOfAll:
    """How far the audiences of documents are: each one's in ``documents``, in the order
    asked for, and of all together.

    There a member counts once for documents of which reading any stands for all, and
    these are one in ``shares``: how far each is that somebody is expected to read, from
    0 to 1, in ascending order.
    """

    documents: tuple[Progress, ...]
    opened: int
    expected: int
    shares: tuple[float, ...]

    @property
    def of_half(self) -> float | None:
        """As far as this are half of the documents, or more of them; None without any.

        One document with very many readers weighs here as much as each of the others.
        """
        if not self.shares:
            return None
        return self.shares[len(self.shares) // 2]


@dataclass(frozen=True, eq=False)
class Missing:
    """What a member is not known to have read, of ``expected`` documents.

    Of documents of which reading any stands for all, that is the first.
    """

    documents: tuple[TrackedDocument, ...]
    expected: int


def expected_readers(
    documents: Iterable[TrackedDocument], audiences: Audiences
) -> tuple[Expected, ...]:
    """Return the documents, each with its audience and its deadline of this moment."""
    listed = tuple(documents)
    standings = standings_of_items(each.item for each in listed)
    deadlines = deadlines_of_each(each.item for each in listed)
    return tuple(
        Expected(each, audiences.of_item(each.item), standing, deadline)
        for each, standing, deadline in zip(listed, standings, deadlines, strict=True)
    )


def progress_of(expected: tuple[Expected, ...]) -> ProgressOfAll:
    """Return how far the audiences of documents are, whose versions are known.

    The storage has to provide ``IAudienceProgress``. Raises ``StorageError`` when it
    can't answer.
    """
    if not expected:
        return ProgressOfAll((), 0, 0, ())
    question = _Question()
    places = [question.of(each, each.readers) for each in expected]
    duties = [
        (question.ask(*duty, members), len(members))
        for duty, members in _duties(expected)
    ]
    opened = site_storage().progress(question.query)
    documents = tuple(
        Progress(each.document, each.audience, opened[place], each.asks_for)
        for each, place in zip(expected, places, strict=True)
    )
    return ProgressOfAll(
        documents,
        opened=sum(opened[place] for place, _size in duties),
        expected=sum(size for _place, size in duties),
        shares=tuple(sorted(opened[place] / size for place, size in duties if size)),
    )


def reached_of(expected: Iterable[Expected]) -> list[LevelNumbers]:
    """Return how far the audience of each document has got, whose versions are known.

    As for ``progress_of``; it is of few documents, as on a page.
    """
    question = _Question()
    places = [question.of(each, each.readers) for each in expected]
    reached = site_storage().levels(question.query, engagement_rule())
    return [reached[place] for place in places]


def lacking_of_each(
    expected: Iterable[Expected], among: tuple[Reader, ...] | None = None
) -> list[tuple[Reader, ...]]:
    """Return who of the audience of each document, or ``among`` some people, is missing, by
    name: all of them where nothing is the current text, and where the storage can't tell.
    The versions have to be known. Raises ``StorageError``."""
    asked = [(each, each.readers if among is None else among) for each in expected]
    storage = storage_with(IAudienceProgress)
    if storage is None:
        return [people for _each, people in asked]
    question = _Question()
    # Without a text that is the current one, any that somebody has read would count.
    places = [
        question.of(each, people) if each.standing.current else None
        for each, people in asked
    ]
    lacking = storage.lacking(question.query)
    return [
        people if place is None else lacking[place]
        for (_each, people), place in zip(asked, places, strict=True)
    ]


def behind_of(
    expected: tuple[Expected, ...], search: str, start: int, size: int
) -> MemberProgressPage:
    """Return a page of members, those of whom least is known first.

    A member is expected to read one of the documents of which any stands for all.
    What is asked for is as in a ``ReadingQuery``; else as for ``progress_of``.
    """
    question = _Question()
    for duty, members in _duties(expected):
        question.ask(*duty, members)
    return site_storage().behind(question.query, search, start, size)


def expected_of(
    expected: tuple[Expected, ...], user: str, folder: str
) -> tuple[Reader | None, tuple[Expected, ...]]:
    """Return a member of the audiences, with the present name, and what that one is
    expected to read. None where nobody expects somebody of that id and user folder."""
    found: dict[int, bool] = {}
    reader = None
    for each in expected:
        readers = each.readers
        if id(readers) in found:
            continue
        if reader is None:
            same = (r for r in readers if r.user == user and r.folder == folder)
            reader = next(same, None)
            found[id(readers)] = reader is not None
        else:
            # Once the name is known, so is the place: all are sorted by it.
            found[id(readers)] = _is_among(readers, reader)
    return reader, tuple(each for each in expected if found[id(each.readers)])


def _is_among(readers: tuple[Reader, ...], reader: Reader) -> bool:
    place = bisect_left(readers, by_name(reader), key=by_name)
    return place < len(readers) and readers[place] == reader


def missing_of(expected: tuple[Expected, ...], reader: Reader) -> Missing:
    """Return what ``reader``, who is expected to read all of the documents, is not
    known to have read in a version that counts, as far as is asked for.

    As for ``progress_of``.
    """
    question = _Question()
    documents: dict[int, TrackedDocument] = {}
    audience = (reader,)
    for each in expected:
        documents.setdefault(question.of(each, audience), each.document)
    numbers = site_storage().progress(question.query)
    missing = (each for place, each in documents.items() if not numbers[place])
    return Missing(tuple(missing), len(documents))


def missing_in(content: Any, reader: Reader) -> Missing | None:
    """Return what somebody is expected to read at and below content, of what the current
    user may see the readers of, and is not known to have read; documents by path.

    None where nobody expects them to read anything, and where the storage doesn't know.
    Raises ``StorageError`` when it can't answer.
    """
    if storage_with(IAudienceProgress) is None:
        return None
    expected = expected_readers(tracked_below(content, VIEW_READERS), Audiences())
    known = tuple(each for each in expected if each.standing)
    member, his = expected_of(known, reader.user, reader.folder)
    return None if member is None else missing_of(his, member)


def activity_of(
    documents: Iterable[TrackedDocument], since: date, until: date
) -> Activity | None:
    """Return how often documents were opened between two days of UTC, both included.

    None where the storage doesn't know. Raises ``StorageError`` when it can't answer.
    """
    storage = storage_with(IReadingFigures)
    if storage is None:
        return None
    return storage.activity(tuple(each.uid for each in documents), since, until)


class _Question:
    """What is asked of the storage: each audience and each item is in it once."""

    def __init__(self) -> None:
        # By identity, which ``Audiences`` sees to: to compare thousands of readers for
        # each document would take longer than everything else.
        self._places: dict[int, int] = {}
        self._audiences: list[tuple[Reader, ...]] = []
        self._items: dict[tuple, int] = {}

    def of(self, expected: Expected, members: tuple[Reader, ...]) -> int:
        """Add that members are to read a document; return the place of the answer."""
        return self.ask(expected.standing, expected.asks_for, members)

    def ask(
        self, standing: Standing, asks_for: str, members: tuple[Reader, ...]
    ) -> int:
        """Add what members are to read, and how far; return the place of the answer."""
        if id(members) not in self._places:
            self._places[id(members)] = len(self._audiences)
            self._audiences.append(members)
        item = *standing.sorted, self._places[id(members)], asks_for
        return self._items.setdefault(item, len(self._items))

    @property
    def query(self) -> ProgressQuery:
        items = tuple(Expectation(*each) for each in self._items)
        return ProgressQuery(items, tuple(self._audiences), engagement_rule())


#: What has to be read, and how far.
_Duty = tuple[Standing, str]


def _duties(
    expected: Iterable[Expected],
) -> Iterator[tuple[_Duty, tuple[Reader, ...]]]:
    """Yield what has to be read, once where any of several documents stands for all of which
    the same is asked, and by whom: everybody whom one of these documents expects and who can
    view it."""
    several = []
    for each in expected:
        if len(each.standing.documents) > 1:
            several.append(each)
        else:
            # As nearly all do, it stands for itself alone.
            yield (each.standing, each.asks_for), each.readers
    duties: dict[tuple, tuple[_Duty, dict[int, tuple[Reader, ...]]]] = {}
    for each in several:
        members, asked = each.readers, each.asks_for
        _duty, audiences = duties.setdefault(
            (frozenset(each.standing.documents), asked), ((each.standing, asked), {})
        )
        audiences[id(members)] = members
    unions: dict[frozenset[int], tuple[Reader, ...]] = {}
    for duty, audiences in duties.values():
        same = frozenset(audiences)
        if same not in unions:
            unions[same] = _union(tuple(audiences.values()))
        yield duty, unions[same]


def _union(audiences: tuple[tuple[Reader, ...], ...]) -> tuple[Reader, ...]:
    """Return the members of audiences, each once; of a single one the very tuple."""
    if len(audiences) == 1:
        return audiences[0]
    return tuple(
        {who(each): each for members in audiences for each in members}.values()
    )
