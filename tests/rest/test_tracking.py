"""Other software chooses what is tracked."""

from plone import api
from slc.clicktracker.tracking.choice import tracking_of
from tests.rest.documented import documented

import pytest
import transaction


TRACKING = "/board/agenda/@tracking"


def test_whether_something_is_tracked_and_why(tracked, client):
    answer = client("manager").get(TRACKING)
    assert answer.status_code == 200, answer.text
    documented(answer)
    found = answer.json()
    assert (found["tracked"], found["choice"]) == (True, "inherit")
    assert found["source"]["title"] == "Board meeting"


def test_a_choice_is_made(site, client):
    answer = client("manager").patch(TRACKING, choice="track")
    assert answer.status_code == 200, answer.text
    documented(answer)
    assert answer.json()["tracked"] is True
    transaction.begin()
    assert tracking_of(site.board.agenda).tracked
    client("manager").patch(TRACKING, choice="inherit")
    transaction.begin()
    assert not tracking_of(site.board.agenda).tracked


def test_a_choice_that_there_is_not_changes_nothing(tracked, client):
    for wrong in ({"choice": "sometimes"}, {"choice": ["track"]}, {"choice": None}, {}):
        answer = client("manager").patch(TRACKING, **wrong)
        assert answer.status_code == 400, wrong
        assert answer.json()["message"].startswith("Nothing was changed")


def test_only_those_who_manage_tracking_choose(tracked, client):
    assert client("bob").get(TRACKING).status_code == 401
    assert client("bob").patch(TRACKING, choice="exclude").status_code == 401
    transaction.begin()
    assert tracking_of(tracked.agenda).tracked


def test_a_folder_that_the_caller_may_not_view_is_not_named(tracked, client):
    api.user.grant_roles(username="bob", roles=["Tracking Manager"], obj=tracked.agenda)
    tracked.manage_permission("View", ["Manager"], acquire=False)
    tracked.agenda.manage_permission("View", ["Anonymous"], acquire=False)
    transaction.commit()
    found = client("bob").get(TRACKING).json()
    assert (found["tracked"], found["source"]) == (True, None)


@pytest.mark.parametrize("prefix", ["", "/++api++"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_form_of_another_page_can_not_choose(tracked, visitor, prefix, method):
    address = f"{prefix}/board/agenda/@@PATCH_application_json_@tracking"
    manager = visitor("manager")
    answer = manager.session.request(
        method,
        manager.url_of(address),
        data='{"choice": "exclude"}',
        headers={"Content-Type": "text/plain"},
    )
    assert answer.status_code == 404
    transaction.begin()
    assert tracking_of(tracked.agenda).tracked


def test_the_words_of_a_link_are_those_that_are_meant(tracked, client):
    """Whatever else is called so in the sentence."""
    tracked.setTitle("item")
    tracked.reindexObject()
    transaction.commit()
    found = client("manager").get("/board/agenda/@tracking", screen="1").json()
    (line,) = [each for each in found["screen"]["sentences"] if "link" in each]
    assert line["link"]["title"] == "item"
    assert line["around"] == [
        "Reads of this item are recorded, because ",
        " is tracked.",
    ]
    assert "item".join(line["around"]) == line["text"]
