"""The secretary vouches for readers; lists, files and histories tell it apart."""

from plone import api
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reports.all_read import AllRead
from slc.clicktracker.sites.openings import AUDIENCE
from slc.clicktracker.sites.openings import openings_by
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.sqlite import SQLiteStorage
from tests.browser.acknowledgements.acknowledging import AGENDA
from tests.browser.acknowledgements.acknowledging import below
from tests.browser.acknowledgements.acknowledging import click
from tests.browser.acknowledgements.acknowledging import hidden_in
from tests.browser.acknowledgements.acknowledging import kept
from tests.browser.acknowledgements.acknowledging import opened
from tests.browser.acknowledgements.acknowledging import RECEIPT
from tests.browser.acknowledgements.acknowledging import to_acknowledge
from tests.browser.privacy.settings import choose_privacy
from tests.browser.report.exported import exported
from tests.browser.report.reports import names_in
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import tabs_in
from tests.browser.report.reports import text_of
from tests.browser.report.versions import edit
from tests.browser.report.versions import record
from tests.deadlines.deadlines import give_deadline

import pytest
import re
import transaction


ATTEST = f"{AGENDA}/@@clicktracker-attest"
ALOUD = {"way": "aloud", "reason": "In the meeting of 3 March"}


@pytest.fixture
def agenda(tracked, shown):
    return to_acknowledge(tracked)


@pytest.fixture
def secretary(agenda, visitor):
    return visitor("carol")


def send(visitor, **fields):
    """Send a form of the screen, with what is hidden in it."""
    page = visitor.get(ATTEST).text
    hidden = hidden_in(page)
    answer = visitor.session.post(visitor.url_of(ATTEST), data=hidden | fields)
    transaction.begin()
    return answer


def vouch(visitor, *users, **more):
    people = [f"{user}/" for user in users]
    return send(visitor, **{"attest": "1", "readers": people, **ALOUD, **more})


def test_one_or_many_are_vouched_for_at_once(agenda, secretary):
    vouch(secretary, "alice", "bob")
    assert kept() == [("alice", ATTESTED, False), ("bob", ATTESTED, False)]
    said = text_of(secretary.get(ATTEST))
    assert "There is nobody for whom you could vouch here." in said
    assert "In the meeting of 3 March" in said


def test_what_is_missing_is_said(secretary):
    answer = send(secretary, attest="1", way="", reason=" ")
    said = text_of(answer)
    for words in ("Choose at least one", "Choose one of these", "Say how you know"):
        assert words in said
    assert kept() == []


def test_nobody_is_vouched_for_who_is_not_expected(secretary):
    answer = vouch(secretary, "carol", "nobody")
    assert "not expected to read it, or have it recorded already" in text_of(answer)
    assert "nobody" in text_of(answer)
    assert kept() == []


def test_a_form_that_is_sent_twice_is_one_attestation(secretary):
    page = secretary.get(ATTEST).text
    once = re.search(r'name="once"[^>]*value="([^"]*)"', page)[1]
    for _time in range(2):
        vouch(secretary, "alice", once=once)
    assert len(kept()) == 1


def test_the_document_has_changed_since_the_form_was_opened(agenda, secretary):
    answer = vouch(secretary, "alice", version="another")
    assert "the document has changed since you opened the form" in text_of(answer)
    assert kept() == []


def test_it_is_for_those_who_manage_tracking_and_may_see_readers(agenda, visitor):
    assert "/login?" in visitor().get(ATTEST).url
    assert "insufficient-privileges" in visitor("alice").get(ATTEST).url
    api.portal.get().manage_permission(VIEW_READERS, ["Manager"])
    transaction.commit()
    assert "Alice" not in visitor("carol").get(ATTEST).text


def test_it_is_recorded_that_the_names_were_opened(agenda, secretary, visitor):
    secretary.get(ATTEST)
    transaction.begin()
    (found,) = openings_by(Reader("carol"))
    assert (found.listed.what, found.names) == (AUDIENCE, 2)


def test_it_is_recorded_as_well_where_a_form_that_is_amiss_shows_the_names(
    agenda, secretary
):
    choice = secretary.get(f"{AGENDA}/@@clicktracker-acknowledgement").text
    form = {"_authenticator": hidden_in(choice)["_authenticator"], "attest": "1"}
    answer = secretary.session.post(secretary.url_of(ATTEST), data=form)
    transaction.begin()
    assert "Alice" in answer.text
    (found,) = openings_by(Reader("carol"))
    assert (found.listed.what, found.names) == (AUDIENCE, 2)
    choose_privacy(ask_reason=True)
    answer = secretary.session.post(secretary.url_of(ATTEST), data=form)
    assert "Alice" not in answer.text


