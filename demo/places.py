"""A database of places for the networks that are kept for documentation.

Nobody has an address of those, so it says nothing of anybody. Made as the real ones are.
"""

from collections.abc import Mapping
from mmdb_writer import MMDBWriter
from netaddr import IPSet
from pathlib import Path
from typing import Any


def city(
    country: str,
    countries: tuple[str, str],
    name: str,
    point: tuple[float, float],
    in_german: str = "",
) -> dict[str, Any]:
    """Return what a database has of a city; ``countries`` are its country's names in
    English and German."""
    english, german = countries
    latitude, longitude = point
    return {
        "city": {"names": {"en": name, "de": in_german or name}},
        "country": {"iso_code": country, "names": {"en": english, "de": german}},
        "location": {"latitude": latitude, "longitude": longitude},
    }


GERMANY = ("Germany", "Deutschland")

#: Networks, and where they would be.
PLACES = {
    "192.0.2.0/26": city("DE", GERMANY, "Hamburg", (53.55, 9.99)),
    "192.0.2.64/26": city("DE", GERMANY, "Kiel", (54.32, 10.14)),
    "192.0.2.128/25": city(
        *("DK", ("Denmark", "Dänemark"), "Copenhagen", (55.68, 12.57), "Kopenhagen"),
    ),
    "198.51.100.0/25": city(
        "NL", ("Netherlands", "Niederlande"), "Rotterdam", (51.92, 4.48)
    ),
    "198.51.100.128/25": city(
        "US", ("United States", "USA"), "New York", (40.71, -74.01)
    ),
    "203.0.113.0/26": city(
        *("SG", ("Singapore", "Singapur"), "Singapore", (1.29, 103.85), "Singapur"),
    ),
    "203.0.113.64/26": city(
        "NZ", ("New Zealand", "Neuseeland"), "Wellington", (-41.29, 174.78)
    ),
    "203.0.113.128/25": city("CL", ("Chile", "Chile"), "Valparaíso", (-33.05, -71.62)),
    "2001:db8:1::/48": city(
        *("ZA", ("South Africa", "Südafrika"), "Cape Town", (-33.92, 18.42), "Kapstadt")
    ),
    "2001:db8:2::/48": city(
        "SE", ("Sweden", "Schweden"), "Gothenburg", (57.71, 11.97), "Göteborg"
    ),
}


def write_places(
    path: Path,
    places: Mapping[str, Any] = PLACES,
    kind: str = "Documentation-City",
) -> Path:
    """Write a database of places by network, of IPv4 and IPv6, and return its path."""
    writer = MMDBWriter(
        ip_version=6, ipv4_compatible=True, database_type=kind, languages=["en", "de"]
    )
    for network, record in places.items():
        writer.insert_network(IPSet([network]), record)
    writer.to_db_file(str(path))
    return path
