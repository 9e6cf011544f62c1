"""Who may edit a document or manages its tracking is no reader, unless named."""

from plone import api
from plone.app.testing import SITE_OWNER_NAME
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.audience.editors import editors_among
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.members import Members
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.storage.model import Reader
from tests.audience.people import add_accounts
from tests.audience.people import add_group
from tests.audience.people import expected
from tests.audience.people import named
from tests.audience.people import problems
from tests.counted import steps

import pytest


SETTING = f"{IEvidenceSettings.__identifier__}.editors_count"
ADMIN = Reader(SITE_OWNER_NAME, "/acl_users")


def editors(*contents):
    """The user ids of the site's members who are listed and not counted."""
    found = audience_of(contents[0]).members
    return [r.user for r in editors_among(contents, Members(), found) if not r.folder]


@pytest.mark.parametrize(
    "role", ["Owner", "Editor", "Manager", "Site Administrator", "Tracking Manager"]
)
def test_who_may_edit_or_manages_tracking_is_not_expected(board, role):
    board.manage_setLocalRoles("bob", [role])
    assert expected(board.agenda) == ["alice", "carol"]
    assert editors(board.agenda) == ["bob"]


@pytest.mark.parametrize("role", ["Reader", "Contributor", "Reviewer", "Member"])
def test_who_may_do_other_things_is_expected(board, role):
    board.manage_setLocalRoles("bob", [role])
    assert "bob" in expected(board.agenda)
    assert "bob" not in editors(board.agenda)


def test_groups_of_editors_are_left_out_here_and_not_elsewhere(board):
    add_group("Office", "alice", "bob")
    board.agenda.manage_setLocalRoles("Office", ["Editor"])
    assert expected(board.agenda) == ["carol"]
    assert editors(board.agenda) == ["alice", "bob"]
    assert expected(board.budget) == ["alice", "bob", "carol"]
    assert editors(board.budget, board.agenda) == []


def test_who_is_expected_by_name_group_or_role_is_a_reader(board):
    add_group("Office", "alice")
    board.manage_setLocalRoles("Office", ["Editor"])
    board.manage_setLocalRoles("bob", ["Editor"])
    for rule, others in (
        (named(users=["alice"]), ["bob"]),
        (named(groups=["Office"]), ["bob"]),
        (named(roles=["Editor"]), []),
        (named(users=["carol"]), ["alice", "bob"]),
    ):
        choose_audience(board, rule)
        assert editors(board.agenda) == others
    assert expected(board.agenda) == ["carol"]


def test_a_site_can_count_them(board):
    board.manage_setLocalRoles("bob", ["Editor"])
    api.portal.set_registry_record(SETTING, True)
    assert expected(board.agenda) == ["alice", "bob", "carol"]
    assert editors_among([board.agenda], Members(), ()) == ()


def test_where_everybody_may_edit_nobody_is_left_out(board):
    board.agenda.manage_permission("Modify portal content", ["Authenticated"])
    assert expected(board.agenda) == ["alice", "bob", "carol"]
    assert editors_among([board.agenda], Members(), ()) == ()


def test_managers_of_zopes_root_are_left_out_too(board):
    found = editors_among([board.agenda], Members(), ())
    assert ADMIN in found
    assert ADMIN not in editors_among([board.agenda], Members(), [ADMIN])


def test_an_editor_who_is_excused_stays_so(board):
    board.manage_setLocalRoles("bob", ["Editor"])
    excuse(board, Reader("bob"), "ill")
    assert [each.reader.user for each in audience_of(board.agenda).excused] == ["bob"]


def test_where_only_editors_can_view_it_that_is_said(board):
    for content in (board, board.agenda):
        api.content.transition(content, "retract")
    board.manage_setLocalRoles("bob", ["Editor"])
    assert expected(board.agenda) == []
    (problem,) = problems(board.agenda)
    assert "everybody who can view it may edit it or manages its tracking" in problem


def test_documents_of_many_owners_take_little_more_than_those_of_one(board):
    add_accounts(300)
    with api.env.adopt_roles(["Manager"]):
        papers = [
            api.content.create(board, "Document", f"paper-{number}")
            for number in range(20)
        ]
    for number, paper in enumerate(papers):
        api.content.transition(paper, "publish")
        paper.manage_setLocalRoles(f"member{number:05}", ["Owner"])
    audiences = Audiences()
    first = steps(audiences.of, papers[0])
    rest = steps(lambda: [audiences.of(paper) for paper in papers[1:]])
    assert rest < 19 * first / 2
    for number, paper in enumerate(papers):
        users = {reader.user for reader in audiences.of(paper).members}
        assert f"member{number:05}" not in users
        assert len(users) == 302
