"""What a storage may know of visitors."""

from collections.abc import Sequence
from datetime import datetime
from slc.clicktracker.storage.capabilities.click_storage import IClickStorage
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import PageViewPage
from slc.clicktracker.storage.visits.model import Presence
from slc.clicktracker.storage.visits.model import VisitPage
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.storage.visits.statistics import SharePage
from slc.clicktracker.storage.visits.statistics import VisitFigures


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
        that time the last one of those before it stays. A visit of which none stays is
        over: what the visitor sees next is another one. What is older and arrives late is
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
