"""User folders that find somebody by the id, but can't list all."""

from plone import api
from Products.PluggableAuthService.interfaces.plugins import IGroupsPlugin
from Products.PluggableAuthService.interfaces.plugins import IRolesPlugin
from Products.PluggableAuthService.interfaces.plugins import IUserEnumerationPlugin
from slc.clicktracker.audience import accounts
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.storage.model import Reader
from tests.audience.directory import Directory
from tests.audience.people import add_group
from tests.audience.people import expected
from tests.audience.people import named
from tests.audience.people import problems

import pytest


class BrokenDirectory(Directory):
    def enumerateUsers(self, **criteria):
        raise OSError("no route to host")


class InterruptedDirectory(Directory):
    def enumerateUsers(self, **criteria):
        yield from super().enumerateUsers(**criteria)
        raise OSError("connection reset by peer")


@pytest.fixture
def plug(board):
    """Return a function that activates a plugin for some of what it can do."""

    def activate(plugin, *interfaces):
        user_folder = api.portal.get().acl_users
        plugin.id, plugin.title = "company", "Company directory"
        user_folder._setObject("company", plugin)
        for interface in interfaces:
            user_folder.plugins.activatePlugin(interface, "company")

    return activate


USERS = (
    "The audience is incomplete: “Company directory” may not list all its accounts, so "
    "people may be missing here."
)
GROUPS = (
    "The audience is incomplete: “Company directory” can't list who is in a group, so "
    "people may be missing here."
)
ROLES = (
    "The audience is incomplete: “Company directory” can't list who has a role, so "
    "people may be missing here."
)


def test_everybody_is_incomplete_where_accounts_can_not_be_listed(board, plug):
    plug(Directory(), IUserEnumerationPlugin)
    assert expected(board) == ["alice", "bob", "carol"]
    assert problems(board) == [USERS]
    assert not audience_of(board).complete


def test_whom_such_a_plugin_lists_is_expected_and_others_may_be_missing(board, plug):
    plugin = Directory()
    plugin.lists_all = True
    plug(plugin, IUserEnumerationPlugin)
    assert expected(board) == ["alice", "bob", "carol", "dora", "emil"]
    assert problems(board) == [USERS]


def test_a_group_of_the_site_is_complete_with_accounts_from_there(board, plug):
    plug(Directory(), IUserEnumerationPlugin)
    add_group("Board", "bob", "dora", "ghost")
    choose_audience(board, named(groups=["Board"], users=["emil"]))
    assert [reader.name for reader in audience_of(board).members] == [
        "Bob Berger",
        "Dora Dahl",
        "Emil Ekberg",
    ]
    assert audience_of(board).complete
    assert problems(board) == []


def test_whom_a_plugin_knows_no_more_is_not_expected_by_the_next_request(board, plug):
    plugin = Directory()
    plug(plugin, IUserEnumerationPlugin)
    add_group("Board", "dora")
    choose_audience(board, named(groups=["Board"]))
    assert [each.user for each in Audiences().of(board).members] == ["dora"]
    board.aq_parent.acl_users["company"].people = {}
    assert Audiences().of(board).members == ()


def test_somebody_from_there_can_be_excused(board, plug):
    plug(Directory(), IUserEnumerationPlugin)
    choose_audience(board, named(users=["emil", "bob"]))
    excuse(board, Reader("emil"), "ill")
    assert expected(board) == ["bob"]


def test_groups_that_can_not_be_listed_make_a_group_incomplete(board, plug):
    plug(Directory(), IUserEnumerationPlugin, IGroupsPlugin)
    add_group("Board", "bob")
    choose_audience(board, named(groups=["Board"]))
    assert expected(board) == ["bob"]
    assert problems(board) == [GROUPS]
    choose_audience(board, named(users=["bob"]))
    assert problems(board) == []


def test_roles_that_can_not_be_listed_make_a_role_incomplete(board, plug):
    plug(Directory(), IUserEnumerationPlugin, IRolesPlugin)
    choose_audience(board, named(roles=["Reviewer"]))
    assert expected(board) == []
    assert problems(board) == [ROLES]
    add_group("Board", "bob")
    choose_audience(board, named(groups=["Board"]))
    assert problems(board) == []


def test_private_content_is_incomplete_for_groups_and_roles(board, plug):
    plug(Directory(), IUserEnumerationPlugin, IGroupsPlugin, IRolesPlugin)
    assert problems(board) == [USERS]
    api.content.transition(board, "retract")
    assert sorted(problems(board)) == sorted([GROUPS, ROLES])


@pytest.mark.parametrize("directory", [BrokenDirectory, InterruptedDirectory])
def test_a_plugin_that_fails_leaves_the_others(board, plug, caplog, directory):
    plug(directory(), IUserEnumerationPlugin)
    choose_audience(board, named(users=["bob", "emil"]))
    assert expected(board) == ["bob"]
    assert "could not be asked for users" in caplog.text
    choose_audience(board, None)
    assert expected(board) == ["alice", "bob", "carol"]
    assert problems(board) == [USERS]


@pytest.mark.parametrize("looked_up_first", [0, 1000])
def test_who_can_not_be_listed_has_an_account_all_the_same(
    board, plug, monkeypatch, looked_up_first
):
    plug(Directory(), IUserEnumerationPlugin)
    monkeypatch.setattr(accounts, "_LOOKED_UP_FIRST", looked_up_first)
    every = accounts.Accounts()
    users = ("dora", "alice", "nobody")
    assert [every.name_of(Reader(user)) is None for user in users] == [
        False,
        False,
        True,
    ]
