"""What a storage may know of readers and their readings."""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.absence import AbsentPage
from slc.clicktracker.storage.activity import Activity
from slc.clicktracker.storage.activity import KnownText
from slc.clicktracker.storage.activity import ReadDocument
from slc.clicktracker.storage.capabilities.click_storage import IClickStorage
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.history import ReaderHistory
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.past import PastReadings
from slc.clicktracker.storage.progress import LevelNumbers
from slc.clicktracker.storage.progress import MemberProgressPage
from slc.clicktracker.storage.progress import ProgressQuery


class IAccessRecorder(IClickStorage):
    """Capability: record many accesses at once, exactly once in effect.

    ``record`` is called by a thread of its own, outside of any request, without
    a site or a ZODB connection; other methods may be called at the same time.
    """

    def record(accesses: Sequence[Access]) -> None:
        """Record a sequence of ``storage.model.Access``, whole or not at all.

        An access that was recorded before changes nothing; larger totals for
        it win, in whatever order they arrive. The sum of the accesses of a
        reader is the reading: the first time is the earliest ``opened``, the last
        one the latest ``seen``; each of its ``marks`` remains. Path and
        title of a document and the name of a reader are those of the ticket that was issued last; an empty title or
        name says nothing. A version is a document's label and digest: it is known since
        its earliest ticket was issued, and where tickets disagree on its words, the
        larger number counts. Of one ticket, which is a reading and a time of issue,
        no more than ``storage.model.VIEWS_PER_TICKET`` accesses are recorded: more
        views are left out without an error, as a view id is only the browser's
        word; larger totals of those recorded still count. All of them together are
        engaged for no longer than from its issue until the last of them was seen.

        What has the origin ``storage.model.SERVED`` is no access: it counts
        nowhere but in ``coverage`` and ``history``. Of a reader and a version it is kept
        when the first and the last ticket was noted as served. In the same way
        ``DOWNLOADED`` notes that a file was delivered, which is no access
        but a reading. Notes of the anonymous reader are ignored. Raises ``storage.errors.UnstorableData`` where trying
        again would not help.
        """


class IReadingLists(IClickStorage):
    """Capability: readings by document, sorted, filtered and cut by the storage."""

    def readings(query: ReadingQuery) -> ReadingPage:
        """Return a ``storage.model.ReadingPage`` for a ``ReadingQuery``.

        One row is one reader and one document. The order doesn't depend on the
        database's collation: names are compared by code point, without case and
        accents (``storage.folding``), and a reader without a name is sorted by id.
        Levels are found by the query's rule from the raw figures, so that another rule
        re-evaluates old readings; *downloaded* sorts before *opened*. Who was only
        served a page has no row.
        """

    def each_reading(query: ReadingQuery) -> Iterator[Reading]:
        """Return an iterator over the same readings as ``readings``, in its order.

        In constant memory, however many there are: all of them are from one moment.
        The iterator is to be exhausted or closed; ``StorageUnavailable`` may
        come from it at any time.
        """

    def absent(query: AbsenceQuery) -> AbsentPage:
        """Return a ``storage.absence.AbsentPage`` for an ``AbsenceQuery``.

        Those of the expected readers who have opened or downloaded none of the
        documents, with the account that they have now. That a page was served to them is no reading.
        """

    def history(query: HistoryQuery) -> ReaderHistory | None:
        """Return a ``storage.history.ReaderHistory`` for a ``HistoryQuery``, None for
        somebody of whom nothing is known there."""


class IReadingFigures(IClickStorage):
    """Capability: how many readers there are, how far they got, and when."""

    def coverage(
        documents: Sequence[str],
        rule: EngagementRule,
        current: Sequence[str] = (),
        as_one: bool = False,
        left_out: Sequence[Reader] = (),
    ) -> Coverage:
        """Return the ``storage.model.Coverage`` of documents, a sequence of UIDs.

        Each pair of a named reader, current or former, and one of the documents
        counts once; ``as_one``, where reading any of the documents stands for all,
        each reader counts once with what was reached furthest. ``rule`` is an
        ``EngagementRule``. With ``current``, as in a ``ReadingQuery``, only these texts
        count. ``left_out`` are ``Reader``s who are not counted, with the account that
        they have now.
        """

    def depths(
        documents: Sequence[str],
        current: Sequence[str] = (),
        left_out: Sequence[Reader] = (),
    ) -> tuple[tuple[int, int], ...]:
        """Return how deep readers got: a tuple of (percent, readers) by percent.

        Each pair of a reader and one of the documents counts once, with its
        greatest depth; anonymous readers are not among them. ``current`` and
        ``left_out`` are as for ``coverage``. Downloads alone say nothing of it.
        """

    def first_readings(
        documents: Sequence[str],
        current: Sequence[str] = (),
        as_one: bool = False,
        left_out: Sequence[Reader] = (),
    ) -> tuple[tuple[date, int], ...]:
        """Return when readers came: a tuple of (day, readers) by day, days of UTC.

        Each pair of a named reader and one of the documents counts once, on the day
        of its first access or download. All else is as for ``coverage``.
        """

    def activity(documents: Sequence[str], since: date, until: date) -> Activity:
        """Return the ``storage.activity.Activity`` of documents from the day ``since``
        to the day ``until``, both included."""


