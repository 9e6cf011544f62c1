"""Who is expected and what somebody may see outlive commits that touch nothing of what
decides, and no others."""

from AccessControl import getSecurityManager
from Acquisition import aq_base
from borg.localrole.interfaces import ILocalRoleProvider
from borg.localrole.workspace import WorkspaceLocalRoleManager
from plone import api
from plone.dexterity.interfaces import IDexterityContent
from plone.dexterity.schema import SCHEMA_CACHE
from Products.PlonePAS.interfaces.group import IGroupIntrospection
from Products.PlonePAS.interfaces.plugins import ILocalRolesPlugin
from random import Random
from slc.clicktracker.audience import audiences as audiences_module
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.audience.exceptions import end_exception
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking import allowed
from slc.clicktracker.tracking.catalogued import catalogued
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.tracking.choice import tracking_of
from slc.clicktracker.tracking.places import content_of
from slc.clicktracker.tracking.tracked import can_be_read
from slc.clicktracker.tracking.tracked import tracked_below
from tests.audience.people import add_group
from tests.audience.people import named
from tests.tracking.another_request import another_request
from zope.annotation.interfaces import IAnnotations
from zope.interface import implementer

import pytest
import transaction


USERS = ("alice", "bob", "carol")
GROUPS = ("A", "B")


@pytest.fixture
def board(site):
    """A folder with one in it, and a document in each, which is tracked."""
    with api.env.adopt_roles(["Manager"]):
        plans = api.content.create(site.board, "Folder", "plans")
        api.content.create(plans, "Document", "plan")
        archive = api.content.create(site, "Folder", "archive")
        plans = api.content.create(archive, "Folder", "plans")
        api.content.create(plans, "Document", "plan")
        for group in GROUPS:
            add_group(group)
        choose(site.board, Choice.TRACK)
        choose(archive, Choice.TRACK)
        transaction.commit()
        look(site)
        yield site.board


def look(site):
    """Return all that is told of each item, as a dashboard finds it, after it is compared
    with what each item says alone. What is not found in time is found anew."""
    # What Plone itself remembers of roles for one request.
    IAnnotations(site.REQUEST).clear()
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(path="/plone", sort_on="path")
    audiences = Audiences()
    expected = {}
    for item in catalogued(brains):
        audience = audiences.of_item(item)
        assert audience == audience_of(item.content), item.path
        expected[item.path] = [each.user for each in audience.members]
    users = [user for user in USERS if api.user.get(userid=user)]
    seen = {user: _seen_by(user, site) for user in users}
    return expected, seen


def _seen_by(user, site):
    with api.env.adopt_user(username=user):
        may = getSecurityManager().checkPermission
        found = {each.item.path for each in tracked_below(site, VIEW_READERS)}
        brains = api.portal.get_tool("portal_catalog").searchResults(
            path="/plone", show_inactive=True
        )
        contents = [each for each in map(content_of, brains) if each is not None]
        alone = {
            "/".join(each.getPhysicalPath())
            for each in contents
            if may(VIEW_READERS, each)
            and may("View", each)
            and tracking_of(each).tracked
            and can_be_read(each)
        }
    assert found == alone
    return found


@pytest.fixture
def asked(monkeypatch):
    """What was asked for: the paths of contents, and of whom an audience was found."""
    found = []
    permitted, audience = allowed.Permitted._asked, audiences_module.Audiences.of

    def may(self, content):
        found.append("/".join(content.getPhysicalPath()))
        return permitted(self, content)

    def of(self, content):
        found.append("/".join(content.getPhysicalPath()))
        return audience(self, content)

    monkeypatch.setattr(allowed.Permitted, "_asked", may)
    monkeypatch.setattr(audiences_module.Audiences, "of", of)
    return found


def a_new_page(board):
    api.content.create(board, "Document", "new")


def a_log_in(board):
    api.user.get(username="alice").setMemberProperties({"login_time": "2036/01/01"})


def a_text(board):
    board.agenda.title = "Order of the day"
    board.agenda.reindexObject()


@pytest.mark.parametrize("change", [a_text, a_log_in, a_new_page])
def test_what_decides_nothing_leaves_all_known(board, site, asked, change):
    look(site)
    change(board)
    transaction.commit()
    asked.clear()
    look(site)
    # The site itself is in no folder, and is asked each time.
    assert set(asked) <= {"/plone", "/plone/board/new"}


