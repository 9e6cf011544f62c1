"""The first report of a process is as quick as the next one: what it rests on was found out
when the process started."""

from plone import api
from plone.namedfile.file import NamedBlobFile
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.reports import found_ahead
from slc.clicktracker.reports.found_ahead import find_out_ahead
from slc.clicktracker.reports.progress import activity_of
from slc.clicktracker.reports.progress import expected_readers
from slc.clicktracker.reports.progress import progress_of
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.relational.sets import loaded
from slc.clicktracker.tracking import catalogued
from slc.clicktracker.tracking.tracked import all_tracked
from slc.clicktracker.versions import file_digest
from slc.clicktracker.versions import standing
from tests.browser.dashboard.dashboards import opened
from zope.globalrequest import getRequest
from zope.processlifetime import ProcessStarting

import pytest
import transaction


@pytest.fixture
def papers(tracked):
    """The folder of the board, with a document of which nobody has found out anything."""
    with api.env.adopt_roles(["Manager"]):
        tracked.agenda.title = "Agenda, as of now"
        tracked.agenda.reindexObject()
        transaction.commit()
        yield tracked


def start():
    find_out_ahead(ProcessStarting())
    # The process sees its database as it is from now on.
    transaction.begin()


def fails(*_arguments):
    raise AssertionError("It is asked for again.")


def test_documents_their_audiences_and_texts_are_known_when_a_process_has_started(
    papers, monkeypatch
):
    start()
    for module, name in ((catalogued, "_entry_of"), (standing, "standings_of")):
        monkeypatch.setattr(module, name, fails)
    monkeypatch.setattr(Audiences, "of", fails)
    expected = expected_readers(all_tracked(), Audiences())
    assert len(expected) == 2
    assert all(each.standing and each.readers for each in expected)


def test_so_are_their_readers(papers, monkeypatch):
    opened(papers.agenda, "bob")
    site_storage().catch_up()
    start()
    for kind in loaded._KINDS:
        monkeypatch.setitem(loaded._KINDS, kind, _nothing_but_known)
    expected = expected_readers(all_tracked(), Audiences())
    assert [each.opened for each in progress_of(expected).documents] == [1, 0]
    today = utc_now().date()
    activity = activity_of(all_tracked(), today, today)
    assert activity.by_document == ((papers.agenda.UID(), 1),)


def _nothing_but_known(_asking, numbers):
    assert not numbers
    return ()


def test_a_server_that_forks_keeps_no_connection_for_that(papers):
    opened(papers.agenda, "bob")
    site_storage().catch_up()
    assert site_storage().engine.pool.checkedin()
    start()
    assert not site_storage().engine.pool.checkedin()


def test_a_change_after_the_start_is_in_the_first_report(papers):
    start()
    before, _budget = expected_readers(all_tracked(), Audiences())
    papers.agenda.title = "Another agenda"
    papers.agenda.reindexObject()
    api.user.create(email="erin@example.org", username="erin", password="a-secret-1")
    transaction.commit()
    after, _budget = expected_readers(all_tracked(), Audiences())
    assert after.document.item.title == "Another agenda"
    assert after.standing != before.standing
    assert [each.user for each in set(after.readers) - set(before.readers)] == ["erin"]


def test_a_database_that_is_away_does_not_stop_the_start(papers, monkeypatch, caplog):
    monkeypatch.setenv("CLICKTRACKER_DSN", "postgresql://127.0.0.1:1/nothing")
    start()
    assert not caplog.records


@pytest.mark.parametrize("asked", ["is_installed", "all_tracked"])
def test_nor_does_a_site_that_is_broken(papers, monkeypatch, caplog, asked):
    monkeypatch.setattr(found_ahead, asked, fails)
    before = getRequest()
    start()
    assert "Reports of plone begin with nothing found out" in caplog.text
    assert getRequest() is before


def test_a_process_starts_after_a_while_whatever_is_not_found_out_yet(
    papers, monkeypatch
):
    asked = []
    monkeypatch.setattr(found_ahead, "expected_readers", lambda *some: asked.append(1))
    monkeypatch.setattr(found_ahead, "_AT_ONCE", 1)
    start()
    assert len(asked) == 2
    del asked[:]
    monkeypatch.setattr(found_ahead, "_PATIENCE", -1)
    start()
    assert len(asked) == 1


def test_no_file_is_read_for_that(papers, monkeypatch, caplog):
    api.content.create(
        papers,
        "File",
        "minutes",
        file=NamedBlobFile(b"minutes", filename="minutes.txt"),
    )
    transaction.commit()
    monkeypatch.setattr(file_digest, "_computed", fails)
    start()
    assert not caplog.records
