"""What the control panel says of the database of places for the map."""

from datetime import datetime
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from slc.clicktracker.geography.errors import UnusableFile
from slc.clicktracker.geography.location_file import LocationFile
from slc.clicktracker.reports.visitors.problems import file_problem
from slc.clicktracker.reports.visitors.problems import OUTDATED_FILE
from slc.clicktracker.sites.locations import site_locations
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.times import local_day


_NONE = _(
    "No database is set yet, so the map can't show places. DB-IP (“City Lite”) and "
    "MaxMind (“GeoLite2 City”) offer free files, each with its own licence."
)


def location_notice(now: datetime | None = None) -> Notice:
    """Return how the database is, and how bad that is."""
    try:
        found = site_locations()
    except UnusableFile as error:
        return Notice("warning", file_problem(error), error.detail)
    if found is None:
        return Notice("info", _NONE)
    if found.is_outdated(now or utc_now()):
        return Notice("warning", OUTDATED_FILE)
    return Notice("success", _what_it_is(found))


def _what_it_is(found: LocationFile) -> object:
    told = {
        "kind": isolated(found.kind),
        "day": local_day(found.built.date()) if found.built else "?",
    }
    if found.has_cities:
        return _("In use: ${kind} of ${day}. It knows cities.", mapping=told)
    return _(
        "In use: ${kind} of ${day}. It only knows countries, so visitors are shown in "
        "the middle of their country.",
        mapping=told,
    )
