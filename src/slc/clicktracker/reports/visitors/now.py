"""How many visitors there are now, as far as the site wants to show it."""

from slc.clicktracker.doors.page_ticket import site_relative
from slc.clicktracker.doors.shown import document_of
from slc.clicktracker.sites.presence import presence
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.sites.visitor_rules import visitor_setting
from slc.clicktracker.storage.visits.model import Present
from typing import Any
from typing import NamedTuple


class VisitorsNow(NamedTuple):
    """People on a page and on the site, each None where that isn't known, or is smaller
    than what the site wants to show."""

    on_page: int | None = None
    on_site: int | None = None


def visitors_now(context: Any, request: Any) -> VisitorsNow:
    """Return how many people are on the page of content, and on the site."""
    document = document_of(context)
    if document is not None:
        found = presence(uid=document_uid(document))
    else:
        found = presence(url=site_relative(context.absolute_url(), request))
    if found is None:
        return VisitorsNow()
    return VisitorsNow(_shown(found.on_page), _shown(found.on_site))


def _shown(present: Present) -> int | None:
    """Return a number of people, None where it is too small to be shown."""
    least = visitor_setting("presence_minimum")
    return present.people if present.people >= least else None
