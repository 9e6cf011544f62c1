"""ClickTracker Settings: a DSN goes in and never comes out."""

from dataclasses import replace
from plone import api
from plone.registry.interfaces import IRegistry
from slc.clicktracker.browser.controlpanel import storage_status
from slc.clicktracker.interfaces import ICollectorSettings
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.interfaces import ITrackingPolicy
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.storage import store_dsn
from slc.clicktracker.sites.storage import stored_dsn
from slc.clicktracker.storage import backends
from tests.both_doors import flush
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on
from zope.component import getUtility

import psycopg2
import pytest
import re
import transaction


PATH = "/@@clicktracker-settings"
SECRET = "s3cret-word"
DSN = f"dbname=tracking host=127.0.0.1 port=1 user=plone password={SECRET}"


def store(dsn):
    store_dsn(dsn)
    transaction.commit()


def test_site_setup_links_to_the_panel(site, visitor):
    page = visitor("manager").get("/@@overview-controlpanel").text
    assert "@@clicktracker-settings" in page
    assert "ClickTracker Settings" in page


def test_others_may_not(site, visitor):
    assert "insufficient-privileges" in visitor("bob").get(PATH).url


def test_a_dsn_is_stored_and_not_shown(panel):
    answer = panel("insist", DSN)
    assert "Changes saved" in answer.text
    assert stored_dsn() == DSN
    for page in (answer, panel.get()):
        assert SECRET not in page.text
        assert "user=plone password=s" not in page.text
        assert "An address is stored. Leave empty to keep it" in page.text


def test_an_empty_field_keeps_what_is_stored(panel):
    store(DSN)
    panel("save", "", ticket_lifetime="48")
    assert stored_dsn() == DSN
    lifetime = api.portal.get_registry_record(
        "ticket_lifetime", interface=ITrackingPolicy
    )
    assert lifetime == 48


def test_the_address_can_be_removed(panel):
    assert "form.buttons.remove" not in panel.get().text
    store(DSN)
    assert "form.buttons.remove" in panel.get().text
    answer = panel("remove")
    assert "The stored address was removed" in answer.text
    assert stored_dsn() == ""


@pytest.mark.parametrize(
    "dsn", ["nonsense", "dbname=x nokey=1", "host='open", "postgresql://[x", "=", "a b"]
)
def test_a_malformed_dsn_is_told_at_the_field(panel, dsn):
    answer = panel("save", dsn)
    assert "This is not an address of a PostgreSQL database" in answer.text
    assert stored_dsn() == ""


@pytest.mark.parametrize("hours", ["0", "73", "x", "-1", ""])
def test_a_lifetime_out_of_bounds_is_told_at_the_field(panel, hours):
    answer = panel("save", ticket_lifetime=hours)
    assert "Nothing was saved. Correct these fields first:" in answer.text
    lifetime = api.portal.get_registry_record(
        "ticket_lifetime", interface=ITrackingPolicy
    )
    assert lifetime == 24


def settings(schema):
    """Return what the registry has."""
    return {
        name: api.portal.get_registry_record(name, schema) for name in schema.names()
    }


def test_the_limits_of_the_collector_are_saved(panel):
    panel(
        "save",
        strict="selected",
        spool_limit="50",
        reader_limit="0",
        address_limit="77",
    )
    values = {"spool_limit": 50, "reader_limit": 0, "address_limit": 77}
    assert settings(ICollectorSettings) == values | {"strict": True}
    panel("save")
    assert settings(ICollectorSettings)["strict"] is False


def test_what_counts_as_read_is_saved(panel):
    values = {"words_per_minute": 600, "least_seconds": 5, "any_translation": True}
    assert settings(IEvidenceSettings) == {**values, "editors_count": False}
    panel("save", words_per_minute="250", least_seconds="10", editors_count="selected")
    values = {"words_per_minute": 250, "least_seconds": 10, "any_translation": False}
    assert settings(IEvidenceSettings) == {**values, "editors_count": True}
    panel("save", any_translation="selected")
    assert settings(IEvidenceSettings)["any_translation"] is True


@pytest.mark.parametrize(
    "name, value, complaint",
    [
        ("words_per_minute", "49", "The smallest number here is 50."),
        ("words_per_minute", "10001", "The largest number here is 10000."),
        ("least_seconds", "0", "The smallest number here is 1."),
        ("least_seconds", "3601", "The largest number here is 3600."),
        ("least_seconds", "five", "is not a whole number"),
        ("spool_limit", "0", "The smallest number here is 1."),
        ("spool_limit", "100001", "The largest number here is 100000."),
        ("reader_limit", "-1", "The smallest number here is 0."),
        ("address_limit", "many", "is not a whole number"),
        ("address_limit", "", "Required input is missing"),
    ],
)
def test_a_number_out_of_bounds_is_told_at_its_field(panel, name, value, complaint):
    before = settings(ICollectorSettings) | settings(IEvidenceSettings)
    answer = panel("save", **{name: value})
    _top, rest = answer.text.split("Nothing was saved. Correct these fields first:")
    assert complaint in rest.split("</ul>")[0]
    assert f'href="#form-widgets-{name}"' in rest
    field = answer.text.split(f'id="formfield-form-widgets-{name}"')[1]
    assert complaint in field.split("formfield-form-widgets-")[0]
    assert settings(ICollectorSettings) | settings(IEvidenceSettings) == before


