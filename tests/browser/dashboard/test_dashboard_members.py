"""Who sees what on the dashboard: members by name, and figures without names."""

from plone import api
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.interfaces import IPrivacySettings
from slc.clicktracker.storage.model import Version
from tests.audience.people import add_accounts
from tests.audience.people import add_group
from tests.audience.people import expect
from tests.audience.people import named
from tests.browser.dashboard.dashboards import DASHBOARD
from tests.browser.dashboard.dashboards import documents
from tests.browser.dashboard.dashboards import links
from tests.browser.dashboard.dashboards import MEMBERS
from tests.browser.dashboard.dashboards import members
from tests.browser.dashboard.dashboards import opened
from tests.browser.dashboard.dashboards import tables
from tests.browser.report.reports import text_of

import pytest
import transaction


def test_a_secretary_sees_the_dashboard_of_the_folder_only(secretary):
    assert set(documents(secretary.get(f"/board{DASHBOARD}"))) == {"Agenda", "Budget"}
    assert "Insufficient Privileges" in secretary.get(DASHBOARD).text
    assert "Insufficient Privileges" in secretary.get(MEMBERS).text


def test_a_reader_sees_none(board, visitor):
    for path in (DASHBOARD, MEMBERS, f"/board{DASHBOARD}", f"/board{MEMBERS}"):
        assert "Reading dashboard" not in visitor("bob").get(path).text
        assert "Reading dashboard" not in visitor().get(path).text


def test_a_secretary_sees_nothing_of_what_she_may_not_view(board, secretary):
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(board.budget, "retract")
    board.budget.__ac_local_roles_block__ = True
    board.budget.reindexObjectSecurity()
    transaction.commit()
    opened(board.budget, "bob")
    answer = secretary.get(f"/board{DASHBOARD}")
    assert set(documents(answer)) == {"Agenda"}
    assert "0 times opened" in text_of(answer)
    assert "0 of 2 expected readings" in text_of(answer)


def test_where_the_role_ends_figures_and_names_end(board, secretary):
    """The budget is published, so that she may view it, as everybody may."""
    board.budget.__ac_local_roles_block__ = True
    board.budget.reindexObjectSecurity()
    transaction.commit()
    assert set(documents(secretary.get(f"/board{DASHBOARD}"))) == {"Agenda"}
    _header, *rows = tables(secretary.get(f"/board{MEMBERS}"))
    assert [row[-1] for row in rows] == ["0 of 1", "0 of 1"]


@pytest.fixture
def without_names(board):
    """Who manages tracking may not see names."""
    site = board.aq_parent
    site.manage_permission("slc.clicktracker: View readers", ["Manager"])
    transaction.commit()


def people(count):
    add_accounts(count)
    return [f"member{number:05}" for number in range(count)]


def staff(*users):
    """A group of these people, and a rule that names it."""
    add_group("staff", *users)
    return named(groups=["staff"])


def test_without_the_permission_for_names_there_are_figures_and_no_names(
    board, secretary, without_names
):
    choose_audience(board, staff("alice", *people(4)))
    transaction.commit()
    opened(board.agenda, "alice")
    opened(board.budget, "member00001")
    answer = secretary.get(f"/board{DASHBOARD}")
    assert documents(answer) == {"Agenda": ["1 of 5", "1"], "Budget": ["1 of 5", "1"]}
    assert "2 of 10 expected readings" in text_of(answer)
    assert "single people" not in text_of(answer)
    assert "Alice" not in answer.text
    assert links(answer)["Agenda"].endswith("/board/agenda")
    assert "Members" not in links(answer)
    assert "Insufficient Privileges" in secretary.get(f"/board{MEMBERS}").text


HIDDEN = "Not shown, because it would reveal what single people did."
UNTOLD = f"– {HIDDEN}"


def test_who_may_not_see_names_does_not_see_how_far_a_few_people_are(
    board, secretary, without_names, visitor
):
    """One person, and nobody else, is expected to read it: "1 of 1" has a name."""
    choose_audience(board, staff(*people(5)))
    add_group("chair", "alice")
    choose_audience(board.agenda, named(groups=["chair"]))
    transaction.commit()
    opened(board.agenda, "alice")
    opened(board.budget, "member00002")
    answer = secretary.get(f"/board{DASHBOARD}")
    assert documents(answer) == {"Agenda": [HIDDEN, UNTOLD], "Budget": ["1 of 5", "1"]}
    assert "progress-bar" not in answer.text.partition("Agenda")[2].partition("<tr")[0]
    # Nor do the sums tell, or the order.
    text = text_of(answer)
    assert "1 of 5 expected readings" in text
    assert "At least half of the documents are at 20 % or more" in text
    assert (
        "Documents that are not counted, because the figures would reveal what single "
        "people did: 1"
    ) in text
    for order in ("behind", "far"):
        answer = secretary.get(f"/board{DASHBOARD}?order={order}")
        assert list(documents(answer)) == ["Budget", "Agenda"]
    answer = visitor("manager").get(f"/board{DASHBOARD}")
    assert documents(answer)["Agenda"] == ["1 of 1", "1"]
    assert "2 of 6 expected readings" in text_of(answer)
    assert "single people" not in text_of(answer)


