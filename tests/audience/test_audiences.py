"""Many documents at once: each has the audience that it has when asked for alone."""

from hypothesis import given
from hypothesis import strategies as st
from plone import api
from slc.clicktracker.audience import remembered
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.catalogued import catalogued
from tests.audience.people import add_accounts
from tests.audience.people import add_group
from tests.audience.people import named
from tests.audience.people import problems
from tests.audience.sharing import grants
from tests.audience.sharing import GROUPS
from tests.audience.sharing import memberships
from tests.audience.sharing import set_up
from tests.audience.sharing import USERS
from tests.counted import steps
from tests.nightly import examples

import transaction


rules = st.none() | st.builds(
    named,
    groups=st.sets(st.sampled_from(GROUPS), max_size=2),
    users=st.sets(st.sampled_from(USERS), max_size=2),
    roles=st.sets(st.sampled_from(("Reader", "Owner", "Manager")), max_size=2),
)
excused = st.sets(st.sampled_from(USERS), max_size=2)


@examples(60, nightly=1000)
@given(memberships, grants, grants, grants, st.booleans(), rules, rules, excused)
def test_each_of_many_has_the_audience_that_it_has_alone(
    board,
    memberships,
    site_roles,
    folder_roles,
    item_roles,
    blocked,
    folder_rule,
    item_rule,
    excused,
):
    for content in (board, board.agenda):
        if api.content.get_state(content) == "published":
            api.content.transition(content, "retract")
    savepoint = transaction.savepoint()
    try:
        set_up(board, memberships, site_roles, folder_roles, item_roles, blocked)
        choose_audience(board, folder_rule)
        choose_audience(board.agenda, item_rule)
        for user in sorted(excused):
            excuse(board.agenda, Reader(user), "ill")
        audiences = Audiences()
        for content in (board, board.agenda, board.budget):
            assert audiences.of(content) == audience_of(content)
        brains = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(
            path="/".join(board.getPhysicalPath())
        )
        for item in catalogued(brains):
            assert Audiences().of_item(item) == audience_of(item.content)
    finally:
        savepoint.rollback()


def test_documents_with_the_same_people_share_them(board):
    audiences = Audiences()
    assert audiences.of(board.agenda) is audiences.of(board.budget)
    board.agenda.manage_setLocalRoles("alice", ["Reviewer"])
    choose_audience(board, named(users=["alice"]))
    choose_audience(board.agenda, named(users=["alice"], roles=["Reviewer"]))
    audiences = Audiences()
    agenda, budget = audiences.of(board.agenda), audiences.of(board.budget)
    assert agenda is not budget
    assert agenda.members is budget.members


def test_documents_of_several_authors_have_those_as_no_readers(board):
    authors = ("alice", "bob", "carol", "alice")
    with api.env.adopt_roles(["Manager"]):
        papers = [
            api.content.create(board, "Document", f"paper-{number}")
            for number in range(len(authors))
        ]
    for paper, author in zip(papers, authors, strict=True):
        api.content.transition(paper, "publish")
        paper.manage_setLocalRoles(author, ["Owner"])
    audiences = Audiences()
    found = [audiences.of(paper) for paper in papers]
    assert found == [audience_of(paper) for paper in papers]
    assert "alice" not in {reader.user for reader in found[0].members}
    assert "alice" in {reader.user for reader in found[1].members}
    assert found[0] is found[3]


def test_a_rule_and_an_exception_of_one_document_are_its_own(board):
    excuse(board.agenda, Reader("bob"), "ill")
    audiences = Audiences()
    assert audiences.of(board.budget) == audience_of(board.budget)
    assert audiences.of(board.agenda) == audience_of(board.agenda)
    assert audiences.of(board.agenda) != audiences.of(board.budget)
    choose_audience(board.budget, named(users=["carol"]))
    assert Audiences().of(board.budget) == audience_of(board.budget)
    choose_audience(board, named(users=["alice"]))
    assert Audiences().of(board.agenda) == audience_of(board.agenda)


def test_in_a_folder_that_blocks_roles_those_from_above_do_not_count(board):
    with api.env.adopt_roles(["Manager"]):
        annex = api.content.create(board, "Folder", "annex")
        deep = api.content.create(annex, "Folder", "deep")
        papers = [
            api.content.create(folder, "Document", f"paper-{number}")
            for folder in (annex, deep, board)
            for number in range(2)
        ]
    board.manage_setLocalRoles("alice", ["Reader"])
    annex.manage_setLocalRoles("bob", ["Reader"])
    deep.manage_setLocalRoles("carol", ["Reader"])
    for blocked in (False, True):
        annex.__ac_local_roles_block__ = blocked
        audiences = Audiences()
        found = [audiences.of(paper) for paper in papers]
        assert found == [audience_of(paper) for paper in papers]
        names = {reader.user for reader in found[2].members}
        assert names == ({"bob", "carol"} if blocked else {"alice", "bob", "carol"})


def test_who_joins_between_two_requests_is_expected_in_the_second(board):
    add_group("Board", "alice")
    choose_audience(board, named(groups=["Board"]))
    assert len(Audiences().of(board.agenda).members) == 1
    api.group.add_user(groupname="Board", username="bob")
    assert len(Audiences().of(board.agenda).members) == 2


def test_while_the_members_stay_the_same_so_do_the_audiences(board):
    choose_audience(board, named(roles=["Member"]))
    before = Audiences().of(board.agenda)
    assert Audiences().of(board.agenda) is before
    api.user.get("bob").setMemberProperties({"fullname": "Bob Brown"})
    after = Audiences().of(board.agenda)
    assert Reader("bob", "", "Bob Brown") in after.members
    assert after == audience_of(board.agenda)
    # ... and when a document has other readers, they are the same of the others.
    excuse(board.budget, Reader("alice"), "ill")
    assert Audiences().of(board.budget) == audience_of(board.budget)
    assert Audiences().of(board.agenda) is after


def test_no_more_is_remembered_than_there_is_room_for(board, monkeypatch):
    monkeypatch.setattr(remembered, "_MOST", 3)
    add_accounts(20, Staff=range(20))
    choose_audience(board, named(groups=["Staff"]))
    for number in range(5):
        excuse(board.agenda, Reader(f"member{number:05}"), "ill")
        found = [Audiences().of(each) for each in (board.agenda, board.budget)]
        assert found == [audience_of(board.agenda), audience_of(board.budget)]
    ((_state, kept),) = remembered._by_site.values()
    assert len(kept._readers) == 1


def test_a_group_that_is_deleted_between_two_requests_is_missed_in_the_second(board):
    add_group("Board")
    choose_audience(board, named(groups=["Board"]))
    assert Audiences().of(board.agenda) == audience_of(board.agenda)
    api.group.delete(groupname="Board")
    assert Audiences().of(board.agenda) == audience_of(board.agenda)
    assert "Board" in " ".join(problems(board.agenda))


def test_many_documents_take_little_more_than_one(board):
    """Alone, each of them would take as much as the first."""
    add_accounts(300, Staff=range(0, 300, 2))
    choose_audience(board, named(groups=["Staff"]))
    with api.env.adopt_roles(["Manager"]):
        papers = [
            api.content.create(board, "Document", f"paper-{number}")
            for number in range(30)
        ]
    audiences = Audiences()
    first = steps(audiences.of, papers[0])
    rest = steps(lambda: [audiences.of(paper) for paper in papers[1:]])
    assert rest < 29 * first / 2
    assert all(len(audiences.of(paper).members) == 150 for paper in papers)
