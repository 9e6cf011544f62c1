"""What other frontends show on a screen: the words and fields of Plone's own, as a form."""

from plone import api
from tests.audience.people import expect
from tests.audience.people import give_role
from tests.browser.acknowledgements.acknowledging import to_acknowledge
from tests.browser.report.minor_changes import editor_of
from tests.browser.report.minor_changes import read_in_three_versions
from tests.rest.documented import documented

import pytest
import transaction


AGENDA = "/board/agenda"


@pytest.fixture
def carol(tracked, client):
    """She looks after what is read."""
    give_role(tracked, "carol")
    return client("carol")


def screen(client, service, **asked):
    answer = client.get(f"{AGENDA}/{service}", screen="1", **asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["screen"]


def texts(lines):
    return [each["text"] for each in lines]


def fields(form):
    return {each["name"]: each for each in form["fields"]}


def test_nobody_gets_a_screen_who_does_not_ask_for_it(carol):
    assert "screen" not in carol.get(f"{AGENDA}/@tracking").json()


def test_tracking_says_through_what_and_leads_to_all_that_is_asked(tracked, carol):
    answer = carol.get(f"{AGENDA}/@tracking", screen="1")
    documented(answer)
    said = answer.json()["screen"]
    (state,) = said["sentences"]
    assert "because Board meeting is tracked" in state["text"]
    assert state["link"]["@id"].endswith("/board/@@tracking")
    choice = fields(said["forms"]["choose"])["choice"]
    assert (choice["value"], len(choice["choices"])) == ("inherit", 3)
    names = [each["@id"].rpartition("@@")[2] for each in said["links"]]
    assert names[:4] == [
        "who-read-this",
        "clicktracker-audience",
        "clicktracker-deadline",
        "clicktracker-acknowledgement",
    ]
    assert said["links"][2]["said"] == ["no deadline"]
    answer = carol.patch(f"{AGENDA}/@tracking", choice="exclude")
    assert answer.json()["message"].startswith("From now on, opened pages are not")


def test_an_audience_is_said_and_asked_for(tracked, carol):
    expect(tracked, "alice", "bob")
    said = screen(carol, "@audience")
    assert texts(said["sentences"])[0] == "2 people are expected to read this."
    asked = fields(said["forms"]["choose"])
    assert list(asked) == ["choice", "groups", "users", "roles"]
    # That is the rule of the folder: nothing is chosen here.
    assert (asked["choice"]["value"], asked["users"]["value"]) == ("inherit", [])
    assert asked["users"]["only"] == {"name": "choice", "value": "named"}
    answer = carol.get(f"{AGENDA}/@audience-search/people", search="ali")
    documented(answer)
    assert answer.json()["items"] == [{"name": "alice", "title": "Alice Anders"}]
    groups = carol.get(f"{AGENDA}/@audience-search/groups", search="Reviewers")
    assert [each["name"] for each in groups.json()["items"]] == ["Reviewers"]
    assert carol.get(f"{AGENDA}/@audience-search/people").json()["items"] == []
    assert carol.get(f"{AGENDA}/@audience-search/roles").status_code == 404


def test_who_may_not_see_readers_is_not_told_who_is_named(tracked, client):
    agenda = tracked.agenda
    expect(agenda, "alice", "bob")
    roles = ["Manager", "Editor"]
    tracked.manage_permission("slc: Manage Tracking", roles, acquire=True)
    api.user.grant_roles(username="bob", roles=["Editor"], obj=tracked)
    transaction.commit()
    said = screen(client("bob"), "@audience")
    asked = fields(said["forms"]["choose"])
    assert (asked["users"]["title"], asked["users"]["value"]) == ("More people", [])
    assert "They stay." in said["forms"]["choose"]["about"][0]


def test_an_exception_is_asked_for_and_changed(tracked, carol):
    expect(tracked, "alice", "bob")
    person = fields(screen(carol, "@exceptions", person="bob")["forms"]["excuse"])
    assert person["user"]["value"] == "bob"
    assert person["user"]["choices"][0]["title"] == "Bob Berger (bob)"
    nobody = carol.post(f"{AGENDA}/@exceptions", user="", reason="On leave")
    assert nobody.json()["message"] == "Choose a person."
    posted = {"user": "bob", "reason": "On leave", "until": "2036-03-01"}
    assert carol.post(f"{AGENDA}/@exceptions", **posted).status_code == 201
    (row,) = carol.get(f"{AGENDA}/@exceptions").json()["items"]
    assert texts(row["said"])[:2] == ["On leave", "Until Mar 01, 2036"]
    _, _, key = row["change"].partition("exception=")
    form = screen(carol, "@exceptions", exception=key)["forms"]["change"]
    values = {name: each["value"] for name, each in fields(form).items()}
    assert values == {"reason": "On leave", "until": "2036-03-01"}
    assert form["@id"] == row["@id"]


def test_a_deadline_is_said_and_asked_for(carol):
    asked = {"day": "2036-03-01", "level": "acknowledged"}
    assert carol.patch(f"{AGENDA}/@deadline", **asked).status_code == 200
    answer = carol.get(f"{AGENDA}/@deadline", screen="1")
    documented(answer, answer.json()["screen"])
    said = answer.json()["screen"]
    assert texts(said["sentences"])[1] == "Evidence asked for: Acknowledged."
    assert set(said["forms"]) == {"set", "end"}
    known = fields(said["forms"]["set"])
    assert (known["day"]["value"], known["level"]["value"]) == (
        "2036-03-01",
        "acknowledged",
    )
    asking = screen(carol, "@acknowledgement-choice")
    assert "The deadline asks for it" in texts(asking["sentences"])[2]
    assert list(fields(asking["forms"]["choose"])) == ["choice", "sentence", "reason"]


def test_versions_can_be_chosen_that_are_the_same(tracked, client, visitor):
    agenda = read_in_three_versions(tracked.agenda)
    editor_of(agenda, visitor)
    said = screen(client("carol"), "@minor-changes")
    form = said["forms"]["declare"]
    assert len(fields(form)["text"]["choices"]) == 2
    assert fields(form)["reason"]["required"] is True


def test_who_vouches_is_asked_for_whom_and_how(tracked, shown, client):
    to_acknowledge(tracked)
    found = client("carol").get(
        f"{AGENDA}/@attestations", screen="1", list="open", reader="ali"
    )
    assert [each["user"] for each in found.json()["items"]] == ["alice"]
    form = found.json()["screen"]["forms"]["open"]
    assert list(fields(form)) == ["readers", "way", "reason"]
    assert {"paper", "aloud"} <= {
        each["name"] for each in fields(form)["way"]["choices"]
    }


def test_it_is_said_in_the_language_of_the_reader(tracked, carol):
    api.portal.set_registry_record("plone.available_languages", ["en", "de"])
    api.portal.set_registry_record("plone.use_request_negotiation", True)
    transaction.commit()
    carol.visitor.session.headers["Accept-Language"] = "de"
    said = screen(carol, "@deadline")
    assert said["forms"]["set"]["submit"] == "Frist setzen"


def test_a_moment_that_there_was_not_yet_is_refused_at_its_field(tracked, carol):
    answer = carol.get(f"{AGENDA}/@as-of", screen="1", day="2036-01-01")
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["errors"]] == ["day"]


def test_a_moment_and_its_seals_are_said(tracked, read, carol):
    said = screen(carol, "@as-of", moment="now")
    assert texts(said["sentences"])[0].startswith("As of ")
    assert "take" in said["forms"]
    moment = screen(carol, "@as-of")["filters"][0]
    assert moment["value"] in [each["name"] for each in moment["choices"]]
    (row, *_) = carol.get(f"{AGENDA}/@as-of", moment="now").json()["items"]
    assert (row["expected_title"], row["how_far"]) == (["Yes"], ["Opened"])
    assert screen(carol, "@seals")["titles"]["seals"] == "Sealed reports"
