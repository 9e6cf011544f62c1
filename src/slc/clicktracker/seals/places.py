"""Where seals are kept in a site."""

from slc.clicktracker.seals.chain import prepare_chain
from slc.clicktracker.seals.keys import prepare_keys


def make_places_for_seals() -> None:
    """Make what isn't there yet, so that even the first two who seal something at once don't
    conflict for that."""
    prepare_chain()
    prepare_keys()
