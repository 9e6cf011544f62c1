"""Other software bans networks from the site, and lifts bans."""

from slc.clicktracker.sites.bans import listed_bans
from tests.rest.documented import documented
from ZPublisher import HTTPRequest

import pytest
import transaction


PROXY = "127.0.0.1"
OWN = "198.51.100.7"
BANS = "/@visitors-bans"
NETWORK = "203.0.113.0/24"


@pytest.fixture
def manager(client, site, monkeypatch):
    """Comes from an address of their own, as a trusted proxy says."""
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", (PROXY,))
    found = client("manager")
    found.visitor.session.headers["X-Forwarded-For"] = OWN
    return found


def holding():
    transaction.begin()
    return [each.network for each in listed_bans()[0]]


def test_a_network_is_banned_listed_and_lifted(manager):
    answer = manager.post(BANS, network=NETWORK, duration="week", note="Scraping")
    assert answer.status_code == 201, answer.text
    assert answer.json()["message"].startswith(f"{NETWORK} is banned.")
    documented(answer)
    assert holding() == [NETWORK]
    assert answer.headers["Location"] == answer.json()["@id"]
    listed = manager.get(BANS)
    documented(listed)
    (ban,) = listed.json()["items"]
    assert (ban["network"], ban["note"], ban["lifted"]) == (NETWORK, "Scraping", None)
    assert listed.json()["problem"] is None
    again = manager.post(BANS, network=NETWORK)
    assert again.json()["message"].startswith("It is already banned")
    said = manager.delete(f"{BANS}/{NETWORK}").json()["message"]
    assert said.startswith(f"{NETWORK} is no longer banned.")
    assert holding() == []
    (ban,) = manager.get(BANS, earlier="1").json()["items"]
    assert ban["lifted_by"].startswith("admin")
    assert manager.delete(f"{BANS}/{NETWORK}").status_code == 404


WRONG = {
    "own address": ({"network": OWN}, "network", "This network contains your own"),
    "the proxy": ({"network": PROXY}, "network", "This network contains the proxy"),
    "everybody": ({"network": "0.0.0.0/0"}, "network", "This would ban everybody"),
    "host bits": ({"network": "203.0.113.9/24"}, "network", "Enter 203.0.113.0/24"),
    "no network": ({"network": "bob"}, "network", "Enter an address like"),
    "no text": ({"network": 7}, "network", "Object is of wrong type."),
    "nothing": ({}, "network", "Required input is missing."),
    "a duration": ({"network": NETWORK, "duration": "ever"}, "duration", ""),
    "unknown": ({"network": NETWORK, "until": "x"}, "until", "There is no such entry."),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_must_not_be_banned_is_said_at_its_entry(manager, kind):
    sent, field, said = WRONG[kind]
    answer = manager.post(BANS, **sent)
    assert answer.status_code == 400, answer.text
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert error["message"].startswith(said)
    assert answer.json()["message"] == error["message"]
    assert holding() == []


def test_bans_are_off_where_nobody_knows_who_comes(client, site):
    manager = client("manager")
    assert manager.get(BANS).json()["problem"].startswith("Bans are off")
    answer = manager.post(BANS, network=NETWORK)
    assert (answer.status_code, holding()) == (400, [])
    assert answer.json()["message"].startswith("Bans are off")


def test_a_screen_is_told_what_to_say_and_to_ask(manager):
    manager.post(BANS, network=NETWORK, note="Scraping")
    found = manager.get(BANS, screen="1", network="203.0.113.9").json()
    asked = {each["name"]: each for each in found["screen"]["form"]["fields"]}
    assert asked["network"]["value"] == "203.0.113.9"
    assert [each["name"] for each in asked["duration"]["choices"]][1] == "day"
    assert f"Your own address is {OWN}." in found["screen"]["form"]["about"]
    (ban,) = found["items"]
    note, until, by = (each["text"] for each in ban["said"])
    assert note == "Scraping"
    assert until.startswith("Until ")
    assert by.startswith("Banned by admin")
    manager.delete(f"{BANS}/{NETWORK}")
    (ban,) = manager.get(BANS, screen="1", earlier="1").json()["items"]
    assert ban["said"][-1]["text"].startswith("Lifted by admin")


def test_a_screen_has_no_form_where_bans_are_off(client, site):
    assert client("manager").get(BANS, screen="1").json()["screen"]["form"] is None
