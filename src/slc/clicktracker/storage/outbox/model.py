"""The values of the outbox, which has what services are to be told of page views.

A *hit* is one page view as one service is to be told of it. Texts and times are as in
``storage.model``.
"""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from slc.clicktracker.storage.model import Normalised
from slc.clicktracker.storage.model import Reader


#: So long after its page view all that is known of a hit is removed, sent or not. What
#: arrives later is not taken any more: nobody could tell whether it was sent before.
KEPT = timedelta(days=30)

#: Why a hit was set aside: whoever sent it never learned whether it was counted.
IN_DOUBT = "in-doubt"

_NOBODY = Reader("")


@dataclass(frozen=True)
class Hit(Normalised):
    """One page view for one service.

    ``key``       32 hex digits; the same page view has the same one for every service
    ``url``       the whole address of the page
    ``reader``    who it is on the site, which the service is not told: so that it can be
                  forgotten
    ``identity``  whom the service is told that it is; empty for nobody
    ``session``   what joins hits for the service, and for no other one; empty where they
                  may not be joined
    ``goal``      what the service calls the goal that was reached with the page; then it is
                  told of that and of no page view. Empty for a page view
    """

    service: str
    key: str
    at: datetime
    url: str
    title: str = ""
    reader: Reader = _NOBODY
    identity: str = ""
    session: str = ""
    agent: str = ""
    referrer: str = ""
    goal: str = ""


@dataclass(frozen=True)
class Claim:
    """Hits that somebody sends now, the oldest first, and nobody else does meanwhile.

    ``failures`` is how often sending has failed since it last worked.
    """

    token: str
    hits: tuple[Hit, ...]
    failures: int = 0


@dataclass(frozen=True)
class Settlement(Normalised):
    """What became of the hits of a claim, by their keys.

    ``counted`` has those that the service has counted, ``back`` those that it has
    certainly not and that are sent again; ``aside`` has keys and reasons of those that
    are not sent again by themselves. ``problem`` is a word for what went wrong, empty
    where nothing did, ``detail`` what there is to know besides; then nothing is sent
    before ``due``.
    """

    counted: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    aside: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    detail: str = ""
    due: datetime | None = None


@dataclass(frozen=True)
class Aside:
    """How many hits were set aside for a reason, and when the oldest of their page views
    was."""

    reason: str
    number: int
    oldest: datetime


@dataclass(frozen=True)
class OutboxState:
    """How it is with a service.

    ``waiting`` are the hits that are not sent yet, ``oldest`` is when the first of their
    page views was; ``sending`` are those that somebody sends now, ``sent`` all that were
    counted so far, the last of them at ``last``. ``problem`` and ``detail`` are those of
    the last attempt, if it failed; the next one is ``due``.
    """

    waiting: int = 0
    oldest: datetime | None = None
    sending: int = 0
    sent: int = 0
    last: datetime | None = None
    problem: str = ""
    detail: str = ""
    due: datetime | None = None
    aside: tuple[Aside, ...] = ()
