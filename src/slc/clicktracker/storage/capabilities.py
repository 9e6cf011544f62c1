"""What a storage has to do, and what it may be able to do besides."""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from datetime import timedelta
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.absence import AbsentPage
from slc.clicktracker.storage.activity import Activity
from slc.clicktracker.storage.activity import KnownText
from slc.clicktracker.storage.activity import ReadDocument
from slc.clicktracker.storage.events.model import MemberEvent
from slc.clicktracker.storage.goals.model import Exposure
from slc.clicktracker.storage.goals.model import GoalChance
from slc.clicktracker.storage.goals.model import GoalFigures
from slc.clicktracker.storage.goals.model import SplitFigures
from slc.clicktracker.storage.history import HistoryQuery
from slc.clicktracker.storage.history import ReaderHistory
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import StorageStatus
from slc.clicktracker.storage.outbox.model import Claim
from slc.clicktracker.storage.outbox.model import Hit
from slc.clicktracker.storage.outbox.model import OutboxState
from slc.clicktracker.storage.outbox.model import Settlement
from slc.clicktracker.storage.progress import MemberProgressPage
from slc.clicktracker.storage.progress import ProgressQuery
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import PageViewPage
from slc.clicktracker.storage.visits.model import Presence
from slc.clicktracker.storage.visits.model import VisitPage
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.storage.visits.statistics import SharePage
from slc.clicktracker.storage.visits.statistics import VisitFigures
from zope.interface import Interface


