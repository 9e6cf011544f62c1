"""The screens where somebody sees who had read something then, and seals that."""

from datetime import timedelta
from slc.clicktracker.seals.chain import last_seal
from slc.clicktracker.seals.chain import seals_of
from slc.clicktracker.seals.verify import checked
from slc.clicktracker.seals.verify import public_key
from slc.clicktracker.sites.openings import openings_of
from slc.clicktracker.sites.openings import SEAL
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.snapshots.people import forget_person
from slc.clicktracker.snapshots.snapshots import snapshots_of
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from tests.audience.people import give_role
from tests.browser.report.deleted import delete
from tests.browser.report.deleted import LIST
from tests.browser.report.deleted import report
from tests.browser.report.readings import record
from tests.browser.report.reports import text_of
from tests.browser.report.versions import edit
from tests.browser.report.versions import save_on_days
from tests.browser.report.versions import title_of_version
from tests.deadlines.deadlines import give_deadline
from tests.plone_site import authenticator_in
from tests.seals.alone import verify_alone
from tests.seals.authority import use_authority
from tests.seals.server_key import use_key
from tests.snapshots.board import read_agenda

import json
import pytest
import transaction


AS_OF = "/board/agenda/@@clicktracker-as-of"
SEALS = "/board/agenda/@@clicktracker-seals"
DELETED_SEAL = "@@clicktracker-deleted-seal"
DELETED_SEALS = f"{DELETED_SEAL}s"


@pytest.fixture
def key(monkeypatch, tmp_path):
    return use_key(monkeypatch, tmp_path / "seal.pem")


@pytest.fixture
def agenda(tracked):
    agenda = read_agenda(tracked)
    give_role(tracked, "carol")
    return agenda


@pytest.fixture
def secretary(agenda, visitor):
    """Carol, who may track and see readers in the folder."""
    return visitor("carol")


def press(visitor, path=AS_OF, token=None, **fields):
    """Press a button of a screen."""
    page = visitor.get(path).text
    data = {"_authenticator": authenticator_in(page) if token is None else token}
    answer = visitor.session.post(visitor.site_url + path, data=data | fields)
    transaction.begin()
    return answer


def test_it_says_who_has_read_it_now_and_what_is_known_of_others(secretary):
    text = text_of(secretary.get(AS_OF))
    assert "This is what is known now." in text
    assert "1 of 2 expected people had read the version that was current then" in text
    assert "Alice Anders (alice) Yes Opened" in text
    assert "Bob Berger (bob) Yes No evidence" in text
    assert "Carol Castillo (carol) No Opened" in text


def test_whoever_has_not_acknowledged_is_not_said_not_to_have_read(secretary, agenda):
    give_deadline(agenda, utc_now() + timedelta(days=1), level="acknowledged")
    text = text_of(secretary.get(AS_OF))
    assert "0 of 2 expected people had acknowledged the version" in text
    assert "Alice Anders (alice) Yes Opened" in text


def test_versions_are_called_by_when_they_were_saved(secretary, agenda, key):
    edit(agenda, description="Monday")
    save_on_days(agenda)
    assert title_of_version(1) in text_of(secretary.get(AS_OF))
    press(secretary, seal="1", moment="now")
    printed = "/board/agenda/@@clicktracker-seal-print?number=1"
    assert f"Version {title_of_version(1)}" in text_of(secretary.get(printed))


def test_the_deadline_that_is_over_is_what_is_asked_for(secretary, agenda):
    record(agenda, "bob", utc_now())
    over = utc_now()
    give_deadline(agenda, over)
    record(agenda, "bob", over + timedelta(seconds=1))
    text = text_of(secretary.get(AS_OF))
    assert "The deadline:" in text
    assert "Who was expected then is not known" in text
    assert "Bob Berger (bob) not known Opened" in text


