"""The screen where tracking is switched on and off."""

from plone import api
from plone.app.iterate.interfaces import ICheckinCheckoutPolicy
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choice_of
from slc.clicktracker.tracking.choice import choose
from tests.audience.people import give_role
from tests.browser.report.reports import text_of
from tests.plone_site import authenticator_in

import pytest
import re
import transaction


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def authenticator(visitor, path):
    return authenticator_in(visitor.get(f"{path}/@@tracking").text)


def send(visitor, path, choice, token=None):
    data = {"choice": choice}
    if token is not None:
        data["_authenticator"] = token
    url = f"{visitor.site_url}{path}/@@tracking"
    return visitor.session.post(url, data=data)


def change(visitor, path, choice):
    answer = send(visitor, path, choice, authenticator(visitor, path))
    transaction.begin()
    return answer


@pytest.mark.parametrize("choice", list(Choice))
def test_the_choice_is_kept_and_said(site, visitor, choice):
    other = Choice.TRACK if choice is not Choice.TRACK else Choice.INHERIT
    choose(site.board, other)
    transaction.commit()
    answer = change(visitor("manager"), "/board", choice.value)
    assert choice_of(site.board) is choice
    assert answer.history[0].status_code == 302
    assert answer.url.endswith("/board/@@tracking")
    said = {True: "Reads are recorded from now on", False: "are not recorded. Earlier"}
    assert said[choice is Choice.TRACK] in answer.text
    assert f'value="{choice.value}" checked="checked"' in " ".join(answer.text.split())


def test_choosing_the_same_says_so(site, visitor):
    assert "Nothing was changed" in change(visitor("manager"), "/board", "inherit").text


def test_a_choice_that_changes_nothing_for_readers_promises_nothing(site, visitor):
    answer = change(visitor("manager"), "/board", "exclude")
    assert "Your choice was saved" in answer.text


def test_a_working_copy_offers_no_choice(tracked, visitor):
    with api.env.adopt_roles(["Manager"]):
        copy = ICheckinCheckoutPolicy(tracked.agenda).checkout(tracked)
    transaction.commit()
    page = visitor("manager").get(f"/board/{copy.getId()}/@@tracking")
    assert "working copies are never tracked" in text_of(page)
    assert 'name="choice"' not in page.text


def test_a_link_offers_no_choice_and_says_why(tracked, visitor):
    with api.env.adopt_roles(["Manager"]):
        address = "https://example.org/minutes"
        api.content.create(tracked, "Link", "minutes", remoteUrl=address)
    transaction.commit()
    answer = visitor("manager").get("/board/minutes/@@tracking")
    assert 'name="choice"' not in answer.text
    assert "A link is never tracked" in answer.text
    assert "Reads of this item are not recorded." in answer.text
    report = visitor("manager").get("/board/minutes/@@who-read-this")
    assert "Not yet" not in text_of(report)


@pytest.mark.parametrize("choice", ["", "evil", "TRACK"])
def test_a_strange_choice_changes_nothing(tracked, visitor, choice):
    answer = change(visitor("manager"), "/board", choice)
    assert "choose one of the options" in answer.text
    assert choice_of(tracked) is Choice.TRACK


@pytest.mark.parametrize("token", [None, "", "0" * 40])
def test_without_the_authenticator_nothing_changes(site, visitor, token):
    answer = send(visitor("manager"), "/board", "track", token)
    assert answer.status_code == 403
    transaction.begin()
    assert choice_of(site.board) is Choice.INHERIT


@pytest.mark.parametrize(
    "query", ["enable=1", "disable=1", "choice=track", "form.submitted=1&choice=track"]
)
def test_a_get_request_changes_nothing(site, visitor, query):
    manager = visitor("manager")
    token = authenticator(manager, "/board")
    manager.get(f"/board/@@tracking?{query}&_authenticator={token}")
    transaction.begin()
    assert choice_of(site.board) is Choice.INHERIT


@pytest.mark.parametrize("tool", ["acl_users", "portal_actions", "portal_catalog"])
def test_a_tool_is_no_content(site, visitor, tool):
    manager = visitor("manager")
    token = authenticator(manager, "/board")
    assert send(manager, f"/{tool}", "track", token).status_code == 404


def test_an_ancestor_that_is_hidden_is_not_named(tracked, visitor):
    give_role(tracked.agenda, "carol")
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(tracked, "retract")
    transaction.commit()
    page = visitor("carol").get("/board/agenda/@@tracking")
    assert "Reads of this item are recorded." in text_of(page)
    assert "because" not in text_of(page)


def test_a_member_may_not(site, visitor):
    bob = visitor("bob")
    assert "insufficient-privileges" in bob.get("/board/@@tracking").url
    send(bob, "/board", "track", "0" * 40)
    transaction.begin()
    assert choice_of(site.board) is Choice.INHERIT


def test_a_secretary_may_in_her_folder(site, visitor):
    give_role(site.board, "carol")
    change(visitor("carol"), "/board/agenda", "track")
    assert choice_of(site.board.agenda) is Choice.TRACK


def test_the_screen_names_the_folder_that_decides(tracked, visitor):
    manager = visitor("manager")
    text = text_of(manager.get("/board/agenda/@@tracking"))
    assert "Reads of this item are recorded, because Board meeting is tracked" in text
    choose(tracked, Choice.EXCLUDE)
    transaction.commit()
    text = text_of(manager.get("/board/agenda/@@tracking"))
    assert "are not recorded, because Board meeting is left out" in text


def test_on_a_default_page_the_screen_names_the_folder(tracked, visitor):
    tracked.setDefaultPage("agenda")
    transaction.commit()
    page = visitor("manager").get("/board/agenda/@@tracking")
    assert "This is the default page of the folder" in text_of(page)
    assert "/plone/board/@@tracking" in page.text


@pytest.mark.parametrize(
    "name, path, actions",
    [
        ("manager", "/board/agenda", {"tracking"}),
        ("manager", "/rules", {"tracking"}),
        ("bob", "/board/agenda", set()),
    ],
)
def test_the_actions_that_are_offered(tracked, visitor, name, path, actions):
    page = visitor(name).get(path).text
    found = {
        action
        for action, view in (
            ("tracking", "@@tracking"),
            ("who-read-this", "@@who-read-this"),
        )
        if re.search(f'{view}["?]', page)
    }
    assert found == actions


def test_who_may_only_look_is_offered_the_report(tracked, visitor):
    tracked.manage_permission("slc.clicktracker: View readers", ["Member"], acquire=1)
    transaction.commit()
    bob = visitor("bob")
    assert "@@who-read-this" in bob.get("/board/agenda").text
    assert "@@who-read-this" not in bob.get("/rules").text
    assert bob.get("/board/agenda/@@who-read-this").url.endswith("@@who-read-this")


def test_who_may_not_view_an_item_changes_nothing_of_it(site, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(site.board.agenda, "retract")
        api.content.transition(site.board, "retract")
    give_role(site.board.agenda, "carol")
    carol = visitor("carol")
    own = carol.get("/rules")
    assert carol.get("/board/agenda").url != carol.url_of("/board/agenda")
    token = re.search(r'data-token="(\w+)"', own.text)[1]
    answer = send(carol, "/board/agenda", "track", token)
    transaction.begin()
    assert answer.history[0].status_code == 302
    assert "require_login" in answer.history[0].headers["Location"]
    assert choice_of(site.board.agenda) is Choice.INHERIT
