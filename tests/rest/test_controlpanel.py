"""Other software reads the settings, and changes them as the form does."""

from plone import api
from slc.clicktracker.interfaces import ICollectorSettings
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.sites.secrets import store_secret
from slc.clicktracker.sites.storage import store_dsn
from tests.rest.documented import documented

import json
import pytest
import transaction


PANEL = "/@controlpanels/clicktracker"


@pytest.fixture
def manager(site, client):
    return client("manager")


def errors_of(answer):
    """Return what is said at which field, in the way in which Volto reads it."""
    told = json.loads(answer.json()["message"])
    return {each["field"]: each["message"] for each in told}


def setting(name, schema):
    transaction.begin()
    return api.portal.get_registry_record(name, schema)


def _about(part, found):
    """Return what is said of one part of the settings alone."""

    def of(values):
        return {name: values[name] for name in values if name.startswith(f"{part}.")}

    schema = found["schema"]
    sets = [each for each in schema["fieldsets"] if each["id"] == part]
    shown = {"fieldsets": sets, "properties": of(schema["properties"])}
    shown["required"] = [
        name for name in schema["required"] if name.startswith(f"{part}.")
    ]
    return {**found, "schema": {**schema, **shown}, "data": of(found["data"])}


def test_all_settings_with_what_they_are(manager):
    answer = manager.get(PANEL)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    schema, data = found["schema"], found["data"]
    sets = {each["id"]: each["fields"] for each in schema["fieldsets"]}
    assert {"tracking", "evidence", "collector", "visitors", "matomo", "clicky"} <= set(
        sets
    )
    assert sets["tracking"] == ["tracking.track_anonymous", "tracking.ticket_lifetime"]
    assert {name for names in sets.values() for name in names} == set(data)
    assert set(data) == set(schema["properties"])
    assert data["tracking.ticket_lifetime"] == 24
    lifetime = schema["properties"]["tracking.ticket_lifetime"]
    assert (lifetime["title"], lifetime["minimum"], lifetime["maximum"]) == (
        "Lifetime of a ticket in hours",
        1,
        72,
    )
    assert "names.former_names" not in data
    assert "secrets of services are not here" in schema["fieldsets"][0]["description"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    documented(answer, _about("evidence", found))
    titles = {each["title"] for each in manager.get("/@controlpanels").json()}
    assert "ClickTracker Settings" in titles


def test_what_the_control_panel_warns_of_is_said_but_nothing_of_the_address(
    manager, monkeypatch
):
    assert manager.get(PANEL).json()["notices"] == []
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    (off,) = manager.get(PANEL).json()["notices"]
    assert off == {"level": "warning", "text": "Recording is switched off."}
    monkeypatch.setenv(
        "CLICKTRACKER_DSN", "postgresql://rita:s3cret@127.0.0.1:9/clicks"
    )
    answer = manager.get(PANEL)
    (down,) = answer.json()["notices"]
    assert down["level"] == "danger"
    (first, *others) = answer.json()["schema"]["fieldsets"]
    assert first["description"].startswith(down["text"])
    assert not any(down["text"] in each["description"] for each in others)
    for part in ("rita", "s3cret", "127.0.0.1", "clicks"):
        assert part not in answer.text


def test_no_secret_comes_out_or_goes_in(manager):
    store_dsn("host=db.example.org password=Hidden1")
    store_secret("matomo_token", "Hidden2", "https://matomo.example.org")
    store_secret("sitekey_admin", "Hidden3")
    transaction.commit()
    answer = manager.get(PANEL)
    assert answer.status_code == 200
    assert "Hidden" not in answer.text
    for name in ("dsn", "tracking.dsn", "matomo.matomo_token", "clicky.sitekey_admin"):
        assert name not in answer.json()["data"]
        refused = manager.patch(PANEL, **{name: "x"})
        assert refused.status_code == 400
        assert "There is no such entry." in refused.json()["message"]


def test_what_is_sent_is_kept(manager):
    sent = {
        "evidence.words_per_minute": 300,
        "visitors.untracked_agents": ["Spider"],
        "visitors.untracked_roles": ["Editor"],
        "collector.strict": True,
    }
    answer = manager.patch(PANEL, **sent)
    assert answer.status_code == 204, answer.text
    assert setting("words_per_minute", IEvidenceSettings) == 300
    assert setting("untracked_agents", IVisitorSettings) == ("Spider",)
    assert setting("untracked_roles", IVisitorSettings) == ("Editor",)
    assert setting("strict", ICollectorSettings) is True
    data = manager.get(PANEL).json()["data"]
    assert {name: data[name] for name in sent} == sent


#: What is wrong, and what is said of it at its field.
WRONG = {
    "an empty keyword": ("visitors.untracked_agents", [""], "A keyword is empty"),
    "no path": ("visitors.untracked_paths", ["x?"], "Not a path in the site"),
    "too small": ("tracking.ticket_lifetime", 0, "Value is too small"),
    "a word": ("tracking.ticket_lifetime", "long", "wrong type"),
    "a boolean": ("tracking.ticket_lifetime", True, "wrong type"),
    "no boolean": ("tracking.track_anonymous", "yes", "wrong type"),
    "no list": ("visitors.untracked_agents", "Spider", "wrong type"),
    "an object": ("visitors.source", {"a": 1}, "wrong type"),
    "a choice": ("visitors.source", "nobody", "Constraint not satisfied"),
    "nothing": ("tracking.ticket_lifetime", None, "Required input is missing"),
    "a role": ("visitors.untracked_roles", ["Nobody"], ""),
    "a group": ("visitors.untracked_groups", ["nobody"], "There is no such group"),
    "a member": ("member-events.users", ["nobody"], "There is no such member"),
    "a goal": ("goals.splits", ["x: a, b; goal Y"], "There is no goal “Y”"),
    "a name": ("names.public_name", "clicks", "Content blockers also take offence"),
    "a place": ("names.public_name", "board", "Something else in this site"),
    "forwarding": ("matomo.transport", "server", "this server needs"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_the_form_refuses_is_refused(manager, kind):
    name, value, said = WRONG[kind]
    before = manager.get(PANEL).json()["data"]
    sent = {"evidence.words_per_minute": 321, name: value}
    answer = manager.patch(PANEL, **sent)
    assert answer.status_code == 400, answer.text
    assert answer.json()["type"] == "BadRequest"
    assert said in errors_of(answer)[name]
    assert manager.get(PANEL).json()["data"] == before


def test_members_are_followed_for_a_purpose_only(manager):
    answer = manager.patch(PANEL, **{"member-events.enabled": True})
    assert answer.status_code == 400
    assert "member-events.purpose" in errors_of(answer)
    purpose = {"member-events.enabled": True, "member-events.purpose": "Better forms"}
    assert manager.patch(PANEL, **purpose).status_code == 204
    assert setting("enabled", IMemberEventsSettings) is True


@pytest.mark.parametrize("body", ["[1]", "nonsense", '{"evidence": {}}', "[" * 300])
def test_what_is_no_object_of_settings_changes_nothing(manager, body):
    visitor = manager.visitor
    answer = visitor.session.patch(
        visitor.url_of(PANEL), data=body, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 400, answer.text


@pytest.mark.parametrize("role", ["Site Administrator", "Editor", "Tracking Manager"])
def test_who_may_not_see_the_control_panel_sees_no_settings(site, client, role):
    api.user.grant_roles(username="alice", roles=[role])
    # As some sites do it, for panels of other add-ons.
    site.manage_permission("Plone Site Setup: Overview", [role], acquire=True)
    transaction.commit()
    alice = client("alice")
    assert alice.get("/@controlpanels").status_code == 200
    assert alice.get(PANEL).status_code == 401
    answer = alice.patch(PANEL, **{"collector.strict": True})
    assert answer.status_code == 401
    assert setting("strict", ICollectorSettings) is False