class IClickStorage(Interface):
    """Where readings live. These two methods are enough for a storage.

    Register one in ZCML as an unnamed utility and it is used for every site of
    the instance, before any DSN. A storage that provides no more than this is
    called inside the request of the beacon, at least once for a page view.

    Both methods raise ``slc.clicktracker.storage.errors.StorageUnavailable``
    when the storage can't be reached. All text is free of NUL and lone
    surrogates and no longer than ``slc.clicktracker.storage.text.LIMITS``;
    all times are timezone-aware UTC.
    """

    def logAccess(user: str, path: str, url: str) -> bool:
        """Record that ``user`` visited the content at ``path`` by ``url``, now.

        ``user`` is a user id, empty for anonymous visitors; ``path`` the
        physical path of the content including the id of the site; ``url`` the
        address in the site, with a leading slash. Returns True when it is
        recorded; False means that it is not and should be tried again.
        """

    def getLog(
        prefix: str, order_by: str | None = None, order_reverse: bool = False
    ) -> list[tuple[str, int, datetime, str]]:
        """Return rows (user, count, last access, url) for a place in the site.

        ``prefix`` is a place in a tree: "/a/b" covers "/a/b" and "/a/b/…", not
        "/a/bc"; every character is plain. Rows are grouped by user and url and
        ordered by "member", "url", "count" or "lastaccess"; anything else is
        "member". Ties are broken by user and url, upwards in both directions.
        0.4 returned the same four columns.
        """


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
        audience have opened or downloaded a text that counts: a tuple of numbers."""

    def behind(
        query: ProgressQuery, search: str = "", start: int = 0, size: int | None = 20
    ) -> MemberProgressPage:
        """Return a ``storage.progress.MemberProgressPage`` for a ``ProgressQuery``.

        Everybody in one of the audiences has a row, with the account that there is
        now. ``search``, ``start`` and ``size`` are as in a ``ReadingQuery``.
        """


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


class IVisits(IClickStorage):
    """Capability: who was on the site, tracked content or not, and in which visits.

    ``record_views`` is called like ``IAccessRecorder.record``, by a thread of its own.
    """

    def record_views(views: Sequence[PageView]) -> None:
        """Record a sequence of ``storage.visits.model.PageView``, whole or not at all.

        What was recorded before changes nothing, and the order of arrival doesn't
        matter: of one page view the earliest ``at`` counts and all that came with it, the
        latest ``seen``, the largest ``engaged``, and a session rather than none (of two
        the one that sorts first). Title of a page and name of a reader are the latest that are not
        empty. Page views of members belong to the account that there was at the time.

        ``storage.visits.runs`` decides which page views are one visit, for every
        storage: those of a session until nothing has happened for longer than the ``gap`` of the next
        one, until a log-out, or until somebody else is there: a guest who logs in goes
        on with the visit, a member who is followed by a guest or another member has
        ended it. Raises ``storage.errors.UnstorableData`` where trying again would not help.
        """

    def visits(query: VisitQuery) -> VisitPage:
        """Return a ``storage.visits.model.VisitPage`` for a ``VisitQuery``."""

    def page_views(query: VisitQuery) -> PageViewPage:
        """Return a ``storage.visits.model.PageViewPage`` for a ``VisitQuery``. Log-outs are
        not among them, page views that are part of no visit are."""

    def presence(since: datetime, uid: str = "", url: str = "") -> Presence:
        """Return a ``storage.visits.model.Presence``: who has been active since then and
        has not logged out, and of those, whose last page it is; ``uid`` and ``url`` are as
        in a ``VisitQuery``. Members without a session are there, too."""


class IVisitRetention(IVisits):
    """Capability: forget visitors after some time.

    Each call that removes does one batch, whole or not at all, so that who records has to
    wait for no longer than that takes: it is called with the same ``before`` until it
    returns 0. It does to ``most`` of them what is to be done, and returns to how many it
    has done it. To do it twice at the same time is harmless.
    """

    def drop_views(before: datetime, most: int) -> int:
        """Remove page views and log-outs that began before that time.

        Their visits stay as they are, with all their sums. Of a visit that went on after
        that time the last one of those before it stays. What is older and arrives late is
        not recorded from then on, unless ``before`` is in the future, nor is the first
        page view of a visit when it arrives again.
        """

    def drop_visits(before: datetime, most: int) -> int:
        """Remove visits whose latest activity was before that time, with all page views,
        also younger ones, and the log-out that ended them. What of visits is older and
        arrives late is not recorded from then on. Batches are smaller where visits have
        many page views, and one of these is removed whole."""

    def shorten_addresses(before: datetime, most: int) -> int:
        """Cut the addresses of page views that began before that time, and of visits that
        did, to their networks: ``storage.visits.addresses.shortened``."""

    def drop_unused(before: datetime, most: int) -> int:
        """Remove some pages, browsers and accounts that nothing refers to any more.

        Accounts that were deleted after that time stay. How many these are is up to the
        storage.
        """

    def old_views(before: datetime) -> int:
        """Return how many page views and log-outs ``drop_views`` would remove."""

    def old_visits(before: datetime) -> int:
        """Return how many visits ``drop_visits`` would remove."""

    def whole_addresses(before: datetime) -> int:
        """Return how many addresses ``shorten_addresses`` would cut."""


class IVisitStatistics(IVisits):
    """Capability: how many visits and page views there were, of what kinds.

    Days are those of the site's clock, as page views bring it. What is removed by
    ``IVisitRetention`` still counts, as numbers name nobody; by member, visits count for as
    long as they are kept. A visitor who comes back after all earlier visits were removed
    counts as somebody new. ``forget`` takes what is there of somebody out of all numbers.
    """

    def figures(periods: Sequence[Days]) -> list[VisitFigures]:
        """Return a list of ``storage.visits.statistics.VisitFigures``, one for each of some
        ``storage.visits.days.Days``, in their order."""

    def shares(
        kind: str, days: Days, start: int = 0, size: int | None = 20
    ) -> SharePage:
        """Return a ``storage.visits.statistics.SharePage`` of the visits of some days.

        ``kind`` says by what they are told apart: by the page on which they began
        (``storage.visits.statistics.ENTRIES``) or ended (``EXITS``), the pages that were
        viewed (``PAGES``), the host of the site that visitors came from (``SITES``),
        ``BROWSERS``, ``SYSTEMS``, ``DEVICES`` or ``MEMBERS``; anything else raises
        ``ValueError``. Those with the most visits come first, of ``PAGES`` those
        with the most page views; ties are broken by text, by address and UID, and by user
        id, folder and generation. ``size`` None is all.
        """


class IOutbox(IClickStorage):
    """Capability: keep what services are to be told, until they have counted it.

    Several processes may send at the same time: each hit is sent by one of them, and no
    hit is sent again by itself that may have been counted. Times are those of the
    storage's own clock.
    """

    def put_hits(hits: Sequence[Hit]) -> None:
        """Keep a sequence of ``storage.outbox.model.Hit``, whole or not at all.

        Of hits with the same service and key the first one counts, also if it was sent
        long ago. What is older than ``storage.outbox.model.KEPT`` is left out.
        """

    def claim_hits(service: str, most: int, lease: timedelta) -> Claim | None:
        """Return a ``storage.outbox.model.Claim`` on the oldest waiting hits of a service.

        None where nothing waits, somebody else has a claim, or the last attempt failed
        and the next one is not due. After a failure it is one hit alone. A claim that
        was not settled within the ``lease`` is over: nobody knows what became of its
        hits, so they are set aside as ``storage.outbox.model.IN_DOUBT``.
        """

    def settle_hits(service: str, claim: Claim, settlement: Settlement) -> None:
        """Say what became of the hits of a claim, also of one that is over. Nothing but
        key and time is kept of what was counted."""

    def waiting_hits(service: str, most: int) -> tuple[Hit, ...]:
        """Return a tuple of the oldest waiting hits of a service, and claim none."""

    def outbox(service: str) -> OutboxState:
        """Return the ``storage.outbox.model.OutboxState`` of a service."""

    def send_again(service: str, reason: str) -> int:
        """Let the hits wait again that were set aside for a reason, and the next attempt
        be due now. If that fails, it counts for one failure that was before. Returns how
        many there are."""

    def discard_hits(service: str, reason: str) -> int:
        """Give up the hits that were set aside for a reason; they are never sent. Returns
        how many there were."""

    def drop_old_hits(most: int) -> int:
        """Remove some hits of any service, sent or not, whose page view is longer ago than
        ``storage.outbox.model.KEPT``. Returns how many, 0 when there are no more."""


class IMemberEvents(IClickStorage):
    """Capability: what the members did who are followed, and those of a sample."""

    def record_events(events: Sequence[MemberEvent]) -> None:
        """Record a sequence of ``storage.events.model.MemberEvent``. What was recorded before
        changes nothing, and what is of an account that was deleted since is left out. Raises
        ``storage.errors.UnstorableData`` where trying again would not help."""

    def events(
        since: datetime,
        until: datetime,
        *,
        reader: str | None = None,
        cohort: str | None = None,
    ) -> Iterator[MemberEvent]:
        """Return an iterator over the events from ``since`` to before ``until``, sorted by
        reader, time and key, in constant memory. It is to be exhausted or closed."""

    def drop_events(before: datetime, most: int) -> int:
        """Remove up to ``most`` of the events from before that time, and return how many
        there were. It is called until that is 0."""

    def old_events(before: datetime) -> int:
        """Return how many events ``drop_events`` would remove."""


class IGoals(IOutbox):
    """Capability: which goals readers have reached, each once, and what splits showed them.

    What is recorded is asked for by numbers alone. It goes with the readings of a reader,
    and exposures go with the account, as they are known by the id alone.
    """

    def reach_goals(chances: Sequence[GoalChance]) -> None:
        """Look whether a sequence of ``storage.goals.model.GoalChance`` are goals, whole or
        not at all, by all that is recorded of these readings now.

        A goal is reached once by a reader with one text of a document, whoever looks how
        often and at the same time; it stays reached by any other rule. Only then are the
        hits of the chance put into the outbox, in the same transaction: of several chances
        that come together the latest one counts. A chance of somebody of whom
        there is no reading, nor a note that the page was served, is left out.
        """

    def record_exposures(exposures: Sequence[Exposure]) -> None:
        """Record a sequence of ``storage.goals.model.Exposure``, whole or not at all. The
        first one of a reader and a variant counts. What is of an account that was deleted
        since is left out."""

    def goal_figures(
        goals: Sequence[str], since: datetime, until: datetime
    ) -> tuple[GoalFigures, ...]:
        """Return a ``storage.goals.model.GoalFigures`` for each of some goals, in their
        order, from ``since`` to before ``until``."""

    def split_figures(
        split: str, goal: str, since: datetime, until: datetime
    ) -> SplitFigures:
        """Return the ``storage.goals.model.SplitFigures`` of those who were first shown a
        variant from ``since`` to before ``until``."""


class IStorageMaintenance(IClickStorage):
    """Capability: set up, describe, correct, forget."""

    def setup() -> None:
        """Create or bring up to date what the storage needs; any number of times."""

    def status() -> StorageStatus:
        """Return a ``storage.model.StorageStatus``.

        Raises ``StorageUnavailable`` where the storage can't be reached and
        ``StorageNotSetUp`` where its tables are missing.
        """

    def retire(reader: Reader) -> None:
        """The account of ``reader`` was deleted, now: a later account of the same
        id and user folder is somebody else. The readings are kept, events of members are
        removed, as they are known by the id alone.

        Accesses whose ticket was issued before belong to the deleted account,
        whenever they arrive.
        """

    def forget(reader: Reader) -> int:
        """Remove every trace of ``reader`` and nothing of anybody else's.

        All generations of the id are forgotten, and what was served to them, with their visits,
        also what they saw before they logged in. Returns how many readings were removed.
        """

    def old_addresses(prefix: str) -> list[tuple[str, datetime]]:
        """Return (path, last access) of every document known by path only, at
        and below ``prefix``, that no site has claimed yet.

        That is what 0.4 recorded, and what is recorded by SQL alone
        (``logclick``), which know of no site.
        """

    def adopt(path: str, document: Document) -> int:
        """Give the readings of the old address ``path`` to a ``Document``.

        They are added to those that the document has. Returns how many there
        were, 0 for an unknown address.
        """

    def claim(prefix: str) -> int:
        """Make the unclaimed old addresses at and below ``prefix`` this site's.

        For those that stay old addresses, so that no other site sees them and
        ``getLog`` and ``forget`` reach them. Returns how many there were.
        """

    def close() -> None:
        """Let go of connections; the storage may be used again afterwards."""
