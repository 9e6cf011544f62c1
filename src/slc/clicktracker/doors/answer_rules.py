"""``AnswerRules``: what a site says about the noting of answers, kept for some seconds.

Each answer is noted, and to read all settings for it would take longer than the note. The
same goes for the ticket of a page.
"""

from collections.abc import Callable
from collections.abc import Mapping
from plone.registry.interfaces import IRecordEvent
from Products.CMFCore.interfaces import ISiteRoot
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.doors.process import running
from slc.clicktracker.doors.senders import tell_senders
from slc.clicktracker.doors.startup import tell_storage
from slc.clicktracker.forwarding.rules import ForwardRules
from slc.clicktracker.goals.goal import GoalRules
from slc.clicktracker.sites.cohorts import recorded_members
from slc.clicktracker.sites.forwarding import forward_rules
from slc.clicktracker.sites.goals import goal_rules
from slc.clicktracker.sites.rules import log_in_cookie
from slc.clicktracker.sites.rules import spool_limit
from slc.clicktracker.sites.signals import respects_signals
from slc.clicktracker.sites.storage import takes_batches
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.sites.visits import visit_rules
from slc.clicktracker.storage.visits.model import SERVER
from slc.clicktracker.tickets.credential import LogInCookie
from slc.clicktracker.tickets.visit_rules import VisitRules
from threading import Lock
from typing import Any
from typing import NamedTuple
from zope.component import getUtility

import time
import transaction


#: Seconds after which another process has heard of a change, and this one of what is no
#: setting in the registry, as the name of the log-in's cookie, and whose events are
#: recorded.
KEPT = 5.0

#: Seconds after a change in which nothing is kept: requests that began before it still
#: know the settings as they were.
UNDER_WAY = 10.0

_NO_COOKIE = LogInCookie("")


class AnswerRules(NamedTuple):
    """``visits`` is None where answers are not noted as page views; what is about these says
    nothing then. ``takes_batches`` is False where the storage takes one access at a time.
    ``members`` has the group of those whose events are recorded, by user id. ``goals`` is None
    where nothing is one. ``signals`` says that browsers are heard that ask not to be
    tracked."""

    site: str
    visits: VisitRules | None
    takes_batches: bool = True
    cookie: LogInCookie = _NO_COOKIE
    spool_limit: int = 0
    goals: GoalRules | None = None
    forwarding: ForwardRules | None = None
    members: Mapping[str, str] = {}
    depend_on_the_user: bool = False
    signals: bool = False


class KeptRules:
    """The rules of the sites of one process. ``clock`` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: Bounded[str, tuple[Any, float, AnswerRules]] = Bounded(100)
        self._changed = float("-inf")
        self._lock = Lock()

    def of_site(self, site: Any | None = None) -> AnswerRules:
        """Return the rules of the current site, which whoever has it at hand gives."""
        site, now = getUtility(ISiteRoot) if site is None else site, self._clock()
        uid = document_uid(site)
        # A copy of the site is the same one in another database.
        connection = site._p_jar
        database = connection and connection.db()
        known, until, rules = self._kept.get(uid, (None, 0, None))
        if known is database and now < until:
            return rules
        rules = _asked(uid)
        with self._lock:
            if now > self._changed + UNDER_WAY:
                self._kept[uid] = database, now + KEPT, rules
        return rules

    def forget(self) -> None:
        """Settings have changed: everything is asked again, by all threads."""
        with self._lock:
            self._changed = self._clock()
            self._kept.clear()


KEPT_RULES = KeptRules()


def rules_of_answers() -> AnswerRules:
    """Return the rules of the current site."""
    return KEPT_RULES.of_site()


def setting_changed(event: IRecordEvent) -> None:
    """Forget what is kept, now and once more when others can see the change."""
    KEPT_RULES.forget()
    transaction.get().addAfterCommitHook(_committed)


def _committed(worked: bool) -> None:
    """The filter of this process hears of it with the next beacon; those of others after
    some seconds."""
    KEPT_RULES.forget()
    process = running()
    if worked and process is not None:
        process.primed.forget()


def _asked(site: str) -> AnswerRules:
    visits, batches = visit_rules(SERVER), takes_batches()
    if visits is not None:
        tell_storage()
        tell_senders()
    return AnswerRules(
        site,
        visits,
        takes_batches=batches,
        cookie=log_in_cookie(),
        spool_limit=spool_limit(),
        goals=goal_rules(),
        forwarding=None if visits is None else forward_rules(SERVER),
        members=recorded_members() if batches else {},
        depend_on_the_user=visits is not None and visits.whose.depend_on_the_user,
        signals=respects_signals(),
    )
