"""Who may see who read this, and of what."""

from plone import api
from tests.browser.test_report import give_role
from tests.browser.test_report import names_in
from tests.browser.test_report import record
from tests.browser.test_report import REPORT
from tests.browser.test_report import text_of

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
    answer = visitor("carol").get("/board/@@who-read-this")
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
    answer = visitor("carol").get("/board/@@who-read-this")
    assert names_in(answer) == ["Bob Berger", "Carol Castillo"]
