"""What members do is recorded of those for whom that is set, and of nobody else."""

from AccessControl.users import UnrestrictedUser
from plone import api
from plone.app.discussion.interfaces import IConversation
from plone.namedfile.file import NamedBlobFile
from Products.PlonePAS.events import UserLoggedInEvent
from slc.clicktracker.audience import cohorts
from slc.clicktracker.collector.spool_line import unpacked
from slc.clicktracker.doors import member_events
from slc.clicktracker.doors.process import collector
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.sites.cohorts import recorded_members
from slc.clicktracker.sites.rules import account_of
from slc.clicktracker.sites.uids import document_uid
from tests.browser_visits import look_at
from tests.browser_visits import switch
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import refusal
from tests.doors.beacons import ticket_on
from tests.sites.looks import delete_account
from unittest.mock import Mock
from zope.component import createObject
from zope.component.hooks import getSite
from zope.component.hooks import setSite
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


def test_what_a_savepoint_takes_back_has_not_happened(bob_followed, tracked, spooled):
    first = transaction.savepoint()
    work_as("bob", tracked)
    first.rollback()
    work_as("bob", tracked.agenda)
    second = transaction.savepoint()
    work_as("bob", tracked)
    second.rollback()
    transaction.commit()
    assert [event.path for event in spooled()] == ["/plone/board/agenda"]


def test_what_was_taken_back_can_be_done_again(bob_followed, tracked, spooled):
    before = transaction.savepoint()
    work_as("bob", tracked)
    before.rollback()
    work_as("bob", tracked, often=2)
    transaction.savepoint()
    transaction.commit()
    assert [event.path for event in spooled()] == ["/plone/board"]


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


def test_what_is_added_with_all_that_is_in_it_is_one_event(
    bob_followed, tracked, happened
):
    api.user.grant_roles("bob", roles=["Manager"])
    with api.env.adopt_user("bob"):
        api.content.copy(tracked, tracked.aq_parent, id="copy")
    transaction.commit()
    assert happened() == [("bob", "followed", "added", "")]


def test_a_comment_is_an_event_of_what_it_is_about(bob_followed, tracked, spooled):
    with api.env.adopt_user("bob"):
        comment = createObject("plone.Comment")
        comment.text = "Fine."
        IConversation(tracked.agenda).addComment(comment)
    transaction.commit()
    (event,) = spooled()
    assert (event.kind, event.document) == ("commented", tracked.agenda.UID())
    assert event.path == "/plone/board/agenda"


def test_a_user_of_the_root_with_the_same_id_is_somebody_else(
    bob_followed, functional, happened
):
    root = functional["app"].acl_users
    root.userFolderAddUser("bob", "secret-of-bob", ["Manager"], [])
    notify(UserLoggedInEvent(root.getUserById("bob").__of__(root)))
    transaction.commit()
    assert happened() == []


def test_settings_that_are_saved_from_elsewhere_count_in_their_site(bob_followed):
    site = getSite()
    api.portal.set_registry_record("users", ("carol",), IMemberEventsSettings)
    setSite(None)
    try:
        transaction.commit()
    finally:
        setSite(site)
    assert set(recorded_members()) == {"carol"}


def test_a_log_in_is_recorded(bob_followed, visitor, happened):
    visitor("bob", by_form=True)
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


def test_a_page_view_is_an_event_where_it_is_no_read(
    bob_followed, in_browser, spooled, tracked
):
    bob, rules = in_browser("bob"), tracked.aq_parent.rules
    look_at(bob, "/rules")
    look_at(bob, "/board/agenda")
    switch(source="server")
    look_at(bob, "/board/agenda", view="fedcba9876543210")
    bob.get("/rules")
    in_browser("carol").get("/rules")
    viewed = [one for one in spooled() if one.kind != "logged-in"]
    assert [(one.kind, one.reader, one.path, one.portal_type) for one in viewed] == [
        ("viewed", "bob", "/plone/rules", ""),
        *[("read", "bob", "/plone/board/agenda", "")] * 2,
        ("viewed", "bob", "/plone/rules", "Document"),
    ]
    assert viewed[0].document == viewed[-1].document == rules.UID()


def test_a_file_that_is_downloaded_is_a_read(bob_followed, visitor, spooled, tracked):
    with api.env.adopt_roles(["Manager"]):
        file = NamedBlobFile(b"%PDF", "application/pdf", "lease.pdf")
        lease = api.content.create(tracked, "File", "lease.pdf", file=file)
    transaction.commit()
    assert visitor("bob").get("/board/lease.pdf").content == b"%PDF"
    visitor("carol").get("/board/lease.pdf")
    (read,) = [one for one in spooled() if one.kind == "read"]
    assert (read.reader, read.document) == ("bob", lease.UID())


def test_nothing_is_recorded_of_others(bob_followed, visitor, happened):
    carol, bob = (visitor(name, by_form=True) for name in ("carol", "bob"))
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


def test_who_leaves_a_group_is_not_recorded_any_more(tracked):
    for group in ("staff", "team"):
        api.group.create(group)
    acl_users = api.portal.get_tool("acl_users")
    acl_users.source_groups.addPrincipalToGroup("team", "staff")
    set_to(enabled=True, purpose="To learn.", groups=("staff",))
    assert recorded_members() == {}
    api.group.add_user(groupname="team", username="carol")
    transaction.commit()
    assert recorded_members() == {"carol": "followed"}
    acl_users.source_groups.removePrincipalFromGroup("team", "staff")
    transaction.commit()
    assert recorded_members() == {}


def test_a_group_is_changed_though_nobody_can_tell_whose_events_are_recorded(
    bob_followed, monkeypatch
):
    def broken():
        raise ZeroDivisionError

    api.group.create("staff")
    set_to(groups=("staff",))
    monkeypatch.setattr(cohorts, "find_cohorts", broken)
    api.group.add_user(groupname="staff", username="carol")
    transaction.commit()
    assert "staff" in [
        group.getId() for group in api.group.get_groups(username="carol")
    ]
    assert recorded_members() == {}


def test_a_sample_is_of_all_others_and_who_is_deleted_is_in_no_group(bob_followed):
    set_to(sample_size=100)
    members = recorded_members()
    assert members["bob"] == "followed"
    assert members["carol"] == "sample"
    delete_account("carol")
    delete_account("bob")
    assert not {"bob", "carol"} & recorded_members().keys()


def test_who_is_in_no_user_folder_is_nobody(portal):
    assert account_of(UnrestrictedUser("made-up", "", (), ())) == ("", "")
