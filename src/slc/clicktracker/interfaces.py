"""The public contract: everything that other packages and sites depend on.

The names here are stored in existing sites (markers, registry records) and
used by other packages (the storage); they stay.
"""

from slc.clicktracker import _
from zope import schema
from zope.interface import Interface
from zope.publisher.interfaces.browser import IDefaultBrowserLayer


class IClickTrackerLayer(IDefaultBrowserLayer):
    """The add-on is installed in the site of this request."""


class IContentIsTracked(Interface):
    """Marker on content: its reads and those of what is below are recorded."""


class IContentIsExcluded(Interface):
    """Marker on content: not tracked, nor what is below it, although an
    ancestor is."""


class IContentIsIgnored(Interface):
    """Marker on a request: tracking is off for this one request.

    Put it on the request before the page is rendered.
    """


class IClickTrackerSettings(Interface):
    """Where readings are stored.

    This is not the schema of a control panel served by REST: the address may
    hold a password.
    """

    dsn = schema.TextLine(
        title=_("Database address (DSN)"),
        description=_(
            "The PostgreSQL database, in libpq form: dbname=tracking host=db.example.org "
            "user=plone password=… Without one, readings are kept in a SQLite file."
        ),
        required=False,
    )


class ITrackingPolicy(Interface):
    """Who is tracked, and how long a page that was shown can be reported."""

    track_anonymous = schema.Bool(
        title=_("Count anonymous visitors"),
        description=_(
            "Reads by visitors who are not logged in are counted together, without names."
        ),
        default=False,
        required=False,
    )

    ticket_lifetime = schema.Int(
        title=_("Lifetime of a ticket in hours"),
        description=_(
            "How long after a page was served its reading is accepted without asking "
            "the server for a fresh ticket. Three days at most, as the site's keys rotate daily."
        ),
        default=24,
        min=1,
        max=72,
    )


class ICollectorSettings(Interface):
    """How much the collector takes, and how safely it keeps that."""

    strict = schema.Bool(
        title=_("Wait for the disk"),
        description=_(
            "Each read is on the disk before it is acknowledged. Otherwise a power cut "
            "may cost the last second; a crash of Plone costs nothing either way."
        ),
        default=False,
        required=False,
    )

    spool_limit = schema.Int(
        title=_("Largest spool, in megabytes"),
        description=_(
            "How much each server process keeps while the storage is down. Beyond that "
            "browsers are asked to try again later. 200 MB are some 400,000 reads."
        ),
        default=200,
        min=1,
        max=100_000,
    )

    reader_limit = schema.Int(
        title=_("Messages per minute and reader"),
        description=_(
            "What one reader may send in a minute, more at once after a pause. "
            "0 is without limit."
        ),
        default=120,
        min=0,
        max=1_000_000,
    )

    address_limit = schema.Int(
        title=_("Messages per minute and address"),
        description=_(
            "What may come from one network address in a minute without a log-in that "
            "counts: anonymous visits and refused messages, and for a moment after the "
            "site's keys have changed, which is once a day, also messages that Plone has "
            "to look at before their readers are known. Other messages of readers who "
            "are logged in are not counted here, so a whole office may share an address. "
            "0 is without limit."
        ),
        default=1200,
        min=0,
        max=1_000_000,
    )


