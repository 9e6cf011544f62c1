"""Other software asks who had read something at a moment, and seals that."""

from slc.clicktracker.seals.verify import checked
from slc.clicktracker.seals.verify import public_key
from slc.clicktracker.sites.openings import openings_by
from slc.clicktracker.sites.openings import openings_of
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.sqlite import SQLiteStorage
from tests.audience.people import give_role
from tests.browser.privacy.settings import choose_privacy
from tests.browser.report.deleted import delete
from tests.rest.documented import documented
from tests.seals.server_key import use_key
from tests.snapshots.board import read_agenda

import pytest
import transaction


AS_OF = "/board/agenda/@as-of"
SNAPSHOTS = "/board/agenda/@snapshots"
SEALS = "/board/agenda/@seals"
DELETED = "/@deleted-seals"


@pytest.fixture
def carol(tracked, client, monkeypatch, tmp_path):
    """She may track, and see readers, in the folder; the server has a key."""
    use_key(monkeypatch, tmp_path / "seal.pem")
    read_agenda(tracked)
    give_role(tracked, "carol")
    return client("carol")


def test_what_is_known_of_a_moment_is_told_and_opened(carol):
    answer = carol.get(AS_OF)
    assert answer.status_code == 200, answer.text
    documented(answer)
    found = answer.json()
    assert found["source"] == "This is what is known now."
    assert {each["level"] for each in found["items"]} >= {"opened"}
    transaction.begin()
    (opening,) = openings_by(Reader("carol"))
    assert (opening.listed.what, opening.listed.as_file) == ("as-of", "rest")
    for wrong in ({"day": "tomorrow"}, {"day": "2100-01-01"}, {"moment": "9" * 16}):
        assert carol.get(AS_OF, **wrong).status_code == 400, wrong
    choose_privacy(ask_reason=True)
    assert carol.get(AS_OF).status_code == 403


def test_a_report_is_sealed_listed_and_handed_out(carol):
    answer = carol.post(SEALS)
    assert answer.status_code == 201, answer.text
    documented(answer)
    listed = carol.get(SEALS).json()
    (seal,) = listed["items"]
    assert (seal["number"], seal["made_by"]) == (1, "Carol Castillo (carol)")
    file = carol.get(seal["@id"].removeprefix(carol.visitor.site_url))
    keys = [public_key(each) for each in listed["keys"]]
    assert checked("seal", file.content, keys).problems == []
    for other in ("2", "x", "1/1"):
        assert carol.get(f"{SEALS}/{other}").status_code == 404
    assert carol.get("/board/budget/@seals/1").status_code == 404
    for wrong in ({"day": "2100-01-01"}, {"moment": "nonsense"}, {"time": "18:30"}):
        assert carol.post(SEALS, **wrong).status_code == 400, wrong
    assert len(carol.get(SEALS).json()["items"]) == 1


def test_a_snapshot_is_taken_and_can_be_asked_for(carol):
    assert carol.post(SNAPSHOTS).status_code == 201
    (snapshot,) = carol.get(SNAPSHOTS).json()["items"]
    assert snapshot["why"] == "button"
    assert carol.get(AS_OF, moment=snapshot["moment"]).status_code == 200


def test_who_may_not_see_readers_or_only_see_them_is_refused(carol, client, tracked):
    bob = client("bob")
    for path in (AS_OF, SNAPSHOTS, SEALS):
        assert bob.get(path).status_code == 401
    assert bob.post(SEALS).status_code == 401
    tracked.manage_permission(
        "slc.clicktracker: View readers", ["Manager", "Reader"], acquire=True
    )
    tracked.manage_setLocalRoles("bob", ["Reader"])
    tracked.reindexObjectSecurity()
    transaction.commit()
    assert bob.get(SEALS).status_code == 200
    assert bob.post(SEALS).status_code == 403
    assert bob.post(SNAPSHOTS).status_code == 403


def test_the_seals_of_what_is_deleted_are_listed_and_handed_out(carol, client, site):
    assert carol.post(SEALS).status_code == 201
    manager = client("manager")
    assert manager.get(f"{DELETED}/1").status_code == 404
    uid = delete(site.board.agenda)
    answer = manager.get(DELETED)
    documented(answer)
    (seal,) = answer.json()["items"]
    assert (seal["uid"], seal["title"], seal["address"]) == (
        uid,
        "Agenda",
        "/board/agenda",
    )
    assert manager.get(DELETED, uid="another").json()["items_total"] == 0
    file = manager.get(seal["@id"].removeprefix(manager.visitor.site_url))
    keys = [public_key(each) for each in answer.json()["keys"]]
    assert checked("seal", file.content, keys).problems == []
    transaction.begin()
    opened = openings_of(Reader("alice"), lambda listed: listed.uid == uid)
    assert [each.listed.what for each in opened] == ["seal"]
    assert carol.get(DELETED).status_code == 401
    choose_privacy(ask_reason=True)
    assert manager.get(f"{DELETED}/1").status_code == 403


def test_a_storage_that_is_down_is_said(carol, monkeypatch):
    def down(*_):
        raise StorageUnavailable("no route")

    monkeypatch.setattr(SQLiteStorage, "each_reading", down)
    for answer in (carol.get(AS_OF), carol.post(SEALS), carol.post(SNAPSHOTS)):
        assert answer.status_code == 503
