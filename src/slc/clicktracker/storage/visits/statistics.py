"""The values of the statistics of visits: what is asked, and what a storage answers.

Statistics are counted by days of the site's clock. A page view counts on the day of its
``at``; what is said of a visit counts on the day on which the visit began, also where it
went on after midnight.
"""

from dataclasses import dataclass
from datetime import timedelta
from slc.clicktracker.storage.model import Normalised
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.model import Page


#: What visits can be told apart by: ``kind`` in ``IVisitStatistics.shares``.
ENTRIES = "entry"
EXITS = "exit"
PAGES = "page"
SITES = "site"
BROWSERS = "browser"
SYSTEMS = "system"
DEVICES = "device"
MEMBERS = "member"

#: All of them.
SHARED_BY = (ENTRIES, EXITS, PAGES, SITES, BROWSERS, SYSTEMS, DEVICES, MEMBERS)

_NO_TIME = timedelta(0)


@dataclass(frozen=True)
class VisitFigures:
    """What there was on some days.

    ``members`` and ``guests`` are the visits of each, ``unique_members`` and
    ``unique_guests`` how many people they were of: members are told apart by account,
    guests by session. ``pages`` is how many page views these visits had in all, ``time``
    how long they took together, ``median`` how long the one in the middle took, None
    where there were none. Time on site is in whole seconds.

    ``joined`` are the page views of these days that are part of visits, ``single`` those
    that can't be joined, as they have no session. ``unique_views`` counts each page once
    for each visit. ``from_script`` and ``from_server`` are the page views by where they
    come from, ``statuses`` pairs of the first digit of a status and a number of page views,
    in order.
    """

    members: int = 0
    guests: int = 0
    unique_members: int = 0
    unique_guests: int = 0
    pages: int = 0
    time: timedelta = _NO_TIME
    median: timedelta | None = None
    joined: int = 0
    single: int = 0
    unique_views: int = 0
    from_script: int = 0
    from_server: int = 0
    statuses: tuple[tuple[int, int], ...] = ()

    @property
    def visits(self) -> int:
        """Return how many visits began."""
        return self.members + self.guests

    @property
    def visitors(self) -> int:
        """Return how many people these visits were of."""
        return self.unique_members + self.unique_guests

    @property
    def views(self) -> int:
        """Return how many page views there were."""
        return self.joined + self.single

    @property
    def mean(self) -> timedelta | None:
        """Return how long a visit took on average."""
        return self.time / self.visits if self.visits else None

    @property
    def pages_per_visit(self) -> float | None:
        """Return how many page views a visit had on average."""
        return self.pages / self.visits if self.visits else None

    @property
    def return_ratio(self) -> float | None:
        """Return the share of the visits that were not the first one of their visitor on
        these days."""
        return (self.visits - self.visitors) / self.visits if self.visits else None


@dataclass(frozen=True)
class Share(Normalised):
    """One page, member or text, and the visits that it stands for.

    What it is says ``page`` for pages, ``reader`` for members, with ``former`` and
    ``generation`` as in a ``Visit``, and ``text`` for all else, empty where nobody can
    tell or, of sites, where visitors came from none. ``visits`` are the visits,
    ``views`` their page views and ``time`` their time on site.

    Of a page that was viewed (``PAGES``), ``views`` are its page views, ``visits`` the
    visits that saw it, which are its unique page views, and ``time`` is how long somebody was
    engaged with it, to the millisecond.
    """

    page: Page | None = None
    reader: Reader | None = None
    text: str = ""
    former: bool = False
    generation: int = 0
    visits: int = 0
    views: int = 0
    time: timedelta = _NO_TIME


@dataclass(frozen=True)
class SharePage:
    """One page of shares, and how many there are in ``total``."""

    rows: tuple[Share, ...]
    total: int
