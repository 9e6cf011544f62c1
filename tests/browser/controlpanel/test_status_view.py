"""``@@clicktracker-status``: what programs read that watch the collector."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from slc.clicktracker.doors.process import collector
from slc.clicktracker.sites.uids import document_uid
from tests.both_doors import flush
from tests.browser.controlpanel.processes import publish
from tests.browser.controlpanel.processes import silence
from tests.browser.controlpanel.processes import start
from tests.browser.controlpanel.processes import wait_in
from tests.collector.samples import samples
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on

import pytest
import transaction


PATH = "/@@clicktracker-status"


@pytest.fixture
def ask(visitor):
    manager = visitor("manager")
    return lambda query="": manager.get(PATH + query)


def test_json_of_a_site_where_all_is_well(ask, tracked, visitor, site):
    bob = visitor("bob")
    bob.post(CALLBACK, beacon(ticket_on(bob)))
    bob.post(CALLBACK, b"garbage")
    flush()
    answer = ask()
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["Cache-Control"] == "no-store"
    values = answer.json()
    (process,) = values.pop("processes")
    at = datetime.fromisoformat(values.pop("at"))
    assert at.utcoffset() == timedelta(0)
    assert abs(datetime.now(timezone.utc) - at) < timedelta(minutes=1)
    counts = {
        "accepted": 1,
        "served": 1,
        "stored": 2,
        "refused": {"beacon-malformed": 1},
        "spooled": 0,
        "oldest": None,
        "oldest_age": 0,
        "problem": "",
    }
    (notice,) = values.pop("notices")
    assert notice["text"] == "All reads that were accepted are stored."
    assert values == {
        "site": document_uid(site),
        "level": "success",
        "total": counts,
        "quarantined": 0,
        "writer": "alive",
    }
    assert process["process"].endswith(f":{collector().pid}")
    assert process["writer"] == "alive"
    assert datetime.fromisoformat(process["started"]) == collector().started
    assert {name: process[name] for name in counts} == counts


def test_json_of_several_processes(ask, site, another_process):
    other = start(another_process())
    wait_in(other, age=90)
    silence(other)
    publish(other)
    collector().quarantine.put(document_uid(site), b"x", "no")
    values = ask().json()
    assert values["level"] == "danger"
    assert values["quarantined"] == 1
    assert values["total"]["spooled"] == 1
    assert 89 < values["total"]["oldest_age"] < 150
    assert [process["spooled"] for process in values["processes"]] == [0, 1]


def test_prometheus(ask, site):
    collector().counters.count(document_uid(site), "too-many", 3)
    collector().quarantine.put(document_uid(site), b"x", "no")
    answer = ask("?format=prometheus")
    assert answer.status_code == 200
    expected = "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Content-Type"] == expected
    assert answer.headers["Cache-Control"] == "no-store"
    found = samples(answer.text)
    assert found["clicktracker_quarantined"] == "1"
    assert [number for name, number in found.items() if "too-many" in name] == ["3"]
    assert found["clicktracker_healthy"] == "1"


def test_json_can_be_asked_for_by_name(ask):
    assert ask("?format=json").json()["level"] == "success"


@pytest.mark.parametrize("query", ["?format=xml", "?format="])
def test_an_unknown_format_is_refused(ask, query):
    answer = ask(query)
    assert answer.status_code == 400
    assert answer.text == "There is no such format: use json or prometheus.\n"


@pytest.mark.parametrize("query", ["", "?format=prometheus"])
def test_a_status_that_cannot_be_read_is_an_alarm(ask, query):
    folder = collector().spools.folder
    folder.mkdir(exist_ok=True)
    (folder / "quarantine.sqlite").write_bytes(b"not a database" * 100)
    answer = ask(query)
    assert answer.status_code == 503
    assert "file is not a database" in answer.text


@pytest.mark.parametrize("query", ["", "?format=prometheus"])
def test_only_who_may_manage_the_site_sees_it(visitor, site, query):
    with api.env.adopt_roles(["Manager"]):
        api.user.grant_roles(username="alice", roles=["Site Administrator"])
    transaction.commit()
    for name in ("alice", "bob"):
        answer = visitor(name).get(PATH + query)
        assert "insufficient-privileges" in answer.url
        assert "clicktracker_" not in answer.text
    assert "/login?came_from=" in visitor().get(PATH + query).url


def test_a_program_logs_in_with_a_password(visitor):
    session = visitor().session
    session.auth = ("bob", "wrong")
    answer = session.get(visitor().site_url + PATH, allow_redirects=False)
    assert answer.status_code in (302, 401)
