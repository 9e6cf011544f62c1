"""The map: where the visitors are who are on the site now, in a list."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from demo.places import write_places
from lxml import html
from plone import api
from slc.clicktracker.browser.visitors import map as map_view
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.reports.visitors import whereabouts
from slc.clicktracker.sites.looks import looks_at
from slc.clicktracker.sites.storage import store_dsn
from slc.clicktracker.storage.model import Reader
from tests.browser.visitors.screens import hide_names
from tests.browser.visitors.screens import links
from tests.browser.visitors.screens import text_of
from tests.browser.visitors.visitors import GUEST
from tests.browser.visitors.visitors import seen
from tests.geography.databases import write
from tests.geography.databases import write_built

import pytest
import transaction


MAP = "/@@clicktracker-map"
JSON = "/@@clicktracker-map.json"


def switch(**settings):
    for name, value in settings.items():
        api.portal.set_registry_record(name, value, IVisitorSettings)
    transaction.commit()


@pytest.fixture
def database(tmp_path):
    return tmp_path / "places.mmdb"


@pytest.fixture
def places(recorded, database):
    """The site names a database of places, and visitors have come from some more."""
    switch(location_file=str(write_places(database)))
    rules = recorded.rules
    seen(rules, "alice", 200, address="192.0.2.1")
    seen(rules, "", 20, session="b" * 32, address="2001:db8:1::7")
    seen(rules, "", 15, session="c" * 32, address="10.1.2.3")
    seen(rules, "", 20, session="d" * 32, address="8.8.8.8")
    seen(rules, "", 20, address="")
    return recorded


def entries(answer):
    """Return the entries of the list as (words, element)."""
    assert answer.status_code == 200
    found = html.fromstring(answer.text).get_element_by_id("clicktracker-places")
    rows = found.xpath("./ol/li")
    return [(" ".join(row.text_content().split()), row) for row in rows]


def words(answer):
    return [each for each, _row in entries(answer)]


def test_where_visitors_are_most_people_first(places, visitor):
    found = words(visitor("manager").get(MAP))
    assert found == [
        "Rotterdam, Netherlands members: 1, guests: 0 "
        "page views of guests without a cookie: 1 Bob Berger",
        "Hamburg, Germany members: 1, guests: 0 Alice Anders",
        "Singapore members: 0, guests: 1 Guest 3fa9",
        "Cape Town, South Africa members: 0, guests: 1 Guest bbbb",
        "Place not known members: 0, guests: 2 "
        "page views of guests without a cookie: 1 Guest cccc Guest dddd "
        "The database of places doesn't know the address: 1. "
        "The address is of a private network, which may be anywhere: 1. "
        "The address isn't known: 1.",
    ]


def test_the_numbers_are_those_of_the_live_feed(places, visitor):
    manager = visitor("manager")
    expected = {"members": 2, "guests": 4, "page_views_of_others": 2}
    assert manager.get(JSON).json()["now"] == expected
    assert manager.get("/@@clicktracker-live.json").json()["now"] == expected
    assert "On the site now: members: 2, guests: 4" in text_of(manager.get(MAP))


def test_each_entry_says_where_it_is_on_the_map(places, visitor):
    found = entries(visitor("manager").get(MAP))
    hamburg = next(row for each, row in found if "Hamburg" in each)
    assert hamburg.get("data-latitude") == "53.55"
    assert hamburg.get("data-longitude") == "9.99"
    assert hamburg.get("data-number") == "1"
    unknown = found[-1][1]
    assert unknown.get("id") == "place-unknown"
    assert unknown.get("data-latitude") is None


def test_places_keep_their_ids(places, visitor):
    manager = visitor("manager")
    ids = {row.get("id") for _words, row in entries(manager.get(MAP))}
    assert ids == {row.get("id") for _words, row in entries(manager.get(MAP))}
    assert len(ids) == 5


@pytest.mark.parametrize("path", [MAP, f"{MAP}?list=1", JSON])
@pytest.mark.parametrize("name", [None, "bob"])
def test_it_is_for_nobody_else(places, visitor, path, name):
    answer = visitor(name).get(path)
    assert "/login" in answer.url or "insufficient-privileges" in answer.url
    assert "Hamburg" not in answer.text


def test_names_have_a_permission_of_their_own(places, visitor):
    hide_names()
    manager = visitor("manager")
    for path in (MAP, f"{MAP}?list=1", JSON):
        text = manager.get(path).text.partition('id="content"')[2]
        text = text or manager.get(path).text
        assert "Hamburg" in text
        secrets = ("Berger", "Anders", '"bob"', "=bob", "3fa9", GUEST, "192.0.2.1")
        for secret in secrets:
            assert secret not in text, (path, secret)
    assert "members: 1, guests: 0" in words(manager.get(MAP))[0]
    transaction.begin()
    assert looks_at(Reader("bob")) == []


def test_no_address_is_shown(places, visitor):
    manager = visitor("manager")
    for path in (MAP, JSON):
        for address in ("192.0.2.1", "198.51.100.7", "10.1.2.3", "8.8.8.8"):
            assert address not in manager.get(path).text


def test_who_looks_at_members_by_name_is_recorded(places, visitor):
    visitor("manager").get(MAP)
    transaction.begin()
    assert [(look.by.user, look.what) for look in looks_at(Reader("bob"))] == [
        ("admin", "map")
    ]


def test_a_name_leads_to_the_visits(places, visitor):
    manager = visitor("manager")
    found = links(manager.get(MAP))
    assert found["Bob Berger"].endswith("/@@clicktracker-visits?person=bob")
    assert found["Guest 3fa9"].endswith(f"/@@clicktracker-visits?guest={GUEST}")
    assert found["Live feed"].endswith("/@@clicktracker-live")
    assert links(manager.get("/@@clicktracker-live"))["Map"].endswith(MAP)


def test_a_person_with_three_browsers_is_there_once(places, visitor):
    for number, address in enumerate(("192.0.2.1", "203.0.113.1", "192.0.2.70")):
        seen(places.rules, "carol", 9 - number, session=f"{number}", address=address)
    found = words(visitor("manager").get(MAP))
    assert [each for each in found if "Carol" in each] == [
        "Kiel, Germany members: 1, guests: 0 Carol Castillo"
    ]


def test_who_goes_elsewhere_is_where_the_latest_page_was_seen(places, visitor):
    rules = places.rules
    seen(rules, "carol", 30, address="192.0.2.1")
    seen(rules, "carol", 20, address="203.0.113.70")
    found = [each for each in words(visitor("manager").get(MAP)) if "Carol" in each]
    assert [each.split(",")[0] for each in found] == ["Wellington"]


def test_who_has_been_on_one_page_for_long_is_where_it_was_opened(places, visitor):
    at = datetime.now(timezone.utc)
    stay = {"seen": at, "engaged": 40 * 60_000, "address": "203.0.113.70"}
    seen(places.rules, "carol", 40 * 60, **stay)
    seen(places.rules, "", 40 * 60, **stay)
    found = [each for each in words(visitor("manager").get(MAP)) if "Wellin" in each]
    assert found == [
        "Wellington, New Zealand members: 1, guests: 0 "
        "page views of guests without a cookie: 1 Carol Castillo"
    ]


def test_who_has_left_is_nowhere(places, visitor):
    switch(presence_timeout=1)
    found = words(visitor("manager").get(MAP))
    assert not [each for each in found if "Alice" in each]
    assert [each for each in found if "Bob" in each]
    seen(places.rules, "bob", 5, is_exit=True)
    assert not [each for each in words(visitor("manager").get(MAP)) if "Bob" in each]


def test_nobody_is_there(site, visitor, database):
    switch(enabled=True, location_file=str(write_places(database)))
    answer = visitor("manager").get(MAP)
    assert entries(answer) == []
    assert "Nobody is on the site now." in text_of(answer)


@pytest.mark.parametrize(
    "address, city",
    [("192.0.2.0", "Hamburg"), ("2001:db8:2::", "Gothenburg")],
)
def test_an_address_that_was_cut_to_its_network_has_a_place(
    places, visitor, address, city
):
    seen(places.rules, "carol", address=address)
    found = words(visitor("manager").get(MAP))
    assert [each for each in found if city in each and "Carol" in each]


def test_countries_alone_are_in_their_middle(recorded, visitor, database):
    write(database, {"country": {"iso_code": "NZ", "names": {"en": "Aotearoa"}}})
    switch(location_file=str(database))
    (place,) = visitor("manager").get(JSON).json()["places"]
    assert (place["name"], place["country"]) == ("New Zealand", "NZ")
    assert place["is_whole_country"] is True
    assert -48 < place["latitude"] < -34


def test_a_place_that_is_on_no_map_is_in_the_list(recorded, visitor, database):
    write(database, {"country": {"iso_code": "ZZ", "names": {"en": "Atlantis"}}})
    switch(location_file=str(database))
    ((said, row),) = entries(visitor("manager").get(MAP))[:1]
    assert "Its position on the map is not known." in said
    assert row.get("data-latitude") is None


def test_a_city_is_one_place_whatever_its_points(recorded, visitor, database):
    berlin = {"city": {"names": {"en": "Berlin"}}, "country": {"iso_code": "DE"}}
    points = {
        f"192.0.2.{number}/32": {
            **berlin,
            "location": {"latitude": 52.5 + number / 100, "longitude": 13.4},
        }
        for number in range(4)
    }
    switch(location_file=str(write_places(database, points)))
    for number in range(4):
        address = f"192.0.2.{number}"
        seen(recorded.rules, "", session=f"{number}" * 32, address=address)
    manager = visitor("manager")
    found = manager.get(JSON).json()["places"]
    assert [(each["guests"], each["latitude"]) for each in found] == [(4, 52.5)]


def test_places_of_the_same_name_are_told_apart(recorded, visitor, database):
    def springfield(region, longitude):
        return {
            "city": {"names": {"en": "Springfield"}},
            "country": {"iso_code": "US"},
            "subdivisions": [{"names": {"en": region}}],
            "location": {"latitude": 40, "longitude": longitude},
        }

    records = {
        "192.0.2.0/25": springfield("Ohio", -84),
        "192.0.2.128/25": springfield("Illinois", -89),
    }
    switch(location_file=str(write_places(database, records)))
    for last in (1, 200):
        seen(recorded.rules, "", session=f"{last}", address=f"192.0.2.{last}")
    found = words(visitor("manager").get(MAP))
    assert found[0].startswith("Springfield, Illinois, United States")
    assert found[1].startswith("Springfield, Ohio, United States")


@pytest.fixture
def german(site):
    """A site in German."""
    api.portal.set_registry_record("plone.available_languages", ["en", "de"])
    api.portal.set_registry_record("plone.default_language", "de")
    transaction.commit()


def test_names_are_in_the_language_of_the_site(places, visitor, german):
    found = visitor("manager").get(JSON).json()["places"]
    names = {each["name"] for each in found}
    assert {"Kapstadt, Südafrika", "Hamburg, Deutschland", "Singapur"} <= names


HOSTILE = {
    "city": {"names": {"en": "<script>alert(1)</script>"}},
    "country": {"iso_code": "ZZ", "names": {"en": '"><img src=x onerror=alert(2)>'}},
    "location": {"latitude": float("nan"), "longitude": 1e300},
}


def test_names_out_of_a_database_are_shown_as_text(recorded, visitor, database):
    switch(location_file=str(write(database, HOSTILE)))
    manager = visitor("manager")
    for path in (MAP, f"{MAP}?list=1"):
        answer = manager.get(path)
        assert "<script>alert" not in answer.text and "<img src=x" not in answer.text
        assert "<script>alert(1)</script>" in words(answer)[0]
    (place,) = manager.get(JSON).json()["places"]
    assert (place["latitude"], place["longitude"]) == (None, None)


def test_the_json_says_the_same(places, visitor):
    before = datetime.now(timezone.utc)
    answer = visitor("manager").get(JSON)
    assert answer.headers["Content-Type"] == "application/json;charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    found = answer.json()
    at = datetime.fromisoformat(found["at"])
    assert at >= before and at.utcoffset() == timedelta(0)
    assert at - datetime.fromisoformat(found["since"]) == timedelta(minutes=10)
    assert found["database"]["kind"] == "Documentation-City"
    assert found["database"]["problem"] is None
    by_name = {place["name"]: place for place in found["places"]}
    rotterdam = by_name["Rotterdam, Netherlands"]
    assert rotterdam["visitors"] == [
        {"kind": "member", "user": "bob", "name": "Bob Berger"}
    ]
    assert (rotterdam["members"], rotterdam["page_views_of_others"]) == (1, 1)
    assert by_name["Singapore"]["visitors"] == [{"kind": "guest", "session": GUEST}]
    unknown = found["place_not_known"]
    assert unknown["guests"] == 2
    assert unknown["reasons"] == {"private": 1, "not-listed": 1, "no-address": 1}


def said_of_file(answer):
    found = html.fromstring(answer.text).get_element_by_id("clicktracker-places")
    alerts = found.xpath(".//p[contains(@class, 'alert')]")
    return " ".join(" ".join(each.text_content().split()) for each in alerts)


def test_without_a_database_it_says_what_to_do(recorded, visitor):
    answer = visitor("manager").get(MAP)
    assert "No database of places is set" in said_of_file(answer)
    settings = links(answer)["ClickTracker Settings"]
    assert settings.endswith("/@@clicktracker-settings#clicktracker-locations")
    assert words(answer) == [
        "Place not known members: 1, guests: 1 "
        "page views of guests without a cookie: 1 Bob Berger Guest 3fa9"
    ]


@pytest.mark.parametrize(
    "content, said",
    [
        (None, "There is no file at the path"),
        (b"", "is not a file in MaxMind's format"),
        (b"\x1f\x8b gz", "You may have to unpack the download first"),
        (b"x\xab\xcd\xefMaxMind.com", "is damaged"),
    ],
)
def test_a_database_that_can_not_be_used_breaks_nothing(
    recorded, visitor, database, content, said
):
    if content is not None:
        database.write_bytes(content)
    switch(location_file=str(database))
    manager = visitor("manager")
    assert said in said_of_file(manager.get(MAP))
    assert said in said_of_file(manager.get(f"{MAP}?list=1"))
    found = manager.get(JSON).json()
    assert said in found["database"]["problem"]
    assert (found["places"], found["place_not_known"]["members"]) == ([], 1)
    # When it is mended, the next list says so.
    write_places(database)
    assert said_of_file(manager.get(f"{MAP}?list=1")) == ""


def test_of_an_old_database_the_map_warns(recorded, visitor, database):
    then = datetime.now(timezone.utc) - timedelta(days=200)
    switch(location_file=str(write_built(database, int(then.timestamp()))))
    answer = visitor("manager").get(MAP)
    assert "older than half a year" in said_of_file(answer)
    assert words(answer)[0].startswith("Rotterdam")


@pytest.mark.parametrize(
    "kind, credit, url",
    [
        ("DBIP-City-Lite", "IP Geolocation by DB-IP", "https://db-ip.com"),
        (
            "GeoLite2-City",
            "This product includes GeoLite Data created by MaxMind",
            "https://www.maxmind.com",
        ),
    ],
)
def test_who_has_made_the_database_is_said(
    recorded, visitor, database, kind, credit, url
):
    switch(location_file=str(write_places(database, kind=kind)))
    assert links(visitor("manager").get(MAP))[credit] == url


def test_the_list_alone_is_short_and_without_a_theme(places, visitor):
    answer = visitor("manager").get(f"{MAP}?list=1")
    assert "Hamburg" in answer.text and "documentFirstHeading" not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_map_is_no_page_view_itself(places, visitor):
    answer = visitor("manager").get(f"{MAP}?list=1")
    assert "tracker.js" not in answer.text


def test_a_storage_that_is_down_is_said(places, visitor):
    store_dsn("host=127.0.0.1 port=9 dbname=nowhere connect_timeout=1")
    transaction.commit()
    manager = visitor("manager")
    assert "can't be reached" in text_of(manager.get(MAP))
    answer = manager.get(JSON)
    assert answer.status_code == 503
    assert "can't be reached" in answer.json()["problem"]


def test_a_crowd_is_cut(places, visitor, monkeypatch):
    monkeypatch.setattr(whereabouts, "MOST", 2)
    answer = visitor("manager").get(MAP)
    assert "only the latest are shown here" in text_of(answer)
    assert visitor("manager").get(JSON).json()["is_cut"] is True


def test_many_places_and_many_people_are_counted(places, visitor, monkeypatch):
    monkeypatch.setattr(map_view, "MOST_PLACES", 2)
    monkeypatch.setattr(map_view, "MOST_PEOPLE", 1)
    seen(places.rules, "carol", 5, address="198.51.100.9")
    answer = visitor("manager").get(MAP)
    assert "Places that are not listed: 2" in text_of(answer)
    found = words(answer)
    assert len(found) == 3
    assert found[0].startswith("Rotterdam") and "Carol Castillo" in found[0]
    assert "Bob" not in found[0] and "and others: 1" in found[0]
    assert len(visitor("manager").get(JSON).json()["places"]) == 4


def test_visits_are_not_recorded_any_more(places, visitor):
    switch(enabled=False)
    answer = visitor("manager").get(MAP)
    assert "Visits are not recorded now." in text_of(answer)
    assert "data-clicktracker-live" not in answer.text
