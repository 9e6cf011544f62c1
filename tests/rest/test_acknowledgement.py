"""Another frontend lets readers acknowledge, and others vouch for them."""

from plone.app.textfield.value import RichTextValue
from slc.clicktracker.acknowledgements import recording
from slc.clicktracker.sites.openings import openings_by
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.sqlite import SQLiteStorage
from tests.browser.acknowledgements.acknowledging import ask_readers
from tests.browser.acknowledgements.acknowledging import choose_setting
from tests.browser.acknowledgements.acknowledging import kept as all_kept
from tests.browser.acknowledgements.acknowledging import to_acknowledge
from tests.browser.privacy.settings import choose_privacy
from tests.browser.report.versions import edit
from tests.layers import PASSWORD
from tests.rest.documented import documented

import json
import lxml.html
import pytest
import transaction


AGENDA = "/board/agenda"
ACKNOWLEDGEMENT = f"{AGENDA}/@acknowledgement"
ATTESTATIONS = f"{AGENDA}/@attestations"
SENTENCE = "I have read this document and taken note of its content."


def kept():
    transaction.begin()
    return all_kept()


@pytest.fixture
def agenda(tracked, shown):
    return to_acknowledge(tracked)


@pytest.fixture
def alice(agenda, client):
    return client("alice")


def proof(client, path=AGENDA):
    asked = client.shown(path)["acknowledgement"]
    return {"ticket": asked["ticket"], "sentence": asked["sentence"]}


def test_a_reader_acknowledges_what_was_shown(alice):
    answer = alice.post(ACKNOWLEDGEMENT, **proof(alice))
    assert answer.status_code == 201, answer.text
    documented(answer)
    assert kept() == [("alice", ACKNOWLEDGED, False)]
    known = alice.get(ACKNOWLEDGEMENT)
    documented(known)
    (receipt,) = known.json()["receipts"]
    assert (receipt["sentence"], receipt["stands"]) == (SENTENCE, True)
    asked = alice.shown(AGENDA)["acknowledgement"]
    assert (asked["ticket"], asked["acknowledged"]["is_attested"]) == (None, False)


def test_clicked_twice_it_is_recorded_once(alice):
    said = proof(alice)
    alice.post(ACKNOWLEDGEMENT, **said)
    again = alice.post(ACKNOWLEDGEMENT, **said)
    assert again.status_code == 200
    assert again.json()["message"].startswith("You had acknowledged this before.")
    assert len(kept()) == 1


def test_what_has_changed_meanwhile_is_shown_instead(agenda, alice):
    edit(agenda, title="Agenda of Monday")
    said = proof(alice)
    edit(agenda, title="Agenda of Tuesday")
    answer = alice.post(ACKNOWLEDGEMENT, **said)
    assert answer.status_code == 409
    assert "the document has changed" in answer.json()["message"]
    differences = answer.json()["differences"]
    assert any("Tuesday" in each["html"] for each in differences)
    parts = [part for each in differences for part in each["parts"]]
    assert any("Tuesday" in part["html"] and not part["unchanged"] for part in parts)
    other = alice.post(ACKNOWLEDGEMENT, **proof(alice) | {"sentence": "I agree."})
    assert (other.status_code, kept()) == (409, [])
    assert "the sentence has changed" in other.json()["message"]


#: A frontend shows what is different as it comes.
ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def test_nothing_that_somebody_typed_is_markup_in_what_has_changed(agenda, alice):
    said = proof(alice)
    link = '<a href="javascript:alert(3)" onclick="alert(4)">Monday</a>'
    text = RichTextValue(
        f"<p>{ATTACK}{link}</p>", "text/html", "text/x-html-safe", "utf-8"
    )
    edit(agenda, title=f"Agenda {ATTACK}", description=ATTACK, text=text)
    answer = alice.post(ACKNOWLEDGEMENT, **said)
    differences = answer.json()["differences"]
    assert len(differences) == 3, differences
    for html in (
        html
        for each in differences
        for html in (each["html"], *(part["html"] for part in each["parts"]))
    ):
        (shown,) = lxml.html.fragments_fromstring(f"<div>{html}</div>")
        for element in shown.iter():
            assert element.tag not in ("script", "iframe", "object"), html
            assert not [name for name in element.attrib if name.startswith("on")], html
            assert "script:" not in element.get("href", ""), html
    typed = [each for each in differences if "&lt;img" in each["html"]]
    assert len(typed) == 2, differences


def test_a_ticket_proves_what_it_is_of_and_to_whom(tracked, agenda, alice, client):
    ask_readers(tracked.budget)
    wrong = (
        proof(alice, "/board/budget"),
        proof(client("bob")),
        {"ticket": "made up", "sentence": SENTENCE},
        # What proves a reading is no act.
        {"ticket": alice.shown(AGENDA)["tracker"]["ticket"], "sentence": SENTENCE},
    )
    for said in wrong:
        answer = alice.post(ACKNOWLEDGEMENT, **said)
        assert answer.status_code == 409, answer.text
        assert answer.json()["message"].startswith("Nothing was recorded")
    assert kept() == []


@pytest.mark.parametrize(
    "sent, field",
    [
        ({}, "ticket"),
        ({"ticket": 5, "sentence": SENTENCE}, "ticket"),
        ({"ticket": "x", "sentence": ["x"]}, "sentence"),
        ({"ticket": "x", "sentence": "x", "more": 1}, "more"),
    ],
)
def test_what_is_sent_wrongly_is_said_at_its_entry(alice, sent, field):
    answer = alice.post(ACKNOWLEDGEMENT, **sent)
    assert answer.status_code == 400
    assert field in [each["field"] for each in answer.json()["errors"]]


