"""Who is expected to read a document: members, groups, roles, and what is amiss."""

from Acquisition import aq_base
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.rules import AudienceRule
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.storage.model import Reader
from tests.audience.people import add_accounts
from tests.audience.people import add_group
from tests.audience.people import expected
from tests.audience.people import named
from tests.audience.people import problems
from tests.layers import PASSWORD

import pytest


ALL = ["alice", "bob", "carol"]


@pytest.fixture
def private(board):
    """The folder after it was retracted: its papers are still published."""
    for content in (board, board.agenda):
        api.content.transition(content, "retract")
    return board


def test_everybody_is_sorted_by_name_and_has_one(board):
    api.user.get("alice").setMemberProperties({"fullname": "Zoe Anders"})
    api.user.create(username="ben", email="ben@example.org", password=PASSWORD)
    assert audience_of(board).members == (
        Reader("ben", "", ""),
        Reader("bob", "", "Bob Berger"),
        Reader("carol", "", "Carol Castillo"),
        Reader("alice", "", "Zoe Anders"),
    )
    assert audience_of(board).complete
    assert problems(board) == []


def test_everybody_are_neither_who_wrote_it_nor_managers(board):
    api.user.grant_roles(username="alice", roles=["Manager"])
    board.agenda.manage_setLocalRoles("bob", ["Owner"])
    assert expected(board.agenda) == ["carol"]
    assert expected(board.budget) == ["bob", "carol"]


def test_of_private_content_only_those_are_expected_who_can_view_it(private):
    assert expected(private.agenda) == []
    api.user.grant_roles(username="alice", roles=["Reader"])
    api.user.grant_roles(username="carol", roles=["Member"])
    private.agenda.manage_setLocalRoles("bob", ["Reader"])
    assert expected(private.agenda) == ["alice", "bob"]
    assert expected(private.budget) == ALL


def test_who_may_only_know_that_it_exists_is_not_expected(private):
    private.agenda.manage_permission("Access contents information", ["Authenticated"])
    private.agenda.reindexObjectSecurity()
    assert expected(private.agenda) == []


def test_local_roles_of_groups_count_and_end_where_they_are_blocked(private):
    add_group("Board", "alice", "bob")
    private.manage_setLocalRoles("Board", ["Reader"])
    private.agenda.manage_setLocalRoles("carol", ["Reader"])
    assert expected(private.agenda) == ALL
    private.agenda.__ac_local_roles_block__ = True
    assert expected(private.agenda) == ["carol"]


def test_what_is_shared_with_all_who_are_logged_in_is_for_everybody(private):
    private.agenda.manage_setLocalRoles("AuthenticatedUsers", ["Reader"])
    assert expected(private.agenda) == ALL


def test_a_named_group_counts_with_the_groups_in_it(board):
    add_group("Finance", "carol")
    add_group("Board", "bob", "Finance")
    choose_audience(board, named(groups=["Board"]))
    assert expected(board.agenda) == ["bob", "carol"]
    assert problems(board.agenda) == []


def test_groups_that_contain_each_other_are_no_problem(board):
    add_group("Finance", "carol")
    add_group("Board", "bob", "Finance")
    add_group("Finance", "Board", "Finance")
    for group in ("Board", "Finance"):
        choose_audience(board, named(groups=[group]))
        assert expected(board) == ["bob", "carol"]


def test_groups_in_groups_do_not_count_where_the_site_has_switched_that_off(board):
    add_group("Finance", "carol")
    add_group("Board", "bob", "Finance", "AuthenticatedUsers")
    plugins = api.portal.get().acl_users.plugins
    for interface in list(plugins.listPluginTypeInfo()):
        ids = plugins.listPluginIds(interface["interface"])
        if "recursive_groups" in ids:
            plugins.deactivatePlugin(interface["interface"], "recursive_groups")
    choose_audience(board, named(groups=["Board"]))
    assert expected(board) == ["bob"]


def test_the_group_of_all_who_are_logged_in_can_be_named_or_be_in_a_group(board):
    choose_audience(board, named(groups=["AuthenticatedUsers"]))
    assert expected(board) == ALL
    add_group("Board", "AuthenticatedUsers")
    choose_audience(board, named(groups=["Board"]))
    assert expected(board) == ALL


def test_named_users_groups_and_roles_add_up(board):
    add_group("Board", "bob")
    api.user.grant_roles(username="carol", roles=["Reviewer"])
    rule = named(groups=["Board"], users=["alice"], roles=["Reviewer"])
    choose_audience(board, rule)
    assert expected(board) == ALL
    choose_audience(board, named(roles=["Reviewer"]))
    assert expected(board) == ["carol"]


def test_a_role_that_is_given_to_a_group_or_on_the_sharing_tab_counts(board):
    add_group("Board", "bob")
    api.group.grant_roles(groupname="Board", roles=["Reviewer"])
    board.manage_setLocalRoles("alice", ["Reviewer"])
    choose_audience(board, named(roles=["Reviewer"]))
    assert expected(board.agenda) == ["alice", "bob"]
    board.agenda.__ac_local_roles_block__ = True
    assert expected(board.agenda) == ["bob"]


@pytest.mark.parametrize("role", ["Member", "Authenticated", "Anonymous"])
def test_a_role_of_everybody_can_be_named(board, role):
    choose_audience(board, named(roles=[role]))
    assert expected(board) == ALL


