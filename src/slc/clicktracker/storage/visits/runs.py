"""Which page views form a visit: one rule, so that all storages give the same answers."""

from collections.abc import Hashable
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from operator import attrgetter
from typing import NamedTuple


#: The place of a ``Step`` in its session, and of whatever has these three. A log-out comes
#: after a page of the same moment.
place = attrgetter("at", "is_exit", "key")


class Step(NamedTuple):
    """A page view or log-out of a session, as far as it matters for what is a visit.

    ``until`` is its last activity, ``who`` the account, None for guests; for the rest see
    ``PageView``.
    """

    key: str
    at: datetime
    until: datetime
    gap: timedelta
    who: Hashable = None
    is_exit: bool = False


@dataclass
class Run:
    """The page views that form a visit.

    ``key`` is that of the first one, ``who`` whose visit it is, ``last`` the latest
    activity and ``exit`` the log-out that ended it, if one did. ``latest`` has, for each
    of the ``steps``, the latest activity until then: with it, a run can be gone on with
    from there.
    """

    key: str
    who: Hashable
    last: datetime
    steps: list[Step] = field(default_factory=list)
    latest: list[datetime] = field(default_factory=list)
    is_over: bool = False
    exit: Step | None = None

    def reaches(self, step: Step) -> bool:
        """Does something happen before the visit is over?"""
        return not self.is_over and step.at - self.last <= step.gap

    def add(self, step: Step) -> None:
        """Go on with one more page view."""
        self.who = step.who
        self.last = max(self.last, step.until)
        self.steps.append(step)
        self.latest.append(self.last)


def runs_of(steps: Iterable[Step], before: Run | None = None) -> list[Run]:
    """Return the runs of one session.

    ``before`` is the run that came before all of these, as it was then: the first one that
    is returned goes on with it, and has only what is added as ``steps``.
    """
    runs = [Run(before.key, before.who, before.last)] if before else []
    for step in sorted(steps, key=place):
        run = runs[-1] if runs and runs[-1].reaches(step) else None
        if step.is_exit:
            if run is not None:
                run.is_over, run.exit = True, step
            continue
        if run is not None and run.who not in (None, step.who):
            # Somebody else in the same browser, so the member must have logged out.
            run.is_over, run = True, None
        if run is None:
            run = Run(step.key, step.who, step.until)
            runs.append(run)
        run.add(step)
    return runs
