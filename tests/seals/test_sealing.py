"""Reports are sealed in a site, one after the other, and verify without it."""

from datetime import timedelta
from plone import api
from slc.clicktracker.acknowledgements.asked import Choice
from slc.clicktracker.acknowledgements.asked import set_choice
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.seals.chain import chain
from slc.clicktracker.seals.chain import last_seal
from slc.clicktracker.seals.chain import seals_of
from slc.clicktracker.seals.keys import KeyUnusable
from slc.clicktracker.seals.keys import SealKey
from slc.clicktracker.seals.keys import used_keys
from slc.clicktracker.seals.sealing import seal_file
from slc.clicktracker.seals.sealing import seal_report
from slc.clicktracker.seals.sealing import written
from slc.clicktracker.seals.verify import checked
from slc.clicktracker.seals.verify import problems_of_chain
from slc.clicktracker.seals.verify import public_key
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.snapshots.as_of import as_of
from slc.clicktracker.snapshots.people import forget_person
from slc.clicktracker.snapshots.taking import take_snapshot
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from tests.browser.report.readings import record
from tests.deadlines.deadlines import give_deadline
from tests.seals.server_key import use_key
from tests.snapshots.board import acknowledge
from tests.snapshots.board import read_agenda
from ZODB.POSException import ConflictError

import pytest
import transaction


@pytest.fixture
def key(monkeypatch, tmp_path):
    return use_key(monkeypatch, tmp_path / "seal.pem")


@pytest.fixture
def agenda(tracked):
    return read_agenda(tracked)


def sealed(content, moment=None, user="bob"):
    with api.env.adopt_user(user):
        return seal_report(content, as_of(content, moment))


def check(seal, *keys):
    data = written(seal_file(seal))
    return checked(
        f"seal {seal.number}", data, [public_key(each.public) for each in keys]
    )


def names_in(seal):
    return sorted(each["name"] for each in seal_file(seal)["people"].values())


def test_a_sealed_report_verifies_and_says_all_that_was_known(agenda, key):
    give_deadline(agenda, level="engaged")
    set_choice(agenda, Choice(True, "I have seen it."), "")
    with api.env.adopt_user("carol"):
        excuse(agenda, Reader("bob"), "on leave")
    seal = sealed(agenda)
    assert check(seal, key).problems == []
    file = seal_file(seal)
    names = {key: each["name"] for key, each in file["people"].items()}
    parts = file["parts"]
    assert [names[each["person"]] for each in parts["expected"]] == ["Alice Anders"]
    assert [names[each["person"]] for each in parts["excused"]] == ["Bob Berger"]
    assert {names[e["person"]]: e["level"] for e in parts["readings"]} == {
        "Alice Anders": "opened",
        "Carol Castillo": "opened",
    }
    kinds = [each["kind"] for each in parts["declarations"]]
    assert kinds == ["exception", "deadline", "acknowledgement"]
    assert parts["declarations"][2]["details"]["sentence"] == "I have seen it."
    assert names[parts["declarations"][0]["by"]] == "Carol Castillo"
    assert parts["report"]["deadline"]["level"] == "engaged"
    (document,) = parts["documents"]
    assert document["title"] == "Agenda"
    assert document["text"] in parts["report"]["current"]
    assert names[file["head"]["made_by"]] == "Bob Berger"


def test_what_is_signed_names_nobody(agenda, key):
    file = seal_file(sealed(agenda))
    signed = written({**file, "people": {}}).decode()
    assert not any(name in signed for name in ("Alice", "alice", "Bob", "bob"))


def test_the_same_person_is_not_known_again_in_another_seal(agenda, key):
    first, second = sealed(agenda), sealed(agenda)
    assert (
        names_in(first)
        == names_in(second)
        == [
            "Alice Anders",
            "Bob Berger",
            "Carol Castillo",
        ]
    )
    assert not seal_file(first)["people"].keys() & seal_file(second)["people"].keys()


def test_who_is_forgotten_has_no_name_in_any_seal_and_all_of_them_verify(agenda, key):
    seals = [sealed(agenda), sealed(agenda)]
    forget_person(Reader("carol"))
    for seal in seals:
        found = check(seal, key)
        assert found.problems == []
        assert found.notes[0].startswith("People whose names are not in the file: 1.")
        assert names_in(seal) == ["Alice Anders", "Bob Berger"]
        assert b"arol" not in written(seal_file(seal))


def test_a_later_seal_of_an_earlier_snapshot_does_not_bring_the_forgotten_back(
    agenda, key
):
    moment = take_snapshot(agenda).moment
    forget_person(Reader("alice"))
    site_storage().forget(Reader("alice"))
    seal = sealed(agenda, moment)
    assert check(seal, key).problems == []
    assert "Alice Anders" not in names_in(seal)
    assert seal_file(seal)["parts"]["expected"][0]["person"] == ""