@pytest.mark.parametrize(
    "schema", [ICollectorSettings, IEvidenceSettings, IVisitorSettings]
)
def test_a_site_that_was_not_upgraded_has_a_panel_without_what_is_new(panel, schema):
    records = getUtility(IRegistry).records
    for name in schema.names():
        del records[f"{schema.__identifier__}.{name}"]
    transaction.commit()
    page = panel.get()
    assert page.status_code == 200
    for name in ("spool_limit", "words_per_minute", "idle_gap"):
        assert (f"form.widgets.{name}" in page.text) is (name not in schema)
    assert "Upgrade this add-on in Site Setup" in page.text
    assert "Changes saved" in panel("save", ticket_lifetime="48").text


def test_the_environment_comes_first_and_is_said(panel, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", DSN)
    page = panel.get().text
    assert "The address comes from the environment (CLICKTRACKER_DSN)" in page
    assert SECRET not in page


def test_a_connection_that_fails_is_said_without_the_password(panel):
    answer = panel("test", DSN)
    assert "The database could not be used" in answer.text
    assert SECRET not in re.sub(
        r'<input[^>]*name="form.widgets.dsn"[^>]*>', "", answer.text
    )
    assert stored_dsn() == ""


def test_a_database_is_tested_and_set_up_before_it_is_saved(
    panel, new_postgresql_database
):
    dsn = new_postgresql_database(empty=True)
    assert "it is not set up" in panel("test", dsn).text
    assert "The database is set up and up to date" in panel("setup", dsn).text
    assert "The connection works: PostgreSQL" in panel("test", dsn).text
    assert stored_dsn() == ""


@pytest.mark.parametrize("button", ["test", "setup"])
def test_nothing_is_connected_without_the_authenticator(
    panel, new_postgresql_database, button
):
    answer = panel(button, new_postgresql_database(), authenticated=False)
    assert answer.status_code == 403


def test_a_changed_dsn_takes_effect_at_once(
    panel, tracked, visitor, new_postgresql_database
):
    bob = visitor("bob")
    message = beacon(ticket_on(bob))
    bob.post(CALLBACK, message)
    dsn = new_postgresql_database(empty=True)
    panel("setup", dsn)
    panel("save", dsn)
    bob.post(CALLBACK, message)
    flush()
    assert site_storage().status().accesses == 1
    assert "PostgreSQL" in site_storage().status().kind


def test_the_box_shows_how_the_storage_is(panel, tracked, visitor):
    bob = visitor("bob")
    bob.post(CALLBACK, beacon(ticket_on(bob)))
    flush()
    text = " ".join(re.sub("<[^>]+>", " ", panel.get().text).split())
    assert "Reads are recorded." in text
    assert "Kind SQLite" in text
    assert "Documents 1 Readers 1 Readings 1 Accesses 1" in text


def test_the_box_says_that_the_storage_is_down(panel):
    store(DSN)
    page = panel.get().text
    assert "alert-danger" in page
    assert "Reads can't be stored now" in page
    assert SECRET not in page
    assert "PostgreSQLStorage" not in page
    assert ">PostgreSQL</dd>" in page


def test_a_role_without_rights_is_told_what_it_needs(
    panel, tracked, visitor, new_postgresql_database
):
    owner = new_postgresql_database()
    execute(owner, "DROP ROLE IF EXISTS clicktracker_nobody")
    execute(owner, "CREATE ROLE clicktracker_nobody LOGIN")
    bob = visitor("bob")
    message = beacon(ticket_on(bob))
    store(f"{owner} user=clicktracker_nobody")
    assert bob.post(CALLBACK, message).status_code == 200
    assert "grants.sql" in panel.get().text
    report = visitor("manager").get("/board/agenda/@@who-read-this")
    assert "be reached now" in report.text
    execute(owner, "DROP ROLE clicktracker_nobody")


def execute(dsn, statement):
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def test_the_box_says_that_recording_is_off(panel, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    assert "Recording is switched off" in panel.get().text


def test_the_box_is_red_where_hosts_share_the_content_but_not_the_file(
    panel, monkeypatch
):
    monkeypatch.setattr(storage_status, "_zodb_is_shared", lambda: True)
    page = panel.get().text
    assert "alert-danger" in page
    words = " ".join(page.split())
    assert "but SQLite keeps readings on one server" in words
    assert "Choose a storage that servers can share: PostgreSQL." in words


def test_the_box_names_kinds_of_storages_as_they_are_registered(panel, monkeypatch):
    monkeypatch.setattr(storage_status, "_zodb_is_shared", lambda: True)
    file, *others = backends.BACKENDS
    kinds = replace(file, name="Cards"), replace(others[-1], name="Archive"), *others
    monkeypatch.setattr(backends, "BACKENDS", kinds)
    words = " ".join(panel.get().text.split())
    assert "but Cards keeps readings on one server" in words
    assert "that servers can share: Archive, PostgreSQL." in words
