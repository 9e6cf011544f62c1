"""``VisitRules``: what a door knows of a site whose pages report visits."""

from datetime import timedelta
from slc.clicktracker.visitors.rules import VisitorRules
from typing import NamedTuple


#: Whether guests get a cookie that joins their page views into visits.
NEVER = "never"
CONSENT = "consent"
ALWAYS = "always"


class VisitRules(NamedTuple):
    """How page views are recorded.

    ``whose`` decides whose are. ``gap`` is how long nothing may happen within one visit,
    ``guest_cookie`` one of ``NEVER``, ``CONSENT`` and ``ALWAYS``; ``queries`` says that
    query strings are recorded as well.
    """

    whose: VisitorRules
    gap: timedelta = timedelta(minutes=30)
    guest_cookie: str = NEVER
    queries: bool = False
