"""Other software asks who has read something."""

from plone import api
from slc.clicktracker.sites.openings import openings_of
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.sqlite import SQLiteStorage
from tests.audience.people import expect
from tests.browser.privacy.settings import choose_privacy
from tests.browser.report.readings import many_readers
from tests.rest.documented import documented

import transaction


READERS = "/board/agenda/@readers"


def test_who_has_read_it_and_how_far_the_audience_is(read, client):
    expect(read.agenda, "alice", "bob", "carol")
    answer = client("manager").get(READERS)
    assert answer.status_code == 200, answer.text
    documented(answer)
    found = answer.json()
    assert [each["user"] for each in found["items"]] == ["alice", "bob"]
    bob = found["items"][1]
    assert (bob["reader"], bob["level"], bob["opened"]) == ("Bob Berger", "opened", 1)
    assert bob["last"] == "2026-05-05T12:00:00+00:00"
    assert found["items_total"] == 2
    names = {each["name"] for each in found["columns"]}
    assert names | {"@id", "is_current"} == set(bob)
    people = {each["name"]: each["people"] for each in found["lists"]}
    assert people == {"read": 2, "absent": 1, "older": 0, "excused": 0}
    numbers = {name: found["answer"][name] for name in ("expected", "read", "absent")}
    assert numbers == {"expected": 3, "read": 2, "absent": 1}
    assert found["answer"]["sentences"][0] == (
        "2 of 3 have opened the current version."
    )
    assert found["about"]["document"] == "Agenda"
    assert "did not read" in found["about"]["no_evidence"]


def test_a_list_is_narrowed_and_sorted_as_on_the_screen(read, client):
    expect(read.agenda, "alice", "bob", "carol")
    manager = client("manager")

    def users(**asked):
        return [each["user"] for each in manager.get(READERS, **asked).json()["items"]]

    assert users(tab="absent") == ["carol"]
    assert users(reader="bob") == ["bob"]
    assert users(since="2026-05-05") == ["bob"]
    assert users(sort_on="last", sort_order="reverse") == ["bob", "alice"]


def test_a_long_list_comes_in_pages(tracked, client):
    many_readers(tracked.agenda)
    transaction.commit()
    manager = client("manager")
    first = manager.get(READERS).json()
    assert (first["items_total"], len(first["items"])) == (45, 25)
    assert first["@id"].endswith("/board/agenda/@readers")
    second = manager.visitor.session.get(
        first["batching"]["next"], headers={"Accept": "application/json"}
    ).json()
    assert len(second["items"]) == 20
    assert second["items"][0]["user"] == "reader25"
    assert "next" not in second["batching"]
    largest = manager.get(READERS, b_size="1000000").json()
    assert len(largest["items"]) == 45
    beyond = manager.get(READERS, b_start="1000").json()
    assert beyond["items"][-1]["user"] == "reader44"


def test_what_is_asked_for_wrongly_is_said_and_not_ignored(read, client):
    manager = client("manager")
    day = manager.get(READERS, since="yesterday")
    assert day.status_code == 400
    assert day.json()["type"] == "BadRequest"
    assert day.json()["message"].startswith("Enter a date like 2026-05-31.")
    assert [each["field"] for each in day.json()["errors"]] == ["since"]


def test_readers_are_shown_to_those_who_may_see_them(read, client):
    assert client().get(READERS).status_code == 401
    assert client("bob").get(READERS).status_code == 401
    api.user.grant_roles(username="bob", roles=["Tracking Manager"], obj=read)
    transaction.commit()
    assert client("bob").get(READERS).status_code == 200
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(read.agenda, "retract")
    read.agenda.manage_permission("View", ["Manager"], acquire=False)
    transaction.commit()
    assert client("bob").get(READERS).status_code == 401


def test_no_cache_keeps_the_names(read, client, caching):
    answer = client("manager").get(READERS)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_folder_lists_everything_below(read, client):
    found = client("manager").get("/board/@readers").json()
    assert {each["document"] for each in found["items"]} == {"Agenda"}
    assert (found["lists"], found["answer"]) == ([], None)


def test_a_storage_that_is_down_is_said(read, client, monkeypatch):
    def down(*_):
        raise StorageUnavailable("no route")

    monkeypatch.setattr(SQLiteStorage, "readings", down)
    answer = client("manager").get(READERS)
    assert answer.status_code == 503
    assert answer.json()["message"].startswith("The storage for readings can't be")


def test_names_by_rest_are_opened_as_on_a_screen(read, client):
    expect(read.agenda, "alice", "bob", "carol")
    client("manager").get(READERS)
    transaction.begin()
    (opening,) = openings_of(Reader("bob"), lambda listed: True)
    assert (opening.listed.what, opening.listed.as_file) == ("readers", "rest")
    choose_privacy(ask_reason=True)
    answer = client("manager").get(READERS)
    assert answer.status_code == 403
    assert "asks for a reason" in answer.json()["message"]


def test_a_service_says_what_stands_around_the_list_on_the_screen(read, client):
    expect(read.agenda, "alice", "bob", "carol")
    manager = client("manager")
    found = manager.get(READERS, tab="absent").json()
    assert [(each["title"], each["people"]) for each in found["answer"]["parts"]] == [
        ("Opened", 2),
        ("Not yet", 1),
    ]
    assert found["explanation"][0] == "One of 3 expected readers."
    addresses, mails = found["links"]
    assert addresses["@id"].endswith("/agenda/@@who-read-this-addresses")
    assert mails["title"] == "Reports by mail"
    csv = found["files"][0]
    assert "/agenda/@@who-read-this.csv?" in csv["@id"]
    assert "tab=absent" in csv["@id"]
    # A short list is not narrowed by anybody.
    assert found["filters"] == []
    nobody = manager.get(READERS, tab="older").json()
    assert nobody["explanation"] == [
        "Nobody is known to have opened only an older version."
    ]


def test_a_long_list_says_how_it_can_be_narrowed_and_its_course(tracked, client):
    many_readers(tracked.agenda)
    transaction.commit()
    manager = client("manager")
    found = manager.get(READERS).json()
    kinds = {each["name"]: each["kind"] for each in found["filters"]}
    assert kinds == {
        "reader": "text",
        "level": "choice",
        "since": "day",
        "until": "day",
    }
    new, so_far = found["chart"]["series"]
    assert (sum(new["values"]), so_far["values"][-1]) == (45, 45)
    assert len(found["chart"]["labels"]) == len(new["values"])
    narrowed = manager.get(READERS, reader="reader1").json()
    assert "reader1" in narrowed["filtered"][0]


def test_a_list_leads_to_what_is_known_of_each_reader(read, client):
    manager = client("manager")
    bob = manager.get(READERS, reader="bob").json()["items"][0]
    known = manager.visitor.session.get(
        bob["@id"], headers={"Accept": "application/json"}
    ).json()
    assert known["reader"]["user"] == "bob"
    assert known["expectation"] == "This person is expected to read this."


def test_what_is_not_tracked_says_so(tracked, client):
    manager = client("manager")
    manager.patch("/board/agenda/@tracking", choice="exclude")
    found = manager.get(READERS).json()
    assert found["notices"][0].startswith("This item is not tracked")
    assert found["answer"] is None
