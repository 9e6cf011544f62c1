"""People and papers: what each of a page of people has read of the documents of a place."""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from slc.clicktracker import _
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.deadlines.deadline import LEAST
from slc.clicktracker.interfaces import IAudienceProgress
from slc.clicktracker.interfaces import IReadingLists
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reports.progress import behind_of
from slc.clicktracker.reports.progress import Expected
from slc.clicktracker.reports.progress import expected_readers
from slc.clicktracker.reports.progress import lacking_of_each
from slc.clicktracker.reports.progress import Progress
from slc.clicktracker.reports.progress import progress_of
from slc.clicktracker.reports.progress import ProgressOfAll
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.progress import MemberProgress
from slc.clicktracker.storage.progress import MemberProgressPage
from slc.clicktracker.storage.progress import Who
from slc.clicktracker.storage.progress import who
from slc.clicktracker.tracking.tracked import tracked_below
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.numbers import localized_number
from typing import Any
from zope.i18nmessageid import Message


#: So many columns fit on a sheet of paper.
MOST_DOCUMENTS = 20

#: Of a place with more in it, whatever that is, nobody looks which of it is tracked.
MOST_ITEMS = 200


class TooManyDocuments(Exception):
    """There are more in a place than a table has columns for."""


class State(Enum):
    """What is known of a person and a document."""

    READ = "read"
    SHORT = "read, but not as far as is asked for"
    OLDER = "older"
    MISSING = "missing"
    NOT_EXPECTED = "not expected"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class MatrixRow:
    """A person, how far they are, and their states with the documents, in that order; of
    each of them, whether it is overdue."""

    progress: MemberProgress
    states: tuple[State, ...]
    overdue: tuple[bool, ...]

    @property
    def reader(self) -> Reader:
        return self.progress.reader


@dataclass(frozen=True)
class Column:
    """A document, and how far its audience is, None where its version is not known yet."""

    document: TrackedDocument
    progress: Progress | None


class Matrix:
    """The documents of a place and those who are expected to read them.

    People with the most missing come first, then by name; ``page_of`` asks for some of
    them. Raises ``StorageError``.
    """

    def __init__(self, documents: tuple[TrackedDocument, ...]) -> None:
        self._expected = expected_readers(documents, Audiences())
        self._known = tuple(each for each in self._expected if each.standing)
        self.progress: ProgressOfAll = progress_of(self._known)

    @property
    def columns(self) -> list[Column]:
        of_document = {each.document: each for each in self.progress.documents}
        return [
            Column(each.document, of_document.get(each.document))
            for each in self._expected
        ]

    def page_of(
        self, search: str, start: int, size: int
    ) -> tuple[MemberProgressPage, list[MatrixRow]]:
        """Return a page of people, and their rows."""
        page = behind_of(self._known, search, start, size)
        people = tuple(row.reader for row in page.rows)
        states = dict(_states(self._known, people)) if people else {}
        lacking = _lacking(self._known, people) if people else {}
        now = utc_now()
        late = {
            its.document.uid: lacking[its.document.uid]
            for its in self._known
            if people and its.deadline and its.deadline.has_passed(now)
        }
        # Most documents have one and the same audience, which may be large.
        audiences = {id(its.readers): its.readers for its in self._expected}
        among = {key: _among(its, people) for key, its in audiences.items()}
        expected = [among[id(its.readers)] for its in self._expected]
        return page, [
            MatrixRow(
                row,
                tuple(self._row(who(row.reader), states, lacking, expected)),
                tuple(self._overdue(who(row.reader), late, expected)),
            )
            for row in page.rows
        ]

    def _overdue(
        self, person: Who, late: Mapping[str, set[Who]], expected: list[set[Who]]
    ) -> Iterator[bool]:
        for its, people in zip(self._expected, expected, strict=True):
            yield person in people and person in late.get(its.document.uid, ())

    def _row(
        self,
        person: Who,
        states: Mapping[tuple[str, Who], State],
        lacking: Mapping[str, set[Who]],
        expected: list[set[Who]],
    ) -> Iterator[State]:
        for its, people in zip(self._expected, expected, strict=True):
            if its.standing is None:
                yield State.UNKNOWN
            elif person not in people:
                # Whatever they have read, the figures are of those who are expected.
                yield State.NOT_EXPECTED
            else:
                uid = its.document.uid
                state = states.get((uid, person), State.MISSING)
                asks_for_more = its.asks_for != LEAST and person in lacking[uid]
                is_short = state is State.READ and asks_for_more
                yield State.SHORT if is_short else state

    @property
    def can_be_overdue(self) -> bool:
        """Is the deadline of any of the documents over?"""
        deadlines = (its.deadline for its in self._expected if its.deadline)
        return any(each.has_passed() for each in deadlines)

    @property
    def asks_for_more(self) -> bool:
        """Is it for any of them not enough to have opened or downloaded it?"""
        return any(its.asks_for != LEAST for its in self._expected)

    @property
    def sentences(self) -> Iterator[Message]:
        """How far all are, and with what they are least far."""
        all_known = {
            "opened": localized_number(self.progress.opened),
            "expected": localized_number(self.progress.expected),
        }
        yield _(
            "${opened} of ${expected} expected readings are known.", mapping=all_known
        )
        shares = [each for each in self.progress.documents if each.expected]
        worst = min(shares, key=_share, default=None)
        if worst is not None and worst.opened < worst.expected:
            of_worst = {
                "title": isolated(worst.document.item.title),
                "opened": localized_number(worst.opened),
                "expected": localized_number(worst.expected),
            }
            yield _(
                "Least read: ${title} (${opened} of ${expected}).", mapping=of_worst
            )


