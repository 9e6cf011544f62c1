"""``LocationFile``: a database of places that is open."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.geography.errors import UnusableFile
from slc.clicktracker.geography.errors import Why
from slc.clicktracker.geography.location import Location
from slc.clicktracker.geography.location import location_of
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.storage.text import storable
from slc.clicktracker.visitors.networks import address_of
from typing import Any

import logging


logger = logging.getLogger("slc.clicktracker")

#: Networks change hands: after so long some addresses are somewhere else.
OUTDATED = timedelta(days=183)

#: Addresses all over the Internet, and those that documentation has: what a file says of
#: them tells what kind of file it is.
_SAMPLE = (
    *(f"{first}.0.0.1" for first in range(1, 224)),
    *("192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"),
    *("2001:4860:4860::8888", "2400::1", "2600::1", "2800::1", "2a00::1", "2c00::1"),
)

#: What no name of a kind is longer than.
_LONGEST = 100

_said = OnceAMinute()


class LocationFile:
    """Answers where an address is. Several threads may ask at once.

    ``kind`` is what the file calls itself, ``built`` when it was made (None where it
    doesn't say), ``has_cities`` whether it knows more than countries.
    """

    def __init__(self, reader: Any) -> None:
        """Take a reader of ``maxminddb``. Raises ``UnusableFile``."""
        self._reader = reader
        try:
            metadata = reader.metadata()
            self.kind = storable(str(metadata.database_type), _LONGEST)
            self._has_ipv6 = metadata.ip_version == 6
            self.built = _moment(metadata.build_epoch)
            records = [found for each in _SAMPLE if (found := self._record(each))]
        # Whatever goes wrong when a file is taken apart that can hold anything.
        except Exception as error:
            raise UnusableFile(Why.BROKEN, error) from error
        known = list(filter(None, map(location_of, records)))
        if records and not known:
            raise UnusableFile(Why.NO_PLACES, self.kind)
        self.has_cities = not known or not all(each.is_of_country for each in known)

    def location(self, address: str) -> Location | None:
        """Return where an address, or the network that it was cut to, is; None where the
        file doesn't know."""
        try:
            return location_of(self._record(address))
        except Exception as error:
            if _said.is_due("location"):
                logger.warning("The map's database is broken in places: %r", error)
            return None

    def is_outdated(self, now: datetime) -> bool:
        """Was it made long ago? Of what doesn't say when nobody knows."""
        return self.built is not None and now - self.built > OUTDATED

    def _record(self, text: str) -> Any:
        address = address_of(text)
        if address is None or (address.version == 6 and not self._has_ipv6):
            return None
        return self._reader.get(address)


def _moment(epoch: Any) -> datetime | None:
    try:
        found = datetime.fromtimestamp(epoch, timezone.utc) if epoch else None
    except (OverflowError, OSError, TypeError, ValueError):
        return None
    return found
