"""Other software asks what is known of one reader."""

from plone import api
from slc.clicktracker.sites.openings import openings_of
from slc.clicktracker.storage.model import Reader
from tests.audience.people import expect
from tests.browser.report.readings import NOON
from tests.browser.report.readings import record
from tests.rest.documented import documented

import transaction


BOB = "/board/agenda/@readers/bob"


def test_what_is_known_of_one_reader(read, client):
    expect(read.agenda, "alice", "bob")
    answer = client("manager").get(BOB)
    assert answer.status_code == 200, answer.text
    documented(answer)
    found = answer.json()
    assert found["reader"]["name"] == "Bob Berger"
    assert found["is_expected"] is True
    (version,) = found["versions"]
    assert (version["level"], version["count"]) == ("opened", 1)
    (access,) = found["items"]
    assert access["opened"] == "2026-05-05T12:00:00+00:00"
    transaction.begin()
    (opening,) = openings_of(Reader("bob"), lambda listed: True)
    assert (opening.listed.what, opening.listed.as_file) == ("reader", "rest")


def test_a_long_history_comes_in_pages(read, client):
    for minute in range(30):
        record(read.agenda, "bob", NOON.replace(day=6, minute=minute))
    transaction.commit()
    manager = client("manager")
    first = manager.get(BOB).json()
    assert (first["items_total"], len(first["items"])) == (31, 25)
    rest = manager.visitor.session.get(
        first["batching"]["next"], headers={"Accept": "application/json"}
    ).json()
    assert len(rest["items"]) == 6
    assert len(manager.get(BOB, b_size="3").json()["items"]) == 3


def test_a_folder_says_what_is_missing(read, client):
    for each in (read.agenda, read.budget):
        expect(each, "alice", "bob")
    found = client("manager").get("/board/@readers/bob").json()
    assert [each["title"] for each in found["missing"]] == ["Budget"]
    assert found["is_expected"] is None
    assert found["items"][0]["document"] == "Agenda"


def test_many_versions_come_in_pages(read, client):
    for each in (read.agenda, read.budget):
        record(each, "bob", NOON.replace(day=6))
    transaction.commit()
    manager = client("manager")
    first = manager.get("/board/@readers/bob", b_size="1").json()
    assert (len(first["versions"]), first["versions_total"]) == (1, 2)
    rest = manager.visitor.session.get(
        first["versions_batching"]["next"], headers={"Accept": "application/json"}
    ).json()
    assert rest["versions"][0]["document"] != first["versions"][0]["document"]
    assert sorted(rest["versions_batching"]) == ["first", "last", "prev"]


def test_somebody_of_whom_nothing_is_known(read, client):
    manager = client("manager")
    assert manager.get("/board/agenda/@readers/nobody").status_code == 404
    assert manager.get(f"{BOB}/more").status_code == 404
    assert manager.get(BOB, generation="7").status_code == 404


def test_a_secretary_asks_about_her_own_folder_only(read, client):
    assert client("bob").get(BOB).status_code == 401
    api.user.grant_roles(username="bob", roles=["Tracking Manager"], obj=read)
    transaction.commit()
    assert client("bob").get(BOB).status_code == 200
    assert client("bob").get("/@readers/bob").status_code == 401


def test_a_storage_that_is_down_is_said(read, client, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "host=127.0.0.1 port=1 dbname=x")
    answer = client("manager").get(BOB)
    assert answer.status_code == 503
    assert answer.json()["message"].startswith("The storage for readings can't be")