def test_the_password_is_asked_for_again_where_the_site_wants_that(agenda, alice):
    choose_setting("ask_password", True)
    said = proof(alice)
    for wrong in ({}, {"password": "mistyped"}):
        answer = alice.post(ACKNOWLEDGEMENT, **said, **wrong)
        assert answer.status_code == 400
        assert [each["field"] for each in answer.json()["errors"]] == ["password"]
    assert kept() == []
    assert alice.post(ACKNOWLEDGEMENT, **said, password=PASSWORD).status_code == 201


def test_it_is_taken_back_with_a_reason(alice):
    alice.post(ACKNOWLEDGEMENT, **proof(alice))
    assert alice.delete(ACKNOWLEDGEMENT, reason=" ").status_code == 400
    answer = alice.delete(ACKNOWLEDGEMENT, reason="Clicked by mistake")
    assert answer.status_code == 200, answer.text
    documented(answer)
    assert kept()[1:] == [("alice", ACKNOWLEDGED, True)]
    assert alice.delete(ACKNOWLEDGEMENT, reason="Again").status_code == 409


def test_only_those_who_are_asked_acknowledge_and_guests_nothing(agenda, client):
    assert client().get(ACKNOWLEDGEMENT).status_code == 401
    carol = client("carol")
    assert carol.get(ACKNOWLEDGEMENT).json()["asked"] is None
    assert carol.shown(AGENDA)["acknowledgement"] is None


def test_a_database_that_goes_away_in_the_last_moment_is_said(alice, monkeypatch):
    said = proof(alice)

    def down(*_):
        raise StorageUnavailable("no route")

    monkeypatch.setattr(SQLiteStorage, "acknowledge", down)
    answer = alice.post(ACKNOWLEDGEMENT, **said)
    assert answer.status_code == 503
    assert answer.json()["message"].startswith("Nothing was recorded, because")
    monkeypatch.setattr(SQLiteStorage, "acknowledgements", down)
    assert alice.post(ACKNOWLEDGEMENT, **said).status_code == 503


def test_a_secretary_vouches_for_readers_and_takes_it_back(agenda, client):
    carol = client("carol")
    found = carol.get(ATTESTATIONS, list="open")
    documented(found)
    assert [each["user"] for each in found.json()["items"]] == ["alice", "bob"]
    said = {
        "readers": ["bob", "dave"],
        "way": "aloud",
        "reason": "In the meeting of 3 March",
        "version": found.json()["version"],
        "once": "bob-3-march",
    }
    answer = carol.post(ATTESTATIONS, **said)
    assert answer.status_code == 201, answer.text
    documented(answer)
    # Who isn't expected is said.
    assert answer.json()["left_out"] == ["dave"]
    assert kept() == [("bob", ATTESTED, False)]
    found = carol.get(ATTESTATIONS).json()
    assert found["lists"] == {"attested": 1, "open": 1}
    (row,) = found["items"]
    assert (row["user"], row["by"], row["reason"]) == (
        "bob",
        "Carol Castillo (carol)",
        said["reason"],
    )
    for wrong in ({"keys": [row["key"]]}, {"keys": ["x"], "reason": "x"}):
        assert carol.delete(ATTESTATIONS, **wrong).status_code == 400
    answer = carol.delete(ATTESTATIONS, keys=[row["key"]], reason="It was Robert")
    assert answer.status_code == 200, answer.text
    assert kept()[1:] == [("bob", ATTESTED, True)]


def test_nobody_vouches_for_what_they_have_not_seen(agenda, client):
    carol = client("carol")
    answer = carol.post(ATTESTATIONS, readers=["dave"], way="telepathy")
    errors = [each["field"] for each in answer.json()["errors"]]
    assert (answer.status_code, errors) == (400, ["readers", "way", "reason"])
    said = {"readers": ["bob"], "way": "paper", "reason": "Signed list"}
    answer = carol.post(ATTESTATIONS, **said, version="another")
    assert (answer.status_code, kept()) == (409, [])
    assert client("bob").post(ATTESTATIONS, **said).status_code == 401


def test_those_who_can_be_attested_come_in_pages(agenda, client):
    found = client("carol").get(ATTESTATIONS, list="open", b_size="1", b_start="1")
    assert [each["user"] for each in found.json()["items"]] == ["bob"]
    assert (found.json()["items_total"], "prev" in found.json()["batching"]) == (
        2,
        True,
    )


def test_names_of_those_who_can_be_attested_are_opened(agenda, client):
    carol = client("carol")
    carol.get(ATTESTATIONS)
    transaction.begin()
    (opening,) = openings_by(Reader("carol"))
    assert (opening.listed.as_file, opening.names) == ("rest", 2)
    choose_privacy(ask_reason=True)
    assert carol.get(ATTESTATIONS).status_code == 403


def test_a_storage_without_acknowledgements_says_so(agenda, client, monkeypatch):
    monkeypatch.setattr(recording, "storage_with", lambda _capability: None)
    answer = client("carol").get(ATTESTATIONS)
    assert answer.status_code == 404
    assert "keeps no acknowledgements" in answer.json()["message"]


@pytest.mark.parametrize("prefix", ["", "/++api++"])
def test_a_form_of_another_page_can_not_acknowledge(alice, prefix):
    body = json.dumps(proof(alice))
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        answer = alice.visitor.session.post(
            alice.visitor.url_of(prefix + ACKNOWLEDGEMENT),
            data=body,
            headers={"Accept": "application/json", "Content-Type": kind},
        )
        assert answer.status_code == 415
    assert kept() == []
