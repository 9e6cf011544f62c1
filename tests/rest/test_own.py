"""Other software asks for a member what they have to read, and what is recorded."""

from slc.clicktracker.my_reading.record import own_parts
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.sqlite import SQLiteStorage
from tests.audience.people import expect
from tests.browser.report.readings import NOON
from tests.browser.report.readings import record
from tests.browser.report.versions import edit
from tests.deadlines.deadlines import give_deadline
from tests.rest.documented import documented

import pytest
import requests
import transaction


@pytest.fixture
def bob(tracked, client):
    """He has read the agenda, and not the budget, for which there is a deadline."""
    expect(tracked, "alice", "bob")
    record(tracked.agenda, "bob")
    give_deadline(tracked.budget)
    transaction.commit()
    return client("bob")


def test_what_is_to_be_read_and_what_is_done(bob):
    answer = bob.get("/@my-reading-list")
    assert answer.status_code == 200, answer.text
    documented(answer)
    found = answer.json()
    numbers = {each["title"]: each["documents"] for each in found["lists"]}
    assert numbers == {"To read": 1, "Done": 1}
    assert [each["title"] for each in found["columns"]][-1] == "Evidence asked for"
    (item,) = found["items"]
    assert (item["title"], item["is_done"]) == ("Budget", False)
    assert item["deadline"] == "2036-03-01T17:30:00+00:00"
    done = bob.get("/@my-reading-list", list="done").json()
    assert [each["title"] for each in done["items"]] == ["Agenda"]
    assert done["items"][0]["level"] == "opened"
    dated = bob.get("/@my-deadlines").json()
    assert [each["title"] for each in dated["items"]] == ["Budget"]


def test_what_has_changed_and_what_is_to_be_acknowledged_is_said(tracked, bob):
    edit(tracked.agenda, title="The new agenda")
    give_deadline(tracked.agenda, NOON, level="acknowledged")
    agenda, _budget = bob.get("/@my-reading-list").json()["items"]
    said = {each["name"]: each["says"] for each in agenda["states"]}
    assert said == {
        "overdue": None,
        "changed": "It has changed since you read it.",
        "to-acknowledge": "Open it and acknowledge it below the text.",
    }


def test_a_calendar_gets_an_address_of_its_own_and_loses_it(bob, client):
    assert bob.get("/@my-deadlines").json()["calendar"]["private_address"] is None
    made = bob.post("/@my-deadlines")
    assert made.status_code == 200, made.text
    documented(made, {**made.json(), "items": []})
    address = made.json()["calendar"]["private_address"]
    assert "SUMMARY:To read: Budget" in requests.get(address).text
    assert client("carol").delete("/@my-deadlines").status_code == 200
    assert requests.get(address).status_code == 200
    gone = bob.delete("/@my-deadlines").json()
    assert gone["message"] == "The private address doesn't work any more."
    assert gone["calendar"]["private_address"] is None
    assert requests.get(address).status_code == 404
    assert client().post("/@my-deadlines").status_code == 401


def test_what_is_recorded_about_a_member(bob):
    parts = bob.get("/@my-reading").json()["items"]
    with_names = [each["name"] for each in parts]
    transaction.begin()
    assert with_names == [each.name for each in own_parts(Reader("bob"))]
    answer = bob.get(f"/@my-reading/{with_names[0]}")
    assert answer.status_code == 200, answer.text
    documented(answer)
    (row,) = answer.json()["items"]
    assert row[0]["title"] == "Agenda"
    assert len(row) == len(answer.json()["columns"])
    assert bob.get("/@my-reading/nothing").status_code == 404


def test_it_is_about_nobody_else_and_nothing_for_guests(bob, client):
    for name in ("@my-reading-list", "@my-deadlines", "@my-reading"):
        assert client().get(f"/{name}").status_code == 401
        assert client("carol").get(f"/{name}", user="bob").status_code == 200
    carols = client("carol").get("/@my-reading-list", user="bob", reader="bob").json()
    assert [each["documents"] for each in carols["lists"]] == [0, 0]
    assert carols["says"] == "There is nothing left for you to read."


def test_a_storage_that_is_down_is_said_to_members(bob, monkeypatch):
    def down(*_):
        raise StorageUnavailable("no route")

    monkeypatch.setattr(SQLiteStorage, "readings", down)
    assert bob.get("/@my-reading-list").status_code == 503
