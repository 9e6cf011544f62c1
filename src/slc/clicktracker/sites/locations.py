"""Where addresses are, by the database of places that the current site names."""

from slc.clicktracker.geography.location_file import LocationFile
from slc.clicktracker.geography.opened import location_file
from slc.clicktracker.sites.visitor_rules import visitor_setting


def site_locations() -> LocationFile | None:
    """Return the database as it is on the disk now, None where the site names none.
    Raises ``UnusableFile``."""
    path = (visitor_setting("location_file") or "").strip()
    return location_file(path, visitor_setting("location_reading")) if path else None
