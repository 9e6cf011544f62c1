"""What an ended process has left is stored although nobody asks for a page."""

from slc.clicktracker.doors import startup
from slc.clicktracker.doors.startup import tell_storages
from slc.clicktracker.sites.storage import recorder_of
from slc.clicktracker.sites.uids import document_uid
from tests.both_doors import flush
from tests.both_doors import stored
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on
from zope.processlifetime import ProcessStarting

import pytest
import transaction


@pytest.fixture
def door():
    return lambda url: url


def test_a_starting_process_knows_the_storages_of_its_sites(tracked, site):
    uid = document_uid(site)
    assert recorder_of(uid) is None
    tell_storages(ProcessStarting())
    assert recorder_of(uid) is not None


def test_a_database_address_that_is_wrong_does_not_stop_the_start(
    tracked, site, monkeypatch, caplog
):
    monkeypatch.setenv("CLICKTRACKER_DSN", "no address")
    tell_storages(ProcessStarting())
    assert "not usable" in caplog.text
    assert recorder_of(document_uid(site)) is None


def test_a_site_that_is_broken_does_not_stop_the_start(
    tracked, site, monkeypatch, caplog
):
    def fail():
        raise AttributeError("portal_catalog")

    monkeypatch.setattr(startup, "registered_layers", fail)
    tell_storages(ProcessStarting())
    assert "The storage of plone is not known" in caplog.text


def test_a_wrong_address_loses_no_read(tracked, visitor, monkeypatch):
    bob = visitor("bob")
    message = beacon(ticket_on(bob))
    with monkeypatch.context() as patch:
        patch.setenv("CLICKTRACKER_DSN", "no address")
        assert bob.post(CALLBACK, message).status_code == 200
        flush()
    transaction.begin()
    (row,) = stored_after_telling(tracked.agenda)
    assert (row.reader.user, row.count) == ("bob", 1)


def stored_after_telling(document):
    tell_storages(ProcessStarting())
    return stored(document)