class IEvidenceSettings(Interface):
    """What counts as having read something, and how far."""

    words_per_minute = schema.Int(
        title=_("Skimming pace, in words per minute"),
        description=_(
            "A text counts as engaged when it was in front of the reader for as long as "
            "it takes at this pace. What browsers report is kept as it is, so a change "
            "evaluates earlier readings anew."
        ),
        default=600,
        min=50,
        max=10_000,
    )

    least_seconds = schema.Int(
        title=_("Least time for any text, in seconds"),
        description=_(
            "However short a text is, it has to be in front of the reader for so long "
            "to count as engaged. This, too, holds for earlier readings."
        ),
        default=5,
        min=1,
        max=3600,
    )

    any_translation = schema.Bool(
        title=_("Reading any translation counts"),
        description=_(
            "Who has read a translation of a page is not listed as missing from the "
            "page itself. Otherwise each translation has to be read."
        ),
        default=True,
        required=False,
    )

    editors_count = schema.Bool(
        title=_("Count people who may edit"),
        description=_(
            "Who may edit a page or manage its tracking opens it to work on it, also by "
            "saving it. Such people are recorded and listed. Unless this is chosen, "
            "they are not expected to read it and not counted as its readers, except "
            "where the audience names them, a group that they are in, or a role that "
            "they have."
        ),
        default=False,
        required=False,
    )


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

    def logAccess(user, path, url):
        """Record that ``user`` visited the content at ``path`` by ``url``, now.

        ``user`` is a user id, empty for anonymous visitors; ``path`` the
        physical path of the content including the id of the site; ``url`` the
        address in the site, with a leading slash. Returns True when it is
        recorded; False means that it is not and should be tried again.
        """

    def getLog(prefix, order_by=None, order_reverse=False):
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

    def record(accesses):
        """Record a sequence of ``storage.model.Access``, whole or not at all.

        An access that was recorded before changes nothing; larger totals for
        it win, in whatever order they arrive. The sum of the accesses of a
        reader is the reading: the first time is the earliest ``opened``, the last
        one the latest ``seen``; that the end was seen or the page printed
        remains true. Path and title of a document and the name of a
        reader are those of the ticket that was issued last; an empty title or
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


class IReadingReport(IClickStorage):
    """Capability: readings by document, sorted, filtered and cut by the storage."""

    def readings(query):
        """Return a ``storage.model.ReadingPage`` for a ``ReadingQuery``.

        One row is one reader and one document. The order doesn't depend on the
        database's collation: names are compared by code point, without case and
        accents (``storage.folding``), and a reader without a name is sorted by id.
        Levels are found by the query's rule from the raw figures, so that another rule
        re-evaluates old readings; *downloaded* sorts before *opened*. Who was only
        served a page has no row.
        """

    def each_reading(query):
        """Return an iterator over the same readings as ``readings``, in its order.

        In constant memory, however many there are: all of them are from one moment.
        The iterator is to be exhausted or closed; ``StorageUnavailable`` may
        come from it at any time.
        """

    def history(query):
        """Return a ``storage.history.ReaderHistory`` for a ``HistoryQuery``, None for
        somebody of whom nothing is known there."""

    def coverage(documents, rule, current=(), as_one=False, left_out=()):
        """Return the ``storage.model.Coverage`` of documents, a sequence of UIDs.

        Each pair of a named reader, current or former, and one of the documents
        counts once; ``as_one``, where reading any of the documents stands for all,
        each reader counts once with what was reached furthest. ``rule`` is an
        ``EngagementRule``. With ``current``, as in a ``ReadingQuery``, only these texts
        count. ``left_out`` are ``Reader``s who are not counted, with the account that
        they have now.
        """

    def texts(documents):
        """Return a tuple of ``storage.activity.KnownText``, by document in the order
        given, the newest text first: the one that was served last."""

    def document_uids():
        """Return a frozenset: the UIDs of all documents of which anything is known, if
        only that a page was served. Old addresses have none.

        What asks for figures of some of them looks for these first: this is quick,
        however many there are.
        """

    def read_documents(documents):
        """Return a tuple of ``storage.activity.ReadDocument`` for those of the documents
        that somebody has opened or downloaded, the latest first and then by UID."""

    def depths(documents, current=(), left_out=()):
        """Return how deep readers got: a tuple of (percent, readers) by percent.

        Each pair of a reader and one of the documents counts once, with its
        greatest depth; anonymous readers are not among them. ``current`` and
        ``left_out`` are as for ``coverage``. Downloads alone say nothing of it.
        """

    def first_readings(documents, current=(), as_one=False, left_out=()):
        """Return when readers came: a tuple of (day, readers) by day, days of UTC.

        Each pair of a named reader and one of the documents counts once, on the day
        of its first access or download. All else is as for ``coverage``.
        """

    def activity(documents, since, until):
        """Return the ``storage.activity.Activity`` of documents from the day ``since``
        to the day ``until``, both included."""

    def progress(query):
        """Return, for each item of a ``storage.progress.ProgressQuery``, how many of its
        audience have opened or downloaded a text that counts: a tuple of numbers."""

    def behind(query, search="", start=0, size=20):
        """Return a ``storage.progress.MemberProgressPage`` for a ``ProgressQuery``.

        Everybody in one of the audiences has a row, with the account that there is
        now. ``search``, ``start`` and ``size`` are as in a ``ReadingQuery``.
        """

    def absent(query):
        """Return a ``storage.absence.AbsentPage`` for an ``AbsenceQuery``.

        Those of the expected readers who have opened or downloaded none of the
        documents, with the account that they have now. That a page was served to them is no reading.
        """


class IStorageMaintenance(IClickStorage):
    """Capability: set up, describe, correct, forget."""

    def setup():
        """Create or bring up to date what the storage needs; any number of times."""

    def status():
        """Return a ``storage.model.StorageStatus``.

        Raises ``StorageUnavailable`` where the storage can't be reached and
        ``StorageNotSetUp`` where its tables are missing.
        """

    def retire(reader):
        """The account of ``reader`` was deleted, now: a later account of the same
        id and user folder is somebody else. The readings are kept.

        Accesses whose ticket was issued before belong to the deleted account,
        whenever they arrive.
        """

    def forget(reader):
        """Remove every trace of ``reader`` and nothing of anybody else's.

        All generations of the id are forgotten, and what was served to them. Returns
        how many readings were removed.
        """

    def old_addresses(prefix):
        """Return (path, last access) of every document known by path only, at
        and below ``prefix``, that no site has claimed yet.

        That is what 0.4 recorded, and what is recorded by SQL alone
        (``logclick``), which know of no site.
        """

    def adopt(path, document):
        """Give the readings of the old address ``path`` to a ``Document``.

        They are added to those that the document has. Returns how many there
        were, 0 for an unknown address.
        """

    def claim(prefix):
        """Make the unclaimed old addresses at and below ``prefix`` this site's.

        For those that stay old addresses, so that no other site sees them and
        ``getLog`` and ``forget`` reach them. Returns how many there were.
        """

    def close():
        """Let go of connections; the storage may be used again afterwards."""
