"""Random groups, roles and sharing: the audience is who Plone itself lets view it, and
doesn't let edit it or manage its tracking."""

from hypothesis import given
from hypothesis import strategies as st
from plone import api
from tests.audience.people import expected
from tests.audience.sharing import grants
from tests.audience.sharing import memberships
from tests.audience.sharing import set_up
from tests.audience.sharing import USERS
from tests.nightly import examples
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest

import transaction


def viewers(content):
    """Whom Plone lets view content and not work on it, asked for each member alone."""
    # Plone remembers for a request what it has found out.
    IAnnotations(getRequest()).clear()
    users = [api.portal.get().acl_users.getUserById(user) for user in USERS]
    return [
        user.getId()
        for user in users
        if user.has_permission("View", content)
        and not user.has_permission("Modify portal content", content)
        and not user.has_permission("slc: Manage Tracking", content)
    ]


@examples(60, nightly=1000)
@given(memberships, grants, grants, grants, st.booleans())
def test_the_audience_is_who_plone_lets_view_it(
    board, memberships, site_roles, folder_roles, item_roles, blocked
):
    for content in (board, board.agenda):
        if api.content.get_state(content) == "published":
            api.content.transition(content, "retract")
    savepoint = transaction.savepoint()
    try:
        set_up(board, memberships, site_roles, folder_roles, item_roles, blocked)
        assert expected(board.agenda) == viewers(board.agenda)
        assert expected(board) == viewers(board)
    finally:
        savepoint.rollback()