class IAudienceProgress(IClickStorage):
    """Capability: how far audiences are with what they are expected to read."""

    def progress(query: ProgressQuery) -> tuple[int, ...]:
        """Return, for each item of a ``storage.progress.ProgressQuery``, how many of its
        audience have read a text that counts, as far as is asked for: a tuple of numbers."""

    def lacking(query: ProgressQuery) -> tuple[tuple[Reader, ...], ...]:
        """Return, for each item, those of its audience whom ``progress`` doesn't count: a
        tuple of ``Reader``s, each once, in the order of the audience."""

    def levels(query: ProgressQuery, rule: EngagementRule) -> tuple[LevelNumbers, ...]:
        """Return, for each item of a ``storage.progress.ProgressQuery``, how far those
        have got who have read a text that counts, whatever is asked for: a tuple of
        ``storage.progress.LevelNumbers``.

        Levels are by the ``rule``. Who has read several texts that count, or several
        documents of which any stands for all, has reached the furthest level.
        """

    def behind(
        query: ProgressQuery, search: str = "", start: int = 0, size: int | None = 20
    ) -> MemberProgressPage:
        """Return a ``storage.progress.MemberProgressPage`` for a ``ProgressQuery``.

        Everybody in one of the audiences has a row, with the account that there is
        now. ``search``, ``start`` and ``size`` are as in a ``ReadingQuery``.
        """


class IReaderSets(IClickStorage):
    """Capability: answer questions about many readers from what is derived of readings.

    What is derived is never the truth: it is always what readings amount to, and can be
    thrown away and made anew. Each question brings it up to date first; who records does
    so from time to time, so that there is little left to do for a question.
    """

    def catch_up(
        rule: EngagementRule | None = None, go_on: Callable[[], bool] = ...
    ) -> None:
        """Bring what is derived up to date with all that was recorded before.

        Levels are found by ``rule``, or as they were. It works in steps, and stops between
        two of them where ``go_on`` says no. Raises ``StorageError``.
        """

    def rebuild(go_on: Callable[[], bool] = ...) -> None:
        """Throw away all that is derived, and make it anew; as ``catch_up``."""

    def load(documents: Sequence[str]) -> None:
        """Have in memory what the next questions about documents, given by UID, are answered
        from. Nothing is brought up to date, so it takes little time and writes nothing;
        answers are the same without it. Raises ``StorageError``."""


class IReadDocuments(IClickStorage):
    """Capability: which documents the storage knows, and which texts of them."""

    def texts(documents: Sequence[str]) -> tuple[KnownText, ...]:
        """Return a tuple of ``storage.activity.KnownText``, by document in the order
        given, the newest text first: the one that was served last."""

    def document_uids() -> frozenset[str]:
        """Return a frozenset: the UIDs of all documents of which anything is known, if
        only that a page was served. Old addresses have none.

        What asks for figures of some of them looks for these first: this is quick,
        however many there are.
        """

    def read_documents(documents: Sequence[str]) -> tuple[ReadDocument, ...]:
        """Return a tuple of ``storage.activity.ReadDocument`` for those of the documents
        that somebody has opened or downloaded, the latest first and then by UID."""


class IPastReadings(IClickStorage):
    """Capability: what was known of readers in the past, from single accesses."""

    def past_readings(
        documents: Sequence[str], moment: datetime, rule: EngagementRule
    ) -> PastReadings:
        """Return the ``storage.past.PastReadings`` of named readers of documents at a
        moment, from one state of what is recorded. Levels are by the ``rule``.

        Nothing is said of a moment by what was reported later: a page view that was still
        going on counts as opened. Where accesses are missing that readings have counted,
        the answer is not ``complete``, and empty. Whoever was forgotten is not in it.
        """
