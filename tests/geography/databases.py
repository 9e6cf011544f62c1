"""Databases of places as a test wants them."""

from demo.places import write_places
from mmdb_writer import MMDBWriter
from netaddr import IPSet
from unittest import mock

import os
import time


BERLIN = {
    "city": {"names": {"en": "Berlin", "de": "Berlin"}},
    "country": {"iso_code": "DE", "names": {"en": "Germany", "de": "Deutschland"}},
    "subdivisions": [{"iso_code": "BE", "names": {"en": "State of Berlin"}}],
    "location": {"latitude": 52.52, "longitude": 13.4, "time_zone": "Europe/Berlin"},
}


def write(path, record, network="198.51.100.0/24", **options):
    """Write a database with one record."""
    return write_places(path, {network: record}, **options)


def write_built(path, epoch):
    """Write the documentation's places as if it was that time."""
    with mock.patch("mmdb_writer.time.time", return_value=epoch):
        return write_places(path)


def write_of_ipv4(path):
    """Write a database that knows no addresses of IPv6."""
    writer = MMDBWriter(4, "Documentation-Country", languages=["en"])
    writer.insert_network(IPSet(["192.0.2.0/24"]), {"country": {"iso_code": "DE"}})
    writer.to_db_file(str(path))
    return path


def settle(path, seconds=60):
    """Make a file look as if nobody had written to it for a while."""
    then = time.time() - seconds
    os.utime(path, (then, then))
    return path
