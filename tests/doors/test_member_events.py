"""What members do is recorded of those for whom that is set, and of nobody else."""

from plone import api
from slc.clicktracker.collector.spool_line import unpacked
from slc.clicktracker.doors import member_events
from slc.clicktracker.doors.process import collector
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.sites.cohorts import recorded_members
from slc.clicktracker.sites.uids import document_uid
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import refusal
from tests.doors.beacons import ticket_on
from tests.sites.looks import delete_account
from unittest.mock import Mock
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent

import pytest
import transaction


def set_to(**settings):
    for name, value in settings.items():
        api.portal.set_registry_record(name, value, IMemberEventsSettings)
    transaction.commit()


@pytest.fixture
def bob_followed(tracked):
    for user in ("bob", "carol"):
        api.user.grant_roles(user, roles=["Manager"])
    set_to(enabled=True, purpose="To learn.", users=("bob",))


@pytest.fixture
def spooled(waiting, tracked):
    """Return a function: the events in the spool. The storage is down."""
    site = document_uid(tracked.aq_parent)

    def found():
        waiting()
        records = collector().spools.own.batch(site, 100).records
        return unpacked(records).events

    return found


@pytest.fixture
def happened(spooled):
    """Return a function: reader, group, kind and detail of these events."""
    return lambda: [(one.reader, one.cohort, one.kind, one.detail) for one in spooled()]


def work_as(user, content, *, often=1):
    """Save content as somebody, who says so as often."""
    with api.env.adopt_user(user):
        for _ in range(often):
            notify(ObjectModifiedEvent(content))


def test_edits_of_who_is_followed_are_recorded_once_for_each_save(
    bob_followed, tracked, happened
):
    work_as("bob", tracked.agenda, often=3)
    transaction.commit()
    work_as("carol", tracked.agenda)
    transaction.commit()
    work_as("bob", tracked.agenda)
    transaction.abort()
    assert happened() == [("bob", "followed", "edited", "")]


def test_an_edit_whose_commit_fails_is_not_recorded(bob_followed, tracked, happened):
    refuses = Mock(sortKey=lambda: "~", tpc_vote=Mock(side_effect=ZeroDivisionError))
    work_as("bob", tracked.agenda)
    transaction.get().join(refuses)
    with pytest.raises(ZeroDivisionError):
        transaction.commit()
    transaction.abort()
    assert happened() == []


def test_what_is_added_and_published_is_recorded_with_the_transition(
    bob_followed, tracked, happened
):
    with api.env.adopt_user("bob"):
        paper = api.content.create(tracked, "Document", "paper")
        notify(ObjectModifiedEvent(paper))
        api.content.transition(paper, "publish")
    transaction.commit()
    assert happened() == [
        ("bob", "followed", "added", ""),
        ("bob", "followed", "workflow", "publish"),
    ]


def test_an_edit_is_saved_whatever_goes_wrong_with_its_record(
    bob_followed, tracked, happened, monkeypatch
):
    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr(member_events, "recorded_members", broken)
    work_as("bob", tracked.agenda)
    transaction.commit()
    assert happened() == []


def test_a_log_in_is_recorded(bob_followed, visitor, happened):
    visitor("bob")
    assert happened() == [("bob", "followed", "logged-in", "")]


def test_a_read_is_one_event_however_often_the_page_says_so(
    bob_followed, tracked, visitor, spooled
):
    bob = visitor("bob")
    ticket = ticket_on(bob)
    for engaged in (0, 500):
        answer = bob.post(CALLBACK, beacon(ticket, engaged=engaged))
        assert answer.status_code == 200
    reads = [one for one in spooled() if one.kind == "read"]
    assert len({one.key for one in reads}) == 1
    assert {one.document for one in reads} == {tracked.agenda.UID()}
    assert {one.path for one in reads} == {"/plone/board/agenda"}


def test_nothing_is_recorded_of_others(bob_followed, visitor, happened):
    carol, bob = visitor("carol"), visitor("bob")
    carol.post(CALLBACK, beacon(ticket_on(carol)))
    assert refusal(carol.post(CALLBACK, beacon(ticket_on(bob))))[0] == 403
    assert happened() == [("bob", "followed", "logged-in", "")]


def test_nothing_is_recorded_before_it_is_on_with_a_purpose(tracked):
    assert recorded_members() == {}
    set_to(users=("bob",))
    assert recorded_members() == {}
    set_to(enabled=True)
    assert recorded_members() == {}
    set_to(purpose="To learn.")
    assert recorded_members() == {"bob": "followed"}
    set_to(enabled=False)
    assert recorded_members() == {}


def test_a_sample_is_of_all_others_and_who_is_deleted_is_in_no_group(bob_followed):
    set_to(sample_size=100)
    members = recorded_members()
    assert members["bob"] == "followed"
    assert members["carol"] == "sample"
    delete_account("carol")
    delete_account("bob")
    assert not {"bob", "carol"} & recorded_members().keys()
