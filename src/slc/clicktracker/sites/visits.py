"""How the current site records visits."""

from datetime import timedelta
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.sites.visitor_rules import visitor_rules
from slc.clicktracker.sites.visitor_rules import visitor_setting
from slc.clicktracker.storage.visits.model import SCRIPT
from slc.clicktracker.tickets.visit_rules import VisitRules
from zope.component import queryUtility


def visit_rules(source: str = SCRIPT) -> VisitRules | None:
    """Return how page views are recorded in the current site; None where they are not, or
    come from another source than ``SCRIPT`` or ``SERVER``; empty is any."""
    if (
        not visitor_setting("enabled")
        or (source and visitor_setting("source") != source)
        or not keeps_visits()
        or not is_recording()
    ):
        return None
    return VisitRules(
        whose=visitor_rules(),
        gap=timedelta(minutes=visitor_setting("idle_gap")),
        guest_cookie=visitor_setting("guest_cookie"),
        queries=bool(visitor_setting("query_strings")),
        clock=site_timezone(),
    )


def keeps_visits() -> bool:
    """Does the current site's storage keep visits?

    Where its address can't be understood it is one of ours all the same.
    """
    custom = queryUtility(IClickStorage)
    return custom is None or IVisits.providedBy(custom)