def test_each_names_the_one_before_so_that_one_taken_out_shows(agenda, tracked, key):
    seals = [sealed(agenda), sealed(tracked.budget), sealed(agenda)]
    assert [each.number for each in seals] == [1, 2, 3]
    found = [check(each, key) for each in seals]
    assert problems_of_chain(found, chain()) == []
    assert [each.number for each in seals_of(document_uid(agenda))] == [3, 1]
    assert last_seal().previous == seals[1].hash
    # Somebody takes the second one out, and gives the third its number.
    gap = {
        **chain(),
        "seals": [chain()["seals"][0], {**chain()["seals"][2], "number": 2}],
    }
    assert problems_of_chain(found[::2], gap)


def test_two_people_who_seal_at_once_get_two_numbers(agenda, key, second, elsewhere):
    second.begin()
    elsewhere(sealed)
    sealed(agenda)
    transaction.commit()
    with pytest.raises(ConflictError):
        second.commit()
    second.abort()
    second.begin()
    elsewhere(sealed)
    second.commit()
    transaction.begin()
    found = [check(each, key) for each in seals_of(document_uid(agenda))]
    assert [each.head["number"] for each in found] == [2, 1]
    assert problems_of_chain(found, chain()) == []


def test_a_new_key_leaves_the_earlier_seals_to_the_old_one(
    agenda, key, monkeypatch, tmp_path
):
    old = sealed(agenda)
    other = use_key(monkeypatch, tmp_path / "other.pem")
    new = sealed(agenda)
    assert [each.text for each in used_keys()] == [key.public, other.public]
    assert (old.key, new.key) == (key.fingerprint, other.fingerprint)
    assert check(old, other).problems != []
    found = [check(old, key, other), check(new, key, other)]
    assert [each.problems for each in found] == [[], []]
    assert problems_of_chain(found, chain()) == []


@pytest.mark.parametrize("text", [None, "nowhere.pem", "-----BEGIN nothing", "folder"])
def test_without_its_key_nothing_is_sealed(agenda, text, monkeypatch, tmp_path):
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    if text is None:
        monkeypatch.delenv("CLICKTRACKER_SEAL_KEY", raising=False)
    else:
        monkeypatch.setenv("CLICKTRACKER_SEAL_KEY", text)
    with pytest.raises(KeyUnusable):
        sealed(agenda)
    assert last_seal() is None


def test_the_key_may_be_in_the_environment_itself(agenda, monkeypatch):
    key = SealKey.made()
    monkeypatch.setenv("CLICKTRACKER_SEAL_KEY", key.pem)
    assert check(sealed(agenda), key).problems == []


def test_what_was_known_at_the_deadline_is_sealed_later(agenda, key):
    moment = take_snapshot(agenda).moment
    record(agenda, "bob", utc_now() + timedelta(seconds=5))
    seal = sealed(agenda, moment)
    report = seal_file(seal)["parts"]["report"]
    assert report["readings_from"] == "accesses"
    assert report["as_of"] == report["snapshot"]
    assert len(seal_file(seal)["parts"]["readings"]) == 2
    assert (seal.as_of, check(seal, key).problems) == (moment, [])


def test_what_was_acknowledged_and_attested_is_sealed(agenda, key):
    acknowledge(agenda, "alice", sentence="I have read it.", language="en")
    acknowledge(agenda, "bob", ATTESTED, by="carol", why="read aloud")
    seal = sealed(agenda)
    assert check(seal, key).problems == []
    file = seal_file(seal)
    names = {key: each["name"] for key, each in file["people"].items()}
    alice, bob = file["parts"]["acknowledgements"]
    assert (names[alice["person"]], names[alice["by"]]) == ("Alice Anders",) * 2
    assert (alice["kind"], alice["sentence"]) == ("acknowledged", "I have read it.")
    assert (names[bob["person"]], names[bob["by"]]) == ("Bob Berger", "Carol Castillo")
    assert (bob["kind"], bob["why"], bob["withdrawn"]) == (
        "attested",
        "read aloud",
        False,
    )


def test_what_a_deleted_account_has_acknowledged_is_of_no_later_one(agenda, key):
    acknowledge(agenda, "alice")
    site_storage().retire(Reader("alice"))
    parts = seal_file(sealed(agenda))["parts"]
    (person,) = [each["person"] for each in parts["readings"] if each["former"]]
    (said,) = parts["acknowledgements"]
    assert said["person"] == said["by"] == person
    assert person not in [each["person"] for each in parts["expected"]]


def test_whoever_has_acknowledged_it_is_the_same_in_all_parts(agenda, key):
    acknowledge(agenda, "alice")
    # The storage has heard of another name than the site has.
    record(agenda, "alice", utc_now(), name="Alice Other")
    parts = seal_file(sealed(agenda))["parts"]
    (said,) = parts["acknowledgements"]
    expected = [each["person"] for each in parts["expected"]]
    assert said["person"] == said["by"] and said["person"] in expected