def matrix_of(content: Any, items: int) -> Matrix | None:
    """Return the matrix of a place with so many ``items`` that the viewer may know of.

    None where nothing is tracked, or the storage doesn't know enough. Raises
    ``TooManyDocuments``, and ``StorageError``.
    """
    if storage_with(IAudienceProgress, IReadingLists) is None:
        return None
    if items > MOST_ITEMS:
        raise TooManyDocuments
    documents = tracked_below(content, VIEW_READERS)
    if len(documents) > MOST_DOCUMENTS:
        raise TooManyDocuments
    return Matrix(documents) if documents else None


def _states(
    known: tuple[Expected, ...], people: tuple[Reader, ...]
) -> Iterator[tuple[tuple[str, Who], State]]:
    """Yield what people have read, by document and person; the current version last."""
    current = {
        (uid, text)
        for each in known
        for uid in each.standing.documents
        for text in each.standing.current
    }
    uids = dict.fromkeys(uid for each in known for uid in each.standing.documents)
    query = ReadingQuery(
        documents=tuple(uids),
        readers=people,
        rule=engagement_rule(),
        current_of=tuple(sorted(current)),
        size=None,
    )
    read: dict[str, dict[Who, bool]] = {}
    for row in site_storage().readings(query).rows:
        if not row.former:
            its = read.setdefault(row.document.uid, {})
            its[who(row.reader)] = not row.behind
    for each in known:
        for is_current in (False, True):
            for uid in each.standing.documents:
                for person, its in read.get(uid, {}).items():
                    # Where nothing tells versions apart, any counts.
                    counts = its or not each.standing.current
                    if counts is is_current:
                        state = State.READ if counts else State.OLDER
                        yield (each.document.uid, person), state


def _lacking(
    known: tuple[Expected, ...], people: tuple[Reader, ...]
) -> dict[str, set[Who]]:
    """Return who of some people has not read each document as far as is asked for."""
    lacking = lacking_of_each(known, people)
    return {
        its.document.uid: set(map(who, missing))
        for its, missing in zip(known, lacking, strict=True)
    }


def _among(readers: tuple[Reader, ...], people: tuple[Reader, ...]) -> set[Who]:
    """Return who of many readers are among some people."""
    return set(map(who, people)).intersection(map(who, readers))


def _share(progress: Progress) -> float:
    return progress.opened / progress.expected