def test_a_snapshot_that_was_taken_can_be_chosen(secretary, agenda):
    answer = press(secretary, take="1")
    assert "A snapshot was taken." in answer.text
    (kept,) = snapshots_of(document_uid(agenda))
    record(agenda, "bob", utc_now())
    then = f"{AS_OF}?moment={microseconds(kept.moment)}"
    text = text_of(secretary.get(then))
    assert "Who was expected is from the snapshot of" in text
    assert "Bob Berger (bob) Yes No evidence" in text
    with site_storage().engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM clicktracker_access")
    assert "All of this is from the snapshot of" in text_of(secretary.get(then))
    text = text_of(secretary.get(f"{AS_OF}?day=2020-01-01"))
    assert "Nothing is known of that moment" in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("day=2026-02-30", "There is no such day and time."),
        ("day=never", "There is no such day and time."),
        ("day=2026-01-01&time=25:00", "There is no such day and time."),
        ("day=0001-01-01&time=00:00", "There is no such day and time."),
        ("day=2999-01-01", "That is in the future."),
        ("moment=9999999999999999", "That is in the future."),
        ("moment=99999999999999999999", "There is no such day and time."),
        ("moment=nonsense", "There is no such day and time."),
        ("moment=-1", "There is no such day and time."),
        ("moment=now&day=&time=18:30", "Choose a day as well."),
        ("moment=&day=&time=", "This is what is known now."),
        ("moment=1&moment=2", "As of Jan 01, 1970"),
    ],
)
def test_what_is_no_moment_is_said(secretary, query, said):
    answer = secretary.get(f"{AS_OF}?{query}")
    assert answer.status_code == 200
    assert said in text_of(answer)


def test_a_report_is_sealed_downloaded_and_verifies(secretary, agenda, key):
    answer = press(secretary, seal="1", moment="now")
    assert "Seal 1 was made." in answer.text
    seal = last_seal()
    text = text_of(secretary.get(SEALS))
    assert "Sealed by Carol Castillo (carol)" in text
    assert seal.hash in text
    assert key.public in text
    answer = secretary.get("/board/agenda/@@clicktracker-seal.json?number=1")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="seal-1.json"'
    found = checked("seal", answer.content, [public_key(key.public)])
    assert found.problems == []
    assert found.hash == seal.hash
    listed = secretary.get("/board/agenda/@@clicktracker-seals.json").json()
    assert [each["hash"] for each in listed["seals"]] == [seal.hash]


def test_the_printed_page_says_the_same_and_has_the_fingerprint(secretary, agenda, key):
    give_deadline(agenda, level="acknowledged")
    press(secretary, seal="1", moment="now")
    answer = secretary.get("/board/agenda/@@clicktracker-seal-print?number=1")
    text = text_of(answer)
    assert last_seal().hash in text
    assert key.fingerprint in text
    assert "To be read by Mar 01, 2036 05:30 PM (UTC)" in text
    assert "Evidence asked for Acknowledged" in text
    assert "Alice Anders (alice) Opened" in text
    assert "Bob Berger (bob) No evidence" in text
    assert "Other readers" in text
    forget_person(Reader("alice"))
    transaction.commit()
    text = text_of(secretary.get("/board/agenda/@@clicktracker-seal-print?number=1"))
    assert "Alice" not in text
    assert "Somebody whom the site has forgotten" in text


def test_without_a_key_nothing_can_be_sealed_and_that_is_said(
    secretary, agenda, key, monkeypatch, panel
):
    press(secretary, seal="1", moment="now")
    monkeypatch.delenv("CLICKTRACKER_SEAL_KEY")
    text = text_of(secretary.get(AS_OF))
    assert "Reports can't be sealed. No key is configured on the server." in text
    assert "An administrator can make one" in text
    assert "Seal this report" not in text
    answer = press(secretary, seal="1", moment="now")
    assert "No key is configured on the server." in answer.text
    assert last_seal().number == 1
    assert (
        f"Nothing can be sealed, because the key is missing. Seal 1, the last one, was "
        f"made with the key {key.fingerprint[:16]}" in text_of(panel("test"))
    )


def test_the_control_panel_says_which_key_there_is(key, panel):
    text = text_of(panel("test"))
    assert key.public in text
    assert key.fingerprint in text


def test_an_authority_that_is_down_is_said_and_the_seal_is_stamped_later(
    secretary, agenda, key
):
    use_authority("http://127.0.0.1:1/", "")
    answer = press(secretary, seal="1", moment="now")
    assert "Seal 1 was made, without a time stamp:" in answer.text
    assert "Without a time stamp" in text_of(secretary.get(SEALS))
    answer = press(secretary, SEALS, number="1")
    assert "The certificate of the authority can" in answer.text


def test_nothing_is_done_without_permission_and_authenticator(
    secretary, agenda, key, visitor
):
    for fields in ({"take": "1"}, {"seal": "1", "moment": "now"}):
        assert press(secretary, token="", **fields).status_code == 403
    bob = visitor("bob")
    for path in (AS_OF, SEALS, "/board/agenda/@@clicktracker-seals.json"):
        assert "Alice" not in bob.get(path).text
    assert snapshots_of(document_uid(agenda)) == []
    assert last_seal() is None


