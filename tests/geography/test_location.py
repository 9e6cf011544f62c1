"""What is taken out of a record of a database, which may hold anything."""

from demo.places import PLACES
from slc.clicktracker.geography.countries import middle_of
from slc.clicktracker.geography.location import Location
from slc.clicktracker.geography.location import location_of
from tests.geography.databases import BERLIN

import pytest


def test_a_city():
    assert location_of(BERLIN) == Location(
        country="DE",
        country_names=(("de", "Deutschland"), ("en", "Germany")),
        region_names=(("en", "State of Berlin"),),
        city_names=(("de", "Berlin"), ("en", "Berlin")),
        point=(52.52, 13.4),
    )


def test_a_country_is_in_its_middle():
    found = location_of({"country": {"iso_code": "NZ"}})
    assert found.is_of_country
    assert found.point == middle_of("NZ")
    assert -48 < found.point[0] < -34 and 166 < found.point[1] < 179


def test_a_country_that_is_on_no_map_is_known_all_the_same():
    assert location_of({"country": {"iso_code": "ZZ"}}) == Location("ZZ")


@pytest.mark.parametrize("code", ["DE", "SG", "LI", "XK", "US", "FJ", "MV"])
def test_small_countries_have_a_middle_too(code):
    latitude, longitude = middle_of(code)
    assert -90 <= latitude <= 90 and -180 <= longitude <= 180


def test_records_may_be_flat():
    flat = {
        "country_code": "se",
        "city": "Lund",
        "state1": "Skåne",
        "latitude": 55.7,
        "longitude": 13,
    }
    assert location_of(flat) == Location(
        "SE", (), (("", "Skåne"),), (("", "Lund"),), (55.7, 13.0)
    )
    assert location_of({"country_code": "SE"}).point == middle_of("SE")
    assert location_of({"country": "SE"}).country == "SE"
    assert location_of({"country": "SE"}).country_names == ()


@pytest.mark.parametrize(
    "record",
    [
        None,
        7,
        "Berlin",
        [BERLIN],
        {},
        {"city": {}},
        {"autonomous_system_number": 64496},
        {"country": {"iso_code": "D"}, "city": {"names": ["Berlin"]}},
        {"country": {"iso_code": 49}, "city": {"names": {"en": 7}}},
        {"country": ["DE"], "city": [], "location": [52.5, 13.4]},
        {"country": {"iso_code": "DEU"}, "subdivisions": {"names": "x"}},
        {"country": {"iso_code": "<b"}, "city": {"names": {"en": " \u200b\n"}}},
    ],
    ids=repr,
)
def test_what_says_nothing_of_a_place_is_no_place(record):
    assert location_of(record) is None


@pytest.mark.parametrize(
    "latitude, longitude",
    [
        (90.1, 0),
        (-91, 0),
        (0, 180.5),
        (0, -181),
        (float("nan"), 0),
        (0, float("nan")),
        (float("inf"), 0),
        (0, float("-inf")),
        (10**400, 0),
        (-(2**63), 2**63),
        ("52.5", "13.4"),
        (True, False),
        (None, 13.4),
        ([52.5], {"x": 1}),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_a_point_that_is_not_on_earth_is_none(latitude, longitude):
    location = {"latitude": latitude, "longitude": longitude}
    found = location_of({**BERLIN, "location": location})
    assert found.point is None
    assert found.city_names


@pytest.mark.parametrize("point", [(90, 180), (-90, -180), (0, 0), (-33.9, 151.2)])
def test_the_ends_of_the_earth_are_on_it(point):
    location = dict(zip(("latitude", "longitude"), point, strict=True))
    assert location_of({"location": location}).point == point


def test_names_are_cut_and_can_be_stored():
    names = {"en": " " + "x" * 500, "de": "a\x00b\ud800", 7: "y", "fr": {"en": "z"}}
    found = location_of({"city": {"names": names}})
    assert found.city_names == (("de", "a\ufffdb\ufffd"), ("en", "x" * 100))


def test_a_million_names_are_not_looked_at():
    names = {f"l{number}": "Berlin" for number in range(1000)}
    assert len(location_of({"city": {"names": names}}).city_names) == 50


def test_what_is_nested_deeply_is_no_name():
    deep = "Berlin"
    for _ in range(5000):
        deep = {"names": deep}
    assert location_of({"city": deep, "country": deep, "subdivisions": [deep]}) is None


def test_the_places_of_the_demo_are_all_known():
    for record in PLACES.values():
        found = location_of(record)
        assert found.country and found.city_names and found.point
