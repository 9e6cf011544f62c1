"""Who may see who read this, and of what."""

from AccessControl.Permission import Permission
from plone import api
from slc.clicktracker.audience.rules import choose_audience
from tests.audience.people import give_role
from tests.audience.people import named
from tests.browser.report.readings import record
from tests.browser.report.reports import names_in
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import text_of

import pytest
import transaction


def test_to_manage_tracking_is_not_to_see_readers(read, visitor):
    give_role(read, "carol")
    site = api.portal.get()
    site.manage_permission("slc.clicktracker: View readers", ["Manager"], acquire=0)
    transaction.commit()
    answer = visitor("carol").get("/board/agenda/@@tracking")
    assert "Reads of this item are recorded" in text_of(answer)
    assert names_in(answer) == []
    assert "Berger" not in answer.text


def test_where_inherited_roles_are_blocked_so_are_the_readers(read, visitor):
    with api.env.adopt_roles(["Manager"]):
        annex = api.content.create(read, "Folder", "annex")
        secret = api.content.create(annex, "Document", "secret")
        for content in (annex, secret):
            api.content.transition(content, "publish")
        annex.__ac_local_roles_block__ = True
    record(secret, "alice")
    give_role(read, "carol")
    answer = visitor("carol").get("/board/@@who-read-this?view=list")
    assert "secret" not in text_of(answer)
    assert names_in(answer) == ["Alice Anders", "Bob Berger", "Carol Castillo"]
    assert "secret" not in visitor("carol").get("/board/@@who-read-this.csv").text
    assert "secret" in visitor("manager").get("/board/@@who-read-this.csv").text


@pytest.mark.parametrize(
    "view", ["@@who-read-this", "@@who-read-this.csv", "@@tracking"]
)
def test_readers_of_what_a_viewer_may_not_see_are_not_shown(read, visitor, view):
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(read.agenda, "retract")
    give_role(read, "carol")
    answer = visitor("carol").get(f"/board/agenda/{view}")
    assert "insufficient-privileges" in answer.url
    assert "Berger" not in answer.text


def test_a_secretary_sees_the_report_of_her_folder_alone(read, visitor):
    give_role(read, "carol")
    carol = visitor("carol")
    assert names_in(carol.get(REPORT)) == ["Bob Berger", "Carol Castillo"]
    assert "insufficient-privileges" in carol.get("/rules/@@who-read-this").url


def test_names_are_for_those_with_the_permission(read, visitor):
    for name in ("bob", None):
        for view in ("@@who-read-this", "@@tracking", "@@who-read-this.csv"):
            answer = visitor(name).get(f"/board/agenda/{view}")
            assert "Berger" not in text_of(answer).replace("Bob Berger Log", "")
            assert names_in(answer) == []


def test_what_a_viewer_may_not_see_is_left_out(read, visitor):
    give_role(read, "carol")
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(read.budget, "retract")
    transaction.commit()
    answer = visitor("carol").get("/board/@@who-read-this?view=list")
    assert names_in(answer) == ["Bob Berger", "Carol Castillo"]


@pytest.fixture
def closed(read, visitor):
    """A folder of the board that takes no roles from above, with a paper that Alice
    and Bob have read; Carol has hers in the whole site."""
    with api.env.adopt_roles(["Manager"]):
        closed = api.content.create(read, "Folder", "closed")
        paper = api.content.create(closed, "Document", "paper", "Secret paper")
        for content in (closed, paper):
            api.content.transition(content, "publish")
    closed.__ac_local_roles_block__ = True
    api.portal.get().manage_setLocalRoles("carol", ["Reader", "Tracking Manager"])
    for name in ("alice", "bob"):
        record(paper, name)
    choose_audience(closed, named(users=["alice", "bob"]))
    api.portal.get().reindexObjectSecurity()
    transaction.commit()
    return closed


@pytest.mark.parametrize("place", ["", "/board"])
def test_who_is_shut_out_of_a_folder_learns_nothing_of_it_from_above(
    closed, visitor, place
):
    carol = visitor("carol")
    assert "insufficient-privileges" in carol.get("/board/closed/@@who-read-this").url
    report = f"{place}/@@who-read-this"
    assert "Bob Berger" in names_in(carol.get(f"{report}?view=list"))
    for address in (
        report,
        f"{report}.csv",
        f"{report}.json",
        f"{report}-print",
        f"{report}-reader?reader=bob",
        f"{place}/@@clicktracker-dashboard",
        f"{place}/@@clicktracker-dashboard-members",
    ):
        answer = carol.get(address)
        assert answer.status_code == 200
        # She may view it, as everybody: it is in the menus of the page.
        text = text_of(answer)
        assert "ecret paper" not in text and "closed" not in text, address


def test_what_was_taken_from_a_role_in_a_folder_is_asked_for_there(read, visitor):
    _has_everywhere("Reviewer", "carol")
    # As a workflow does.
    Permission("slc.clicktracker: View readers", (), read.budget).setRoles(("Manager",))
    transaction.commit()
    answer = visitor("carol").get("/@@who-read-this?view=list")
    assert names_in(answer) == ["Bob Berger", "Carol Castillo"]


def test_who_may_know_that_something_exists_need_not_see_its_readers(read, visitor):
    _has_everywhere("Reviewer", "carol")
    # The catalog goes on saying that it is there, as it does by some workflows.
    read.budget.manage_permission("View", ["Manager"], 0)
    transaction.commit()
    answer = visitor("carol").get("/@@who-read-this?view=list")
    assert names_in(answer) == ["Bob Berger", "Carol Castillo"]


def _has_everywhere(role, user):
    """A role lets a member see readers in the whole site."""
    api.user.grant_roles(user, roles=[role])
    site = api.portal.get()
    site.manage_permission("slc.clicktracker: View readers", ["Manager", role], 0)
