"""Audiences of what is saved: they outlive a request, and nothing that has changed."""

from Acquisition import aq_base
from datetime import date
from datetime import datetime
from datetime import timezone
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from Products.PlonePAS.interfaces.group import IGroupIntrospection
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from slc.clicktracker.audience import exceptions
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.rules import AudienceRule
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.catalogued import catalogued
from tests.audience.people import named
from zope.interface import implementer

import pytest
import transaction


#: The groups that another system has now.
GROUPS: list[str] = []


@implementer(IGroupIntrospection)
class Directory(BasePlugin):
    """Another system that knows of groups."""

    id, title = "directory", "Directory"

    def getGroupById(self, group):
        return group if group in GROUPS else None


@pytest.fixture
def board(site):
    with api.env.adopt_roles(["Manager"]):
        transaction.commit()
        yield site.board


def expected():
    """Return who is expected to read agenda and budget, as a dashboard finds it, which
    is as each document says alone."""
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(
        path="/plone/board", portal_type="Document", sort_on="path"
    )
    audiences, found = Audiences(), []
    for item in catalogued(brains):
        audience = audiences.of_item(item)
        assert audience == audience_of(item.content)
        found.append([reader.user for reader in audience.members])
    return found


EVERYBODY = ["alice", "bob", "carol"]


@pytest.mark.parametrize("is_own", [False, True])
def test_whoever_joins_leaves_or_is_named_counts_once_it_is_saved(board, is_own):
    place = board.agenda if is_own else board
    choose_audience(place, named(users=["alice"], groups=["Board"]))
    api.group.create(groupname="Board")
    transaction.commit()
    for change, members in (
        (lambda: None, ["alice"]),
        (
            lambda: api.group.add_user(groupname="Board", username="bob"),
            ["alice", "bob"],
        ),
        (lambda: api.group.delete(groupname="Board"), ["alice"]),
        (lambda: choose_audience(place, named(users=["carol"])), ["carol"]),
        (lambda: api.user.delete(username="carol"), []),
    ):
        change()
        assert expected()[0] == members
        transaction.commit()
        assert [expected()[0] for _time in range(2)] == [members] * 2


def test_who_is_excused_until_a_day_is_expected_on_the_next_though_nothing_is_saved(
    board, monkeypatch
):
    choose_audience(board, named(users=EVERYBODY))
    excuse(board, Reader("bob"), "on leave", until=date(2036, 6, 30))
    excuse(board.agenda, Reader("carol"), "ill", until=date(2036, 6, 30))
    transaction.commit()
    for day, agenda, budget in (
        (datetime(2036, 6, 30, 12), ["alice"], ["alice", "carol"]),
        (datetime(2036, 7, 1, 12), EVERYBODY, EVERYBODY),
    ):
        now = day.replace(tzinfo=timezone.utc)
        monkeypatch.setattr(exceptions, "utc_now", lambda now=now: now)
        assert [expected() for _time in range(2)] == [[agenda, budget]] * 2


def test_somebody_of_another_user_folder_is_asked_for_each_time(board, monkeypatch):
    users = aq_base(board.getPhysicalRoot().acl_users)
    choose_audience(
        board, AudienceRule(False, users=(Reader(SITE_OWNER_NAME, "/acl_users"),))
    )
    transaction.commit()
    assert expected()[0] == [SITE_OWNER_NAME]
    monkeypatch.setattr(type(users), "getUserById", lambda *_args: None)
    assert expected()[0] == []


def test_where_another_system_knows_groups_it_is_asked_each_time(board):
    choose_audience(board, named(groups=["Board"]))
    plugins = api.portal.get().acl_users
    directory = Directory()
    plugins._setObject("directory", directory)
    plugins.plugins.activatePlugin(IGroupIntrospection, "directory")
    transaction.commit()
    for names in ((), ("Board",)):
        GROUPS[:] = names
        audience = audience_of(board.agenda)
        catalog = api.portal.get_tool("portal_catalog")
        brains = catalog.unrestrictedSearchResults(path="/plone/board/agenda")
        assert Audiences().of_item(*catalogued(brains)) == audience
        assert any("Board" in str(each.mapping) for each in audience.problems) != bool(
            names
        )