def test_what_is_changed_in_one_folder_is_asked_there_alone(board, site, asked):
    board.plans.manage_setLocalRoles("bob", ["Manager"])
    transaction.commit()
    asked.clear()
    look(site)
    assert set(asked) - {"/plone"} == {"/plone/board/plans", "/plone/board/plans/plan"}


def _share(place, who):
    place.manage_setLocalRoles(who, ["Manager"])
    place.reindexObjectSecurity()


def _block(board):
    board.plans.__ac_local_roles_block__ = True


def _join(board):
    board.acl_users.source_groups.addPrincipalToGroup("bob", "A")


def _hide(board):
    board.plans.manage_permission("View", ["Owner"], acquire=0)
    board.plans.reindexObjectSecurity()


def _move(board):
    api.content.move(board.plans, board.aq_parent.archive, id="earlier")


def _swap(board):
    """As a script may, so that neither the catalog nor the folders have heard of it."""
    archive = board.aq_parent.archive
    here, there = board._getOb("plans"), archive._getOb("plans")
    board._delOb("plans")
    archive._delOb("plans")
    board._setOb("plans", aq_base(there))
    archive._setOb("plans", aq_base(here))


def _deactivate(board):
    plugins = board.acl_users.plugins
    for plugin in plugins.listPluginIds(IGroupIntrospection):
        plugins.deactivatePlugin(IGroupIntrospection, plugin)


class _NobodyHasLocalRoles(WorkspaceLocalRoleManager):
    """As a plugin of another package may say."""

    def getAllLocalRolesInContext(self, context):
        return {}


def _replace(board):
    """By a plugin of the same name, which is active for the same."""
    users = board.acl_users
    plugin = _NobodyHasLocalRoles("borg_localroles", "")
    users._delOb("borg_localroles")
    users._setOb("borg_localroles", plugin)
    users.plugins.activatePlugin(ILocalRolesPlugin, "borg_localroles")


def _remove(board):
    board.acl_users._delOb("borg_localroles")


@implementer(ILocalRoleProvider)
class _CarolIsManager:
    """As another package may say of content of a kind."""

    def __init__(self, context):
        pass

    def getRoles(self, user):
        return ("Manager",) if user == "carol" else ()

    def getAllRoles(self):
        return [("carol", ("Manager",))]


def _adapt(board):
    registry = board.aq_parent.getSiteManager()
    of = (IDexterityContent,), ILocalRoleProvider
    registry.registerAdapter(_CarolIsManager, *of, name="carol")


def _create_again(board):
    api.user.delete(username="carol")
    api.user.create(username="carol", email="c@example.org")


def _rename(board):
    api.user.get(username="bob").setMemberProperties({"fullname": "Aaron"})


def _are_shown(board):
    """Folders have a text of their own."""
    folder = board.portal_types.Folder
    folder.behaviors = (*folder.behaviors, "plone.richtext")
    SCHEMA_CACHE.invalidate("Folder")


