"""Other software asks how far the audiences of a folder are, and who is behind."""

from plone import api
from slc.clicktracker.sites.openings import openings_of
from slc.clicktracker.storage.model import Reader
from tests.audience.people import expect
from tests.audience.people import give_role
from tests.browser.dashboard.dashboards import opened
from tests.browser.report.readings import NOON
from tests.browser.report.readings import record
from tests.deadlines.deadlines import give_deadline
from tests.rest.documented import documented
from urllib.parse import quote

import pytest
import transaction


DASHBOARD = "/board/@reading-dashboard"
MEMBERS = "/board/@reading-dashboard-members"
MAY = {"since": "2026-05-01", "until": "2026-05-31"}


@pytest.fixture
def expected(read):
    """All three are to read both papers; two have read one of them."""
    for each in (read.agenda, read.budget):
        expect(each, "alice", "bob", "carol")
    return read


def titles(answer):
    assert answer.status_code == 200, answer.text
    return [each["title"] for each in answer.json()["items"]]


def test_how_far_the_audiences_are(expected, client):
    answer = client("manager").get(DASHBOARD, **MAY)
    assert titles(answer) == ["Budget", "Agenda"]
    documented(answer)
    found = answer.json()
    figures = found["figures"]
    assert (figures["opened"], figures["expected"], figures["times"]) == (2, 6, 2)
    budget, agenda = found["items"]
    assert (agenda["opened"], agenda["expected"], agenda["times"]) == (2, 3, 2)
    (level,) = agenda["levels"]
    assert (level["name"], level["title"], level["people"]) == ("opened", "Opened", 2)
    assert level["readers"].endswith(
        "/board/agenda/@@who-read-this?tab=read&level=opened#readers"
    )
    assert (agenda["share"], agenda["percent"]) == ("2 of 3", 66)
    assert (budget["opened"], budget["levels"]) == (0, [])
    assert [each["title"] for each in found["most"]] == ["Agenda"]
    assert [each["day"] for each in found["days"]] == ["2026-05-04", "2026-05-05"]


def test_documents_are_searched_for_sorted_and_cut(expected, client):
    manager = client("manager")
    give_deadline(expected.agenda)
    assert titles(manager.get(DASHBOARD, search="gend")) == ["Agenda"]
    assert titles(manager.get(DASHBOARD, order="title")) == ["Agenda", "Budget"]
    assert titles(manager.get(DASHBOARD, order="far")) == ["Agenda", "Budget"]
    page = manager.get(DASHBOARD, order="title", b_size="1", b_start="1")
    assert titles(page) == ["Budget"]
    assert page.json()["items_total"] == 2
    assert "order=title" in page.json()["batching"]["prev"]
    assert titles(manager.get(DASHBOARD, only="overdue")) == []
    names = {each["name"] for each in page.json()["orders"]}
    assert {"behind", "far", "title", "deadline", "most"} <= names


def test_what_stands_on_the_screen_is_said(expected, client):
    give_deadline(expected.agenda, NOON, level="finished")
    found = client("manager").get(DASHBOARD, **MAY).json()
    assert [each["name"] for each in found["pages"]] == [
        "clicktracker-dashboard",
        "clicktracker-dashboard-members",
    ]
    assert found["sentences"] == [
        ["2 documents are tracked"],
        [
            "0 of 6 expected readings known",
            "At least half of the documents are at 0 % or more",
        ],
        ["2 times opened (May 01, 2026 to May 31, 2026)", "The period before: 0"],
    ]
    assert found["recent"]["says"].startswith("Changed since Monday, ")
    assert {each["title"] for each in found["recent"]["items"]} == {"Agenda", "Budget"}
    columns = {
        each["name"]: (each["order"], each["sorted"]) for each in found["columns"]
    }
    assert columns["share"] == ("far", "ascending")
    assert columns["deadline"] == ("deadline", None)
    assert [each["name"] for each in found["filters"]] == ["search", "only"]
    assert sum(found["chart"]["series"][0]["values"]) == 2
    agenda = next(each for each in found["items"] if each["title"] == "Agenda")
    assert agenda["deadline_text"].startswith("May 04, 2026")
    assert (agenda["evidence_title"], agenda["overdue"]) == ("Finished", True)
    assert agenda["missing"].endswith("tab=missing#readers")
    nothing = client("manager").get(DASHBOARD, only="attested").json()
    assert nothing["says"] == ["Nobody has vouched for readers of anything here."]


