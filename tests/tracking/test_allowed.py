"""Many items at once: of each the viewer may know what Plone says about it alone."""

from AccessControl import getSecurityManager
from borg.localrole.interfaces import ILocalRoleProvider
from hypothesis import given
from hypothesis import strategies as st
from plone import api
from slc.clicktracker.interfaces import IContentIsExcluded
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reports.place import Place
from slc.clicktracker.tracking.allowed import allowed
from slc.clicktracker.tracking.allowed import Permitted
from tests.audience.sharing import grants
from tests.audience.sharing import memberships
from tests.audience.sharing import set_up
from tests.counted import steps
from tests.nightly import examples
from zope.annotation.interfaces import IAnnotations
from zope.component import provideAdapter
from zope.globalrequest import getRequest
from zope.interface import alsoProvides

import pytest
import transaction


#: What an item says of who may view it: nothing, only these, these as well, or that it is
#: as with another permission.
view_of_item = st.sampled_from(
    (
        None,
        (),
        ("Manager",),
        ("Reader", "Manager"),
        ("Anonymous",),
        ["Reader"],
        [],
        "_Modify_portal_content_Permission",
    )
)
viewers = st.sampled_from(("alice", "bob", "carol"))


@pytest.fixture
def papers(board):
    """Four papers in a folder and one in another below it."""
    with api.env.adopt_roles(["Manager"]):
        annex = api.content.create(board, "Folder", "annex")
        for number in range(2):
            api.content.create(board, "Document", f"paper-{number}")
        api.content.create(annex, "Document", "secret")
    return [
        board.agenda,
        board.budget,
        board["paper-0"],
        board["paper-1"],
        annex.secret,
    ]


def brains_of(board):
    catalog = api.portal.get_tool("portal_catalog")
    path = "/".join(board.getPhysicalPath())
    return catalog.unrestrictedSearchResults(path=path)


def told(board, permission):
    # Plone remembers for a request what it has found out.
    IAnnotations(getRequest()).clear()
    return [each.brain.getPath() for each in allowed(brains_of(board), permission)]


def told_by_plone(board, permission):
    """What Plone itself says, for each item alone."""
    may = getSecurityManager().checkPermission
    found = []
    for brain in brains_of(board):
        IAnnotations(getRequest()).clear()
        content = brain._unrestrictedGetObject()
        if may("View", content) and may(permission, content):
            found.append(brain.getPath())
    return found


@examples(50, nightly=1000)
@given(
    memberships,
    grants,
    grants,
    grants,
    st.booleans(),
    view_of_item,
    view_of_item,
    viewers,
)
def test_a_viewer_may_know_of_many_what_plone_says_of_each(
    board,
    papers,
    memberships,
    site_roles,
    folder_roles,
    item_roles,
    blocked,
    of_item,
    of_folder,
    viewer,
):
    savepoint = transaction.savepoint()
    try:
        set_up(board, memberships, site_roles, folder_roles, item_roles, blocked)
        for content, said in (
            (board["paper-0"], of_item),
            (board.annex.secret, of_item),
            (board.annex, of_folder),
        ):
            if said is not None:
                content._View_Permission = said
        with api.env.adopt_user(username=viewer):
            for permission in (MANAGE_TRACKING, VIEW_READERS, "Modify portal content"):
                assert told(board, permission) == told_by_plone(board, permission)
    finally:
        savepoint.rollback()


def test_what_another_package_says_of_single_items_counts(board, papers):
    """Such as who is the deputy of whom, which no attribute of an item tells."""

    class Deputies:
        def __init__(self, context):
            self.context = context

        def getRoles(self, principal):
            is_his = self.context.getId() == "paper-1" and principal == "carol"
            return ("Manager",) if is_his else ()

        def getAllRoles(self):
            return [("carol", self.getRoles("carol"))]

    for name in ("paper-0", "paper-1"):
        alsoProvides(board[name], IContentIsExcluded)
    provideAdapter(Deputies, (IContentIsExcluded,), ILocalRoleProvider, "deputies")
    with api.env.adopt_user(username="carol"):
        assert told(board, MANAGE_TRACKING) == ["/plone/board/paper-1"]


def test_local_roles_that_are_found_out_when_asked_for_count(board, papers):
    board["paper-0"].__ac_local_roles__ = lambda: {"carol": ["Manager"]}
    with api.env.adopt_user(username="carol"):
        assert told(board, MANAGE_TRACKING) == ["/plone/board/paper-0"]


def test_a_role_counts_at_the_next_look(board, papers):
    with api.env.adopt_user(username="carol"):
        assert told(board, MANAGE_TRACKING) == []
        board["paper-1"].manage_setLocalRoles("carol", ["Manager"])
        assert told(board, MANAGE_TRACKING) == ["/plone/board/paper-1"]


def test_what_is_further_up_is_not_what_is_gone_from_a_folder(board, portal):
    """Zope finds it there, by its id, where the catalog has not heard of that."""
    with api.env.adopt_roles(["Manager"]):
        above = api.content.create(portal, "Document", "minutes", title="Secret")
        api.content.create(board, "Document", "beside", title="Beside")
        gone = api.content.create(board, "Document", "minutes", title="Gone")
        board.manage_setLocalRoles("carol", ["Manager"])
    catalog = api.portal.get_tool("portal_catalog")
    assert len(catalog.unrestrictedSearchResults(UID=gone.UID())) == 1
    board._delOb("minutes")
    with api.env.adopt_user(username="carol"):
        IAnnotations(getRequest()).clear()
        found = {each.uid for each in allowed(brains_of(board), VIEW_READERS)}
        assert board["beside"].UID() in found
        assert above.UID() not in found
    with api.env.adopt_roles(["Manager"]):
        assert above.UID() not in Place(board).uids


def test_many_items_of_a_folder_take_little_more_than_one(board, papers):
    with api.env.adopt_roles(["Manager"]):
        for number in range(2, 32):
            api.content.create(board, "Document", f"paper-{number}")
    with api.env.adopt_user(username="carol"):
        may = Permitted(MANAGE_TRACKING, "View")
        first = steps(may.on, board["paper-2"])
        others = [board[f"paper-{number}"] for number in range(3, 32)]
        assert steps(lambda: [may.on(each) for each in others]) < 29 * first / 2