def test_members_join_leave_and_change_their_name(board):
    add_group("Board", "alice", "bob")
    choose_audience(board, named(groups=["Board"]))
    api.group.add_user(groupname="Board", username="carol")
    api.group.remove_user(groupname="Board", username="alice")
    api.user.get("bob").setMemberProperties({"fullname": "Zeno Berger"})
    api.portal.get().acl_users.source_users.updateUser("bob", "zeno")
    assert audience_of(board).members == (
        Reader("carol", "", "Carol Castillo"),
        Reader("bob", "", "Zeno Berger"),
    )


def test_who_is_deleted_is_not_expected_although_groups_remember_the_id(board):
    add_group("Board", "alice", "bob")
    choose_audience(board, named(groups=["Board"], users=["alice", "bob"]))
    api.user.delete(username="bob")
    assert "bob" in api.portal.get().acl_users.source_groups._principal_groups
    assert expected(board) == ["alice"]
    assert problems(board) == ["“bob” is named, but is no longer a member."]


def test_a_group_or_role_that_is_gone_is_said(board):
    api.group.create("Board")
    choose_audience(board, named(groups=["Board"], users=["bob"], roles=["Captain"]))
    api.group.delete("Board")
    assert expected(board) == ["bob"]
    assert problems(board) == [
        "The group “Board” is named, but no longer exists.",
        "The role “Captain” is named, but no longer exists.",
    ]


def test_an_empty_audience_is_said(board):
    add_group("Board")
    choose_audience(board, named(groups=["Board"]))
    audience = audience_of(board)
    assert (audience.members, audience.complete) == ((), True)
    assert problems(board) == [
        "Nobody is expected to read this: there is nobody in the audience."
    ]


def test_only_the_excused_who_would_be_expected_are_told(board):
    add_group("Board", "alice", "bob")
    choose_audience(board, named(groups=["Board"]))
    excuse(board, Reader("bob"), "ill")
    excuse(board, Reader("carol"), "ill")
    assert expected(board) == ["alice"]
    assert [each.reader.name for each in audience_of(board).excused] == ["Bob Berger"]


def test_users_of_zopes_root_are_expected_only_when_they_are_named(private):
    assert SITE_OWNER_NAME not in expected(private.agenda)
    admin = Reader(SITE_OWNER_NAME, "/acl_users")
    choose_audience(private, AudienceRule(False, users=(Reader("bob"), admin)))
    audience = audience_of(private)
    assert set(audience.members) == {
        Reader("bob", "", "Bob Berger"),
        Reader(SITE_OWNER_NAME, "/acl_users", SITE_OWNER_NAME),
    }
    (problem,) = problems(private.agenda)
    assert "can't view this now: 1" in problem
    gone = (Reader("ghost", "/acl_users"), Reader("bob", "/nowhere/acl_users"))
    choose_audience(private, AudienceRule(False, users=gone))
    assert expected(private) == []
    assert len(problems(private)) == 3


def test_a_working_copy_does_not_matter_for_the_original(board, portal):
    choose_audience(portal, named(users=["alice"]))
    choose_audience(board.agenda, named(users=["bob"]))
    assert expected(board.agenda) == ["bob"]


def test_thousands_of_members_are_read_from_the_maps_alone(private, monkeypatch):
    """Nothing is asked for each member: that would take a minute for 20,000."""
    asked = []
    folder = type(aq_base(api.portal.get().acl_users))
    for name in ("getUserById", "_findUser", "searchUsers", "_verifyUser"):
        monkeypatch.setattr(folder, name, lambda *a, **kw: asked.append(a))
    add_accounts(2000, Staff=range(0, 2000, 2), Board=range(1, 2000, 200))
    add_group("Everyone", "Staff", "Board")
    private.manage_setLocalRoles("Everyone", ["Reader"])
    readers = audience_of(private).members
    assert len(readers) == 1010
    assert readers[0].name == "Member Number 0"
    assert asked == []
    choose_audience(private, named(groups=["Board"]))
    assert len(expected(private)) == 10
    assert len(expected(private.budget)) == 10
    choose_audience(private, None)
    assert len(expected(private.budget)) == 2003


def test_who_is_named_and_can_not_view_it_is_told(private):
    choose_audience(private.agenda, named(users=("alice", "bob")))
    private.agenda.manage_setLocalRoles("bob", ["Reader"])
    private.agenda.reindexObjectSecurity()
    assert expected(private.agenda) == ["alice", "bob"]
    (problem,) = problems(private.agenda)
    assert problem.startswith("Expected readers who can't view this now: 1.")


def test_a_group_and_a_user_of_one_id_are_two(board):
    add_group("bob", "alice")
    choose_audience(board.agenda, named(users=["bob"]))
    choose_audience(board.budget, named(groups=["bob"]))
    assert expected(board.agenda) == ["bob"]
    assert expected(board.budget) == ["alice"]


def test_a_group_is_none_of_its_members_by_its_id(board):
    add_group("everyone", "carol")
    add_group("carol", "alice")
    choose_audience(board.agenda, named(groups=["everyone"]))
    # Plone keeps one id for both: whoever it is that was put into the group.
    assert expected(board.agenda) == ["alice", "carol"]