CHANGES = {
    "a group": _join,
    "a nested group": lambda board: add_group("A", "B"),
    "a role in the site": lambda board: api.user.grant_roles("bob", roles=["Manager"]),
    "a role in the place": lambda board: _share(board, "bob"),
    "a role in what the site is in": lambda board: (
        board.aq_parent.aq_parent.manage_setLocalRoles("bob", ["Manager"])
    ),
    "a role of the site, as a place": lambda board: _share(board.aq_parent, "bob"),
    "a role on the item": lambda board: _share(board.agenda, "bob"),
    "inheritance is blocked": _block,
    "a permission": _hide,
    "a rule": lambda board: choose_audience(board.plans, named(users=["carol"])),
    "a rule of an item": lambda board: choose_audience(
        board.agenda, named(users=["carol"])
    ),
    "an exception": lambda board: excuse(board, Reader("alice"), "ill"),
    "an exception at an item": lambda board: excuse(
        board.agenda, Reader("alice"), "ill"
    ),
    "tracking": lambda board: choose(board.plans, Choice.EXCLUDE),
    "a place": _move,
    "a place, as nobody is told": _swap,
    "an account is new": lambda board: api.user.create(
        username="dave", email="d@example.org"
    ),
    "an account is gone": lambda board: api.user.delete(username="carol"),
    "an account is another one": _create_again,
    "a name": _rename,
    "the name of a folder": lambda board: api.content.rename(board, "council"),
    "an adapter for local roles": _adapt,
    "a group is gone": lambda board: api.group.delete(groupname="A"),
    "a plugin": _deactivate,
    "a plugin for local roles is another one": _replace,
    "a plugin for local roles is gone": _remove,
    "a role is there now": lambda board: setattr(
        board.aq_parent, "__ac_roles__", (*board.aq_parent.__ac_roles__, "Chair")
    ),
    "the fields of a type": _are_shown,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_decides_counts_at_the_next_look(board, site, change):
    """Where another process has saved it."""
    rule = named(groups=["A", "Board"], users=["alice"], roles=["Chair"])
    choose_audience(board, rule)
    _share(board, "A")
    _share(site.archive.plans, "bob")
    add_group("A", "alice")
    add_group("B", "carol")
    transaction.commit()
    before = _all_of(site)
    with another_request(site) as (other, manager):
        change(other.board)
        manager.commit()
    transaction.abort()
    after = _all_of(site)
    assert after != before
    assert _all_of(site) == after


def test_what_a_request_gives_up_is_remembered_by_nobody(board, site):
    choose_audience(board, named(groups=["A"]))
    transaction.commit()
    audiences = Audiences()
    _join(board)
    audiences.of(board)
    transaction.abort()
    assert look(site)[0]["/plone/board"] == []


def test_whether_editors_are_readers_counts_at_the_next_look(board, site):
    _share(site.rules, "carol")
    transaction.commit()
    record = f"{IEvidenceSettings.__identifier__}.editors_count"
    for are_readers in (False, True):
        api.portal.set_registry_record(record, are_readers)
        transaction.commit()
        assert ("carol" in look(site)[0]["/plone/rules"]) is are_readers


def _all_of(site):
    """What ``look`` compares, and the audiences as they are."""
    catalog = api.portal.get_tool("portal_catalog")
    audiences = Audiences()
    brains = catalog.unrestrictedSearchResults(path="/plone", sort_on="path")
    return look(site), [
        (item.path, audiences.of_item(item)) for item in catalogued(brains)
    ]


def _steps(random, site):
    """Yield changes by chance."""
    users = site.acl_users
    places = ["board", "board", "board/plans", "archive", "board/agenda"]
    principals = (*USERS, *GROUPS)

    def place():
        return site.unrestrictedTraverse(random.choice(places))

    return (
        *[lambda: _share(place(), random.choice(principals))] * 3,
        lambda: place().manage_delLocalRoles([random.choice(principals)]),
        lambda: setattr(
            place(), "__ac_local_roles_block__", random.choice((True, False))
        ),
        lambda: place().manage_permission(
            "View", ["Manager", random.choice(("Reader", "Member"))], acquire=0
        ),
        lambda: place().manage_permission("View", [], acquire=1),
        lambda: users.source_groups.addPrincipalToGroup(
            random.choice(principals), random.choice(GROUPS)
        ),
        lambda: users.source_groups.removePrincipalFromGroup(
            random.choice(USERS), random.choice(GROUPS)
        ),
        lambda: users.portal_role_manager.assignRoleToPrincipal(
            "Manager", random.choice(principals)
        ),
        lambda: choose_audience(
            place(), random.choice((None, named(groups=GROUPS), named(users=USERS[:2])))
        ),
        lambda: excuse(place(), Reader(random.choice(USERS)), "ill"),
        lambda: end_exception(place(), Reader(random.choice(USERS))),
        lambda: choose(place(), random.choice(tuple(Choice))),
        lambda: _swap(site.board),
        lambda: setattr(place(), "title", str(random.random())),
        lambda: api.content.create(site.board, "Document", f"x{random.random()}"),
    )


@pytest.mark.parametrize("seed", range(2))
def test_after_any_history_what_is_kept_is_what_would_be_found_anew(board, site, seed):
    random = Random(seed)
    for _time in range(40):
        if random.random() < 0.3:
            with another_request(site) as (other, manager):
                random.choice(_steps(random, other))()
                manager.commit()
            transaction.abort()
        else:
            random.choice(_steps(random, site))()
            transaction.commit()
        look(site)