def test_without_the_authenticator_nothing_is_recorded(secretary):
    assert vouch(secretary, "alice", _authenticator="0" * 40).status_code == 403
    assert kept() == []


def test_the_database_is_down(secretary, monkeypatch):
    def fail(*_arguments):
        raise StorageUnavailable("no")

    monkeypatch.setattr(SQLiteStorage, "acknowledgements", fail)
    answer = secretary.get(ATTEST)
    assert answer.status_code == 503
    assert "can't be reached now" in text_of(answer)


def test_the_same_form_vouches_again_where_it_was_withdrawn(secretary):
    vouch(secretary, "alice", once="one")
    (key,) = re.findall(r'name="keys"[^>]*value="([^"]*)"', secretary.get(ATTEST).text)
    send(secretary, withdraw="1", keys=[key], withdraw_reason="a mistake")
    vouch(secretary, "alice", once="one")
    assert [is_withdrawn for *_who, is_withdrawn in kept()] == [False, True, False]


def test_what_was_attested_of_an_account_that_is_deleted_is_of_nobody_else(
    agenda, secretary
):
    vouch(secretary, "bob")
    # A later account of the same id is somebody else.
    site_storage().retire(Reader("bob"))
    page = secretary.get(ATTEST).text
    assert 'value="bob/"' in page
    assert 'name="keys"' not in page
    vouch(secretary, "bob")
    assert AllRead().of(agenda) is False
    vouch(secretary, "alice")
    assert AllRead().of(agenda)


def test_it_is_withdrawn_with_a_reason(agenda, secretary, visitor):
    vouch(secretary, "alice")
    (key,) = re.findall(r'name="keys"[^>]*value="([^"]*)"', secretary.get(ATTEST).text)
    form = {"withdraw": "1", "keys": [key]}
    assert "Say why it does not stand" in text_of(send(secretary, **form))
    send(secretary, **form, withdraw_reason="She was not there")
    assert kept() == [("alice", ATTESTED, False), ("alice", ATTESTED, True)]
    assert "She was not there" in text_of(visitor("alice").get(RECEIPT))


def test_whoever_is_vouched_for_is_not_missing_at_any_level(agenda, secretary, visitor):
    give_deadline(agenda, level="finished")
    record(agenda, "bob")
    assert AllRead().of(agenda) is False
    vouch(secretary, "alice")
    assert AllRead().of(agenda) is False
    bob = visitor("bob")
    click(bob, opened(bob))
    assert AllRead().of(agenda) is True
    report = secretary.get(REPORT)
    assert tabs_in(report)["Read"] == 2
    assert tabs_in(report)["Not yet"] == 0
    assert (
        "All 2 expected readers are known to have read the current version as far"
        in text_of(report)
    )
    edit(agenda, description="Something else")
    assert AllRead().of(agenda) is False


def test_both_are_told_apart_from_levels(agenda, secretary, visitor):
    record(agenda, "bob")
    vouch(secretary, "alice")
    bob = visitor("bob")
    click(bob, opened(bob))
    report = secretary.get(REPORT)
    said = text_of(report)
    assert names_in(report) == ["Alice Anders", "Bob Berger"]
    assert "No reading recorded attested" in said
    assert "Opened acknowledged" in said
    for level, name in (("acknowledged", "Bob Berger"), ("attested", "Alice Anders")):
        assert names_in(secretary.get(f"{REPORT}?level={level}")) == [name]
    found = exported(secretary.get(f"{REPORT}.csv"))
    columns = [found.titles.index(title) for title in ("Acknowledged", "Attested")]
    last = found.titles.index("Last opened or downloaded")
    alice, bob = found.rows
    assert [bool(alice[column]) for column in (*columns, last)] == [False, True, False]
    assert [bool(bob[column]) for column in (*columns, last)] == [True, False, True]


def test_the_history_of_a_reader_says_who_vouched_and_how(agenda, secretary):
    vouch(secretary, "alice")
    history = secretary.get(f"{REPORT}-reader?reader=alice")
    said = text_of(history)
    for words in ("Read aloud in the meeting", "In the meeting of 3 March", "Carol"):
        assert words in said


def test_below_the_document_it_says_that_somebody_vouches(agenda, secretary, visitor):
    vouch(secretary, "alice")
    page = visitor("alice").get(AGENDA, whole=True).text
    assert "It was recorded on" in below(page)
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(agenda, "reject")
    transaction.commit()