def test_a_day_that_is_none_is_said(expected, client):
    answer = client("manager").get(DASHBOARD, since="yesterday", until="2026-05-31")
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["field"] == "since"
    assert error["message"].startswith("Enter a date like")


def test_what_would_tell_of_single_people_is_hidden(expected, client):
    """Whoever may not see readers learns nothing of few people."""
    expected.manage_permission("slc: Manage Tracking", ["Reader"], acquire=False)
    expected.manage_setLocalRoles("bob", ["Reader"])
    expected.reindexObjectSecurity()
    transaction.commit()
    found = client("bob").get(DASHBOARD).json()
    assert [each["hidden"] for each in found["items"]] == [True, True]
    notes = {note for each in found["items"] for note in each["notes"]}
    assert notes == {"Not shown, because it would reveal what single people did."}
    assert {each["missing"] for each in found["items"]} == {None}
    assert {each["opened"] for each in found["items"]} == {None}
    assert found["figures"]["hidden"] == 2
    assert client("bob").get(MEMBERS).status_code == 401


def test_of_whom_least_is_known(expected, client):
    answer = client("manager").get(MEMBERS)
    assert answer.status_code == 200, answer.text
    documented(answer)
    rows = [(each["user"], each["missing"]) for each in answer.json()["items"]]
    assert rows == [("carol", 2), ("alice", 1), ("bob", 1)]
    transaction.begin()
    (opening,) = openings_of(Reader("bob"), lambda listed: True)
    assert (opening.listed.what, opening.listed.as_file) == ("members", "rest")
    found = client("manager").get(MEMBERS, search="Bob", b_size="1").json()
    assert [each["user"] for each in found["items"]] == ["bob"]
    found = client("manager").get(MEMBERS, search="Zoe").json()
    assert found["says"] == ["No name or user id contains Zoe."]
    assert found["filters"][0]["title"] == "Name or user id"


def test_what_one_of_them_is_missing(expected, client):
    answer = client("manager").get(f"{MEMBERS}/bob")
    documented(answer)
    assert answer.json()["sentence"].endswith("not known to be read: 1.")
    assert titles(answer) == ["Budget"]
    assert client("manager").get(f"{MEMBERS}/nobody").status_code == 404


#: As another directory of users may have them.
STRANGE = "Ümit o'Neil/board #1?"


def test_the_address_of_a_member_leads_there_whatever_the_id(expected, client):
    users = api.portal.get().acl_users.source_users
    users._userid_to_login[STRANGE] = users._login_to_userid[STRANGE] = STRANGE
    expect(expected.agenda, STRANGE)
    record(expected.agenda, STRANGE)
    transaction.commit()
    manager = client("manager")
    member = manager.get(f"{MEMBERS}/{quote(STRANGE, safe='')}").json()
    listed = manager.get("/board/agenda/@readers").json()["items"]
    (reader,) = [each for each in listed if each["user"] == STRANGE]
    for address in (member["@id"], reader["@id"]):
        assert address.isascii() and not {" ", "'", "#"} & set(address)
        again = manager.get(address.removeprefix(manager.visitor.site_url))
        assert again.status_code == 200, address
        found = again.json()
        assert found.get("reader", found)["user"] == STRANGE


def test_a_secretary_sees_her_folder_only(expected, client):
    give_role(expected, "carol")
    opened(expected.budget, "bob")
    carol = client("carol")
    assert carol.get(DASHBOARD).json()["figures"]["opened"] == 3
    assert len(carol.get(MEMBERS).json()["items"]) == 3
    for path in ("/@reading-dashboard", "/@reading-dashboard-members"):
        assert carol.get(path).status_code == 401


def test_a_storage_that_is_down_is_said(expected, client, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "host=127.0.0.1 port=1 dbname=x")
    for path in (DASHBOARD, MEMBERS, "/@deleted-documents"):
        answer = client("manager").get(path)
        assert answer.status_code == 503, path
        assert "can't be reached" in answer.json()["message"]


def test_where_nothing_is_tracked_it_is_said_how(site, client):
    found = client("manager").get(DASHBOARD).json()
    assert (found["items"], found["recent"], found["filters"]) == ([], None, [])
    assert found["says"][1].startswith("To track the papers of a meeting")
    assert ["No expected readings to count"] in found["sentences"]
