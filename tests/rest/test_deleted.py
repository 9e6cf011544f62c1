"""Other software asks who had read what is deleted."""

from slc.clicktracker.sites.openings import openings_of
from slc.clicktracker.storage.model import Reader
from tests.audience.people import give_role
from tests.browser.report.deleted import delete
from tests.rest.documented import documented

import pytest
import transaction


DELETED = "/@deleted-documents"


@pytest.fixture
def uid(read):
    return delete(read.agenda)


def test_what_is_deleted_and_who_had_read_it(uid, client):
    manager = client("manager")
    answer = manager.get(DELETED)
    assert answer.status_code == 200, answer.text
    documented(answer)
    (row,) = answer.json()["items"]
    assert (row["title"], row["address"], row["readers"]) == (
        "Agenda",
        "/board/agenda",
        2,
    )
    report = manager.get(f"{DELETED}/{uid}").json()
    assert [each["user"] for each in report["items"]] == ["alice", "bob"]
    assert report["about"]["deleted"] is True
    assert f"{DELETED}/{uid}" in report["@id"]
    history = manager.get(f"{DELETED}/{uid}/bob").json()
    assert (history["document"]["deleted"], history["items_total"]) == (True, 1)
    transaction.begin()
    seen = {each.listed.what for each in openings_of(Reader("bob"), lambda _: True)}
    assert seen == {"readers", "reader"}


def test_it_is_searched_for_by_title_and_address(uid, client):
    manager = client("manager")
    assert manager.get(DELETED, search="gend").json()["items_total"] == 1
    assert manager.get(DELETED, search="board").json()["items_total"] == 1
    nothing = manager.get(DELETED, search="nothing").json()
    assert nothing["items"] == []
    assert nothing["says"] == ["No title or address contains nothing."]


def test_what_is_there_is_not_deleted(read, client):
    manager = client("manager")
    for uid in (read.agenda.UID(), "nothing"):
        assert manager.get(f"{DELETED}/{uid}").status_code == 404
    found = manager.get(DELETED).json()
    assert (found["items"], found["filters"], found["seals"]) == ([], [], None)
    assert found["says"][0].startswith("No document that is known")


def test_who_looks_after_a_folder_does_not_see_it(uid, site, client):
    give_role(site.board, "carol")
    for path in (DELETED, f"{DELETED}/{uid}", f"{DELETED}/{uid}/bob"):
        assert client("carol").get(path).status_code == 401