def test_no_sum_tells_how_often_it_was_opened_what_few_people_are_to_read(
    board, secretary, without_names, visitor
):
    """What all documents are more than the others that are listed is this one's."""
    choose_audience(board, staff(*people(5)))
    add_group("chair", "alice")
    choose_audience(board.agenda, named(groups=["chair"]))
    transaction.commit()
    opened(board.agenda, "alice")
    opened(board.budget, "member00002")
    assert "1 time opened" in text_of(secretary.get(f"/board{DASHBOARD}"))
    assert "2 times opened" in text_of(visitor("manager").get(f"/board{DASHBOARD}"))


def test_the_site_says_how_many_people_are_too_few(board, secretary, without_names):
    choose_audience(board, staff("alice", *people(4)))
    record = f"{IPrivacySettings.__identifier__}.smallest_group"
    api.portal.set_registry_record(record, 6)
    transaction.commit()
    opened(board.agenda, "alice")
    answer = secretary.get(f"/board{DASHBOARD}")
    assert documents(answer)["Agenda"] == [HIDDEN, UNTOLD]


def test_where_nothing_may_be_counted_there_is_no_zero(board, secretary, without_names):
    add_group("chair", "alice")
    choose_audience(board, named(groups=["chair"]))
    transaction.commit()
    text = text_of(secretary.get(f"/board{DASHBOARD}"))
    assert "– expected readings known" in text
    assert "0 of 0" not in text


def test_who_names_one_person_and_four_who_never_come_learns_nothing(
    board, secretary, without_names
):
    choose_audience(board.budget, staff(*people(5)))
    expect(board.agenda, "alice", *people(4))
    opened(board.agenda, "alice")
    opened(board.budget, "member00001")
    answer = secretary.get(f"/board{DASHBOARD}")
    assert documents(answer) == {"Agenda": [HIDDEN, UNTOLD], "Budget": ["1 of 5", "1"]}
    assert "1 of 5 expected readings" in text_of(answer)


@pytest.mark.parametrize("readers", [0, 5])
def test_that_nobody_or_everybody_has_read_tells_of_each(
    board, secretary, without_names, visitor, readers
):
    everybody = people(5)
    choose_audience(board, staff(*everybody))
    transaction.commit()
    for user in everybody[:readers]:
        opened(board.agenda, user)
    opened(board.budget, everybody[0])
    answer = secretary.get(f"/board{DASHBOARD}")
    assert documents(answer)["Agenda"] == [HIDDEN, UNTOLD]
    assert documents(answer)["Budget"] == ["1 of 5", "1"]
    assert "1 of 5 expected readings" in text_of(answer)
    answer = visitor("manager").get(f"/board{DASHBOARD}")
    assert documents(answer)["Agenda"] == [f"{readers} of 5", str(readers)]


def test_those_of_whom_least_is_known_come_first(board, visitor):
    expect(board.budget, "bob", "carol")
    opened(board.agenda, "alice")
    opened(board.budget, "bob", version=Version("", "of-an-older-text"))
    answer = visitor("manager").get(MEMBERS)
    assert members(answer) == [
        ["Bob Berger bob", 2, 0, 2],
        ["Carol Castillo carol", 1, 0, 1],
        ["Alice Anders alice", 0, 1, 1],
    ]
    assert "doesn't prove that a document was not read" in text_of(answer)
    assert members(visitor("manager").get(f"{MEMBERS}?search=CASTI")) == [
        ["Carol Castillo carol", 1, 0, 1],
    ]
    text = text_of(visitor("manager").get(f"{MEMBERS}?search=nobody"))
    assert "No name or user id contains nobody" in text


def test_what_a_member_is_not_known_to_have_opened(board, visitor):
    opened(board.agenda, "bob")
    manager = visitor("manager")
    link = links(manager.get(MEMBERS))["Bob Berger"]
    answer = manager.get(link.partition("/plone")[2])
    text = text_of(answer)
    assert "Documents that this member is expected to read: 2." in text
    assert "Current version not known to be read: 1." in text
    assert links(answer)["Budget"].endswith("/board/budget")
    assert "Agenda" not in links(answer)
    opened(board.budget, "bob")
    text = text_of(manager.get(link.partition("/plone")[2]))
    assert "Current version not known to be read: 0." in text


def test_of_somebody_who_is_not_expected_nothing_is_said(board, visitor):
    opened(board.agenda, "carol")
    answer = visitor("manager").get(f"{MEMBERS}?member=carol<b>&folder=x")
    assert "“<bdi>carol&lt;b&gt;</bdi>” is not expected to read anything" in answer.text


def test_who_may_only_see_readers_finds_the_way_back_to_the_report(board, visitor):
    board.manage_permission("slc.clicktracker: View readers", ["Reader"], acquire=1)
    board.manage_setLocalRoles("carol", ["Reader"])
    board.reindexObjectSecurity()
    transaction.commit()
    page = visitor("carol").get(f"/board{MEMBERS}")
    assert links(page)["Who read this"].endswith("/board/@@who-read-this")