def test_who_sees_readers_but_does_not_manage_tracking_changes_nothing(
    secretary, agenda, key, tracked, visitor
):
    tracked.manage_permission("slc.clicktracker: View readers", ["Member"], acquire=1)
    transaction.commit()
    bob = visitor("bob")
    page = bob.get(AS_OF).text
    assert "Alice Anders" in page
    assert "Seal this report" not in page
    token = authenticator_in(secretary.get(AS_OF).text)
    bob.session.post(bob.site_url + AS_OF, data={"seal": "1", "_authenticator": token})
    transaction.begin()
    assert seals_of(document_uid(agenda)) == []


@pytest.mark.parametrize(
    "view", ["@@clicktracker-seal.json", "@@clicktracker-seal-print"]
)
@pytest.mark.parametrize("number", ["", "0", "2", "x", "9" * 40])
def test_only_seals_of_this_document_are_handed_out(secretary, key, view, number):
    press(secretary, seal="1", moment="now")
    assert secretary.get(f"/board/agenda/{view}?number=1").status_code == 200
    assert secretary.get(f"/board/budget/{view}?number=1").status_code == 404
    assert secretary.get(f"/board/agenda/{view}?number={number}").status_code == 404


def test_a_file_is_what_the_site_keeps_and_no_browser(secretary, key):
    press(secretary, seal="1", moment="now")
    path = "/board/agenda/@@clicktracker-seal.json?number=1"
    first, second = secretary.get(path), secretary.get(path)
    assert first.content == second.content
    assert "no-store" in first.headers["Cache-Control"]
    assert json.loads(first.content)["timestamp"] is None


def test_what_the_site_hands_out_is_checked_elsewhere_also_when_somebody_is_forgotten(
    secretary, agenda, key, tmp_path
):
    give_deadline(agenda, utc_now())
    for _ in range(2):
        press(secretary, seal="1")
    for name in ("seal.json?number=1", "seal.json?number=2", "seals.json"):
        answer = secretary.get(f"/board/agenda/@@clicktracker-{name}")
        file = answer.headers["Content-Disposition"].split('"')[1]
        (tmp_path / file).write_bytes(answer.content)
    asked = "--key", key.public, "--chain", "seals.json", "seal-1.json", "seal-2.json"
    said, status = verify_alone(tmp_path, *asked)
    assert (said.count("as it was sealed"), status) == (2, 0)

    forget_person(Reader("carol"))
    transaction.commit()
    answer = secretary.get("/board/agenda/@@clicktracker-seal.json?number=1")
    (tmp_path / "seal-1.json").write_bytes(answer.content)
    assert b"arol" not in answer.content
    said, status = verify_alone(tmp_path, *asked)
    assert "People whose names are not in the file: 1." in said
    assert status == 0

    (tmp_path / "seal-2.json").write_bytes(answer.content.replace(b"opened", b"opaned"))
    said, status = verify_alone(tmp_path, *asked)
    assert "In the part “readings”, entry 1 (Alice Anders) was changed." in said
    assert status == 1


def test_seals_of_a_deleted_document_are_where_its_readers_are(
    secretary, agenda, key, visitor
):
    press(secretary, seal="1", moment="now")
    press(secretary, "/board/budget/@@clicktracker-as-of", seal="1", moment="now")
    uid = delete(agenda)
    manager = visitor("manager")
    assert DELETED_SEALS in manager.get(LIST).text
    assert f"{DELETED_SEALS}?uid={uid}" in manager.get(report(uid)).text
    answer = manager.get(f"/{DELETED_SEALS}")
    text = text_of(answer)
    assert "Agenda /board/agenda Seal 1" in text and "Budget" not in text
    assert "Seal 1" not in text_of(manager.get(f"/{DELETED_SEALS}?uid=x"))
    file = manager.get("/@@clicktracker-deleted-seal.json?number=1")
    assert checked("seal", file.content, [public_key(key.public)]).problems == []
    printed = text_of(manager.get("/@@clicktracker-deleted-seal-print?number=1"))
    assert "Alice Anders (alice) Opened" in printed
    transaction.begin()
    opened = openings_of(Reader("alice"), lambda listed: listed.uid == uid)
    files = {each.listed.as_file for each in opened if each.listed.what == SEAL}
    assert files == {"json", "print"}
    for number in ("2", "3", "x"):
        path = f"/@@clicktracker-deleted-seal.json?number={number}"
        assert manager.get(path).status_code == 404


def test_seals_of_deleted_documents_are_for_who_may_know_of_these(
    secretary, agenda, key
):
    press(secretary, seal="1", moment="now")
    delete(agenda)
    for path in DELETED_SEALS, f"{DELETED_SEAL}.json?number=1", f"{DELETED_SEAL}-print":
        assert "insufficient-privileges" in secretary.get(f"/{path}").url
