"""The values of visits that travel to and from a storage: typed and frozen.

A *page view* is one page that was shown to one visitor. A *visit* is a run of page
views of one session without a long pause. Texts and times are as in ``storage.model``.
"""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from slc.clicktracker.storage.model import Normalised
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.days import day_of


#: Where a page view comes from: the script in the page has called back, or the server
#: has answered a request, whether or not anybody looked at the answer.
SCRIPT = "script"
SERVER = "server"

_NOBODY = Reader("")

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Page(Normalised):
    """What was shown: the site-relative ``url`` with a leading slash and without a query,
    the UID of the content and its title, both empty where the page is of none."""

    url: str
    uid: str = ""
    title: str = ""


@dataclass(frozen=True)
class PageView(Normalised):
    """One page that was shown to one visitor: what one page load amounts to in the end.

    ``key``       32 hex digits; the same page view has the same key whenever it is
                  sent, so that recording it again changes nothing
    ``at``        when the server first heard of it, ``seen`` when it last did: it is
                  *active* from ``at`` to ``until``
    ``session``   what joins page views into visits: it stands for a log-in, or for the
                  cookie of a guest. Empty for guests without one, whose page views are
                  counted and never joined
    ``reader``    with an empty ``user`` for guests
    ``address``   the network address, empty where it can't be known
    ``agent``     what the browser calls itself
    ``referrer``  the address that the visitor came from
    ``query``     the query string, empty where the site doesn't record it
    ``status``    the HTTP status of the answer
    ``source``    ``SCRIPT`` or ``SERVER``
    ``engaged``   milliseconds in total that somebody was engaged with the page
    ``gap``       how long nothing may happen within one visit, as the site had it set
    ``ahead``     how far the site's clock was ahead of UTC, which decides what day it was
    ``is_exit``   not a page, but the log-out that ends the visit it falls into
    """

    key: str
    at: datetime
    seen: datetime
    page: Page
    reader: Reader
    session: str = ""
    address: str = ""
    agent: str = ""
    referrer: str = ""
    query: str = ""
    method: str = "GET"
    status: int = 200
    source: str = SCRIPT
    engaged: int = 0
    gap: timedelta = timedelta(minutes=30)
    is_exit: bool = False
    ahead: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        super().__post_init__()
        # No clock on earth, so nobody knows what it said.
        if abs(self.ahead) >= _A_DAY:
            object.__setattr__(self, "ahead", timedelta(0))
        # All guests are nobody, wherever they might have come from.
        if not self.reader.user and self.reader != _NOBODY:
            object.__setattr__(self, "reader", _NOBODY)

    @property
    def until(self) -> datetime:
        """Return when there was the last activity."""
        return active_until(self.at, self.seen, self.engaged)

    @property
    def day(self) -> int:
        """Return on which day it was, by the site's clock; see ``storage.visits.days``."""
        return day_of(self.at, self.ahead)


def active_until(at: datetime, seen: datetime, engaged: int) -> datetime:
    """Return when there was the last activity: somebody was engaged with a page for so
    many milliseconds, but for no longer than the server heard of it."""
    if seen <= at:
        return at
    heard = seen - at
    # Compared as numbers, as no time is as long as some numbers are.
    if engaged * 1000 >= heard // timedelta(microseconds=1):
        return at + heard
    return at + timedelta(milliseconds=max(engaged, 0))


@dataclass(frozen=True)
class Agent:
    """What a browser is, in words: its name, the system and the device it runs on.
    Empty where nobody can tell."""

    browser: str = ""
    system: str = ""
    device: str = ""


@dataclass(frozen=True)
class Visit(Normalised):
    """A run of page views of one session without a long pause.

    ``key`` is that of its first page view. ``reader`` is a guest's until somebody logs in.
    ``entry`` and ``exit`` are the first and the last page, ``pages`` the number of page
    views, ``start`` the first and ``last`` the latest activity. ``address``, ``agent`` and
    ``referrer`` and ``source`` are those of the first page view. ``is_over`` says that the
    visitor has logged out, as is known by the log-out or by somebody else in the same
    session. ``former`` says that the account was deleted, ``generation`` tells accounts
    apart that have had the same id, one after the other (0 for guests).
    """

    key: str
    session: str
    reader: Reader
    entry: Page
    exit: Page
    pages: int
    start: datetime
    last: datetime
    address: str = ""
    agent: Agent = Agent()
    referrer: str = ""
    source: str = SCRIPT
    is_over: bool = False
    former: bool = False
    generation: int = 0

    @property
    def time_on_site(self) -> timedelta:
        """Return how long it took, with the time on the last page."""
        return self.last - self.start


@dataclass(frozen=True)
class VisitQuery(Normalised):
    """Which visits or page views.

    ``since`` and ``until`` leave the visits with activity between two moments, both
    included, and the page views that began there. ``who`` is "members", "guests" or empty
    for both; ``readers`` leaves only those of one of these accounts, ``generation`` only
    those of this one of the accounts that have had the id, 0 for all of them, ``CURRENT``
    for the one that there is now. (A page view
    is of who was there when it began, also where the visit is somebody's who logged in
    later.) ``session`` leaves only those of one session, ``visit`` only the one with this
    key, or its page views. ``alone`` leaves of page views only those that are part of no
    visit, and of these ``since`` those with activity since then.

    ``uid`` and ``url`` leave only those that saw the page: the one with this UID, or at
    this address where either has no UID. ``place`` leaves only those that saw a page at
    this site-relative address or below it. ``search`` is compared with names and ids of
    members without case and accents, as plain text; who is former is found by id alone.

    ``start`` and ``size`` cut the list in the storage; ``size`` None is all. Visits are
    sorted by their latest activity, page views by when they began, the latest first; ties
    are broken by the key.
    """

    since: datetime | None = None
    until: datetime | None = None
    who: str = ""
    readers: tuple[Reader, ...] = ()
    generation: int = 0
    session: str = ""
    visit: str = ""
    alone: bool = False
    uid: str = ""
    url: str = ""
    search: str = ""
    start: int = 0
    size: int | None = 20
    place: str = ""


@dataclass(frozen=True)
class VisitPage:
    """One page of visits, and how many there are in ``total``."""

    rows: tuple[Visit, ...]
    total: int


@dataclass(frozen=True)
class PageViewPage:
    """One page of page views, and how many there are in ``total``."""

    rows: tuple[PageView, ...]
    total: int


@dataclass(frozen=True)
class Present:
    """How many people are there now, each once with however many visits.

    ``members`` by their account, ``guests`` by the session that a cookie joins: not those
    who have logged out. ``others`` are page views of guests who can't be told apart: not
    people.
    """

    members: int = 0
    guests: int = 0
    others: int = 0

    @property
    def people(self) -> int:
        """Return how many people are known to be there."""
        return self.members + self.guests


@dataclass(frozen=True)
class Presence:
    """Who is there now: ``on_site`` anywhere, ``on_page`` those whose last page it is, in
    one of their visits."""

    on_site: Present
    on_page: Present
