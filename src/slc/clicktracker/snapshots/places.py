"""Where snapshots are kept in a site."""

from slc.clicktracker.snapshots.bodies import prepare_bodies
from slc.clicktracker.snapshots.naming import prepare_naming
from slc.clicktracker.snapshots.people import prepare_people
from slc.clicktracker.snapshots.snapshots import prepare_snapshots


def make_places_for_snapshots() -> None:
    """Make what isn't there yet, so that even the first two who keep something at once don't
    conflict."""
    prepare_people()
    prepare_naming()
    prepare_bodies()
    prepare_snapshots()
