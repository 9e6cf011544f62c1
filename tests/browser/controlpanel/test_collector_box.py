"""The box "Collector" of the control panel: how reads fare, and what to do."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from slc.clicktracker.browser.controlpanel import collector_box
from slc.clicktracker.browser.controlpanel import spool_complaint
from slc.clicktracker.browser.controlpanel.refusals import Refusal
from slc.clicktracker.collector import collector as collector_module
from slc.clicktracker.doors import client_address as client
from slc.clicktracker.doors.client_address import HTTPRequest
from slc.clicktracker.doors.process import collector
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.storage import store_dsn
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.errors import RecordingOff
from slc.clicktracker.tickets.verdict import Reason
from tests.both_doors import flush
from tests.browser.controlpanel.processes import publish
from tests.browser.controlpanel.processes import silence
from tests.browser.controlpanel.processes import start
from tests.browser.controlpanel.processes import wait_in
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on
from tests.plone_site import end_collector

import pytest
import re
import transaction


NOBODY_LISTENS = "dbname=tracking host=127.0.0.1 port=1 user=plone"


@pytest.fixture
def storage_is_down(site):
    store_dsn(NOBODY_LISTENS)
    transaction.commit()


def test_all_is_well_and_counted(box, tracked, visitor):
    bob = visitor("bob")
    assert "All reads that were accepted are stored." in box("collector").text
    bob.post(CALLBACK, beacon(ticket_on(bob)))
    for _ in range(3):
        bob.post(CALLBACK, b"garbage")
    bob.get(CALLBACK)
    flush()
    found = box("collector")
    assert found.notices == ["success"]
    counts = (
        "Accepted 1 Served pages and files noted 1 Stored 2 Waiting 0 In quarantine 0"
    )
    assert counts in found.text
    assert refusals(found) == {
        "beacon-malformed": "3 Not from the script.",
        "not-post": "1 Not from the script.",
    }


def refusals(box):
    """Return what the table of refused messages says, by reason."""
    cells = re.findall(
        r'scope="row"><span>([\w-]+)</span>.*?<td>(\d+)</td>.*?>([^<]+)</td>',
        box.html,
        re.S,
    )
    return {name: f"{number} {meaning}" for name, number, meaning in cells}


def test_a_storage_of_two_methods_leaves_nothing_to_keep(box, monkeypatch):
    monkeypatch.setattr(collector_box, "takes_batches", lambda: False)
    found = box("collector")
    assert found.notices == ["success"]
    assert "This storage stores each read at once" in found.text


def test_every_reason_is_explained():
    counts = {reason.header: 1 for reason in Reason}
    assert all(refusal.meaning for refusal in Refusal.listed(counts))
    (unknown,) = Refusal.listed({"of-a-later-version": 2})
    assert (unknown.number, unknown.meaning) == (2, "")


@pytest.mark.parametrize("age, level", [(20, "warning"), (90, "danger")])
def test_reads_that_wait_are_not_lost(box, storage_is_down, age, level):
    site_storage()
    wait_in(collector(), age, number=2)
    flush()
    found = box("collector")
    assert found.notices == [level]
    assert "Reads can't be stored now. Waiting since" in found.text
    assert "Nothing is lost" in found.text
    assert "Connection refused" in found.text
    assert "Waiting 2 since" in found.text


def test_what_has_just_arrived_is_no_reason_to_worry(box, another_process):
    other = another_process()
    wait_in(start(other))
    publish(other)
    found = box("collector")
    assert found.notices == ["success"]
    assert "Waiting now: 1." in found.text


def test_reads_that_wait_while_recording_is_off(box, monkeypatch):
    wait_in(collector(), age=20)
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    with pytest.raises(RecordingOff):
        site_storage()
    assert (
        "kept on this server until recording is switched on again"
        in box("collector").text
    )


def test_processes_are_listed_and_summed_up(box, site, another_process):
    uid = document_uid(site)
    collector().counters.count(uid, "too-many")
    other = start(another_process())
    wait_in(other, number=3)
    other.counters.count(uid, "too-many", 4)
    silence(other)
    publish(other, writer="alive")
    found = box("collector")
    assert found.notices == ["success"]
    assert "Accepted 3 Served pages and files noted 0 Stored 0 Waiting 3" in found.text
    assert refusals(found)["too-many"].startswith("5 More messages a minute")
    row = next(row for row in found.html.split("<tr") if "other:7" in row)
    numbers = re.findall(r"<td[^>]*>(\d+)<", row)
    assert numbers == ["3", "0", "0", "4", "3"]
    assert ">runs<" in row


def test_a_process_that_hangs_is_to_be_restarted(box, another_process):
    other = another_process()
    publish(other, at=datetime.now(timezone.utc) - timedelta(minutes=1))
    found = box("collector")
    assert found.notices == ["danger"]
    assert "Reads are not being stored in other:7" in found.text
    assert "Restart that process" in found.text
    assert "does not run" in found.text.split("Processes")[1]


def test_the_writer_of_this_process_is_dead(box):
    process = collector()
    silence(process)
    found = box("collector")
    assert found.notices == ["danger"]
    assert "Reads are not being stored in" in found.text


def test_a_process_that_has_ended_leaves_what_waits_to_another(box, another_process):
    other = start(another_process())
    wait_in(other, age=20)
    silence(other)
    publish(other)
    other.spools.close()
    found = box("collector")
    assert found.notices == ["warning"]
    assert "process has ended" in found.text
    assert "Waiting 1 since" in found.text


def test_a_server_without_threads_is_told_what_to_configure(box, monkeypatch):
    end_collector()
    complaint = "uWSGI runs without threads, add enable-threads = true"
    monkeypatch.setattr(collector_module, "complaint_about_threads", lambda: complaint)
    found = box("collector")
    assert found.notices == ["danger"]
    assert "Reads are refused here" in found.text
    assert "enable-threads = true" in found.text


def test_a_disk_that_is_full(box, monkeypatch):
    monkeypatch.setattr(spool_complaint, "_LEAST_ROOM", float("inf"))
    found = box("collector")
    assert found.notices == ["danger"]
    assert "This server can't keep reads" in found.text
    assert "Free space on the disk" in found.text


def test_a_folder_that_cannot_be_used(box, monkeypatch, tmp_path):
    end_collector()
    (tmp_path / "file").touch()
    monkeypatch.setenv("CLICKTRACKER_SPOOL", str(tmp_path / "file"))
    found = box("collector")
    assert "danger" in found.notices
    assert "This server can't keep reads" in found.text


def test_a_spool_that_is_full(box, monkeypatch):
    monkeypatch.setattr(spool_complaint, "_MEGABYTE", 0)
    found = box("collector")
    assert found.notices == ["danger"]
    assert "has reached its limit of 200 MB" in found.text


def test_the_quarantine_is_not_empty(box, site):
    collector().quarantine.put(document_uid(site), b"x", "no")
    found = box("collector")
    assert found.notices == ["warning"]
    assert "the storage can't keep them: 1." in found.text


def test_the_worst_comes_first(box, site, storage_is_down):
    site_storage()
    collector().quarantine.put(document_uid(site), b"x", "no")
    wait_in(collector(), age=90)
    assert box("collector").notices == ["danger", "warning"]


def test_a_status_that_cannot_be_read_does_not_break_the_panel(box, panel):
    folder = collector().spools.folder
    (folder / "quarantine.sqlite").write_bytes(b"not a database" * 100)
    found = box("collector")
    assert found.notices == ["danger"]
    assert "file is not a database" in found.text
    assert "form.widgets.spool_limit" in panel.get().text


@pytest.mark.parametrize(
    "proxies, limit, expected",
    [
        ((), "1200", "Set trusted-proxy in zope.conf"),
        (("127.0.0.1",), "1200", "Addresses are known"),
        ((), "0", "No limit is set"),
    ],
)
def test_whether_addresses_are_known(box, panel, monkeypatch, proxies, limit, expected):
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", proxies)
    assert client.addresses_are_known() is bool(proxies)
    panel("save", address_limit=limit)
    assert expected in box("collector").text
