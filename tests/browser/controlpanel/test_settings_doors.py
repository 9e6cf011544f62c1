"""ClickTracker Settings do nothing, and connect to nothing, for a mere link."""

from plone import api
from slc.clicktracker.interfaces import ITrackingPolicy
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.storage import store_dsn
from slc.clicktracker.sites.storage import stored_dsn
from slc.clicktracker.storage.errors import InvalidAddress
from tests.browser.conftest import PATH
from urllib.parse import urlencode

import pytest
import socket
import transaction


BUTTONS = ["save", "insist", "test", "setup", "remove"]


@pytest.fixture
def listener():
    """A server that waits for a connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def dsn_of(listener):
    port = listener.getsockname()[1]
    return f"dbname=x host=127.0.0.1 port={port} connect_timeout=2"


def was_called(listener):
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def lifetime():
    return api.portal.get_registry_record("ticket_lifetime", interface=ITrackingPolicy)


@pytest.fixture
def kept(panel):
    """An address that is stored."""
    store_dsn("dbname=kept host=127.0.0.1 port=1")
    transaction.commit()


@pytest.mark.parametrize("button", BUTTONS)
def test_a_link_from_elsewhere_does_nothing(kept, visitor, listener, button):
    manager = visitor("manager")
    form = {
        "form.widgets.dsn": dsn_of(listener),
        "form.widgets.ticket_lifetime": "48",
        f"form.buttons.{button}": button,
    }
    answer = manager.get(f"{PATH}?{urlencode(form)}")
    transaction.begin()
    assert answer.status_code == 403
    assert not was_called(listener)
    assert stored_dsn() == "dbname=kept host=127.0.0.1 port=1"
    assert lifetime() == 24


@pytest.mark.parametrize("button", BUTTONS)
def test_a_form_from_elsewhere_does_nothing(kept, panel, listener, button):
    answer = panel(button, dsn_of(listener), authenticated=False, ticket_lifetime="48")
    assert answer.status_code == 403
    assert not was_called(listener)
    assert stored_dsn() == "dbname=kept host=127.0.0.1 port=1"
    assert lifetime() == 24
    page = panel.get().text
    assert "Changes saved" not in page
    assert "was removed" not in page


def test_a_link_does_not_fill_in_the_form(visitor):
    page = visitor("manager").get(f"{PATH}?form.widgets.dsn=dbname%3Devil").text
    assert "evil" not in page.split('id="content-core"')[1].split("</form>")[0]


@pytest.mark.parametrize(
    "button, refused",
    [
        ("save", "hostaddr=127.0.0.1"),
        ("insist", "service=x"),
        ("test", "passfile=/tmp/x"),
        ("setup", "options='-c x=y'"),
    ],
)
def test_what_is_the_servers_is_told_at_the_field(panel, listener, button, refused):
    answer = panel(button, f"{dsn_of(listener)} {refused}")
    assert f"can't have {refused.split('=')[0]}" in " ".join(answer.text.split())
    assert stored_dsn() == ""
    assert not was_called(listener)


def test_what_was_put_into_the_registry_by_another_panel_is_refused_too(site):
    store_dsn("dbname=x host=db.example.org hostaddr=127.0.0.1")
    with pytest.raises(InvalidAddress, match="can't have hostaddr"):
        site_storage()


def test_an_address_that_does_not_work_is_asked_about(panel):
    dsn = "dbname=x host=127.0.0.1 port=1"
    answer = panel("save", dsn, ticket_lifetime="48")
    assert "Nothing was saved yet, because this address doesn't work now" in answer.text
    assert "form.buttons.insist" in answer.text
    assert "Changes saved" not in answer.text
    assert stored_dsn() == ""
    assert lifetime() == 24
    answer = panel("insist", dsn, ticket_lifetime="48")
    assert "Changes saved" in answer.text
    assert "form.buttons.insist" not in answer.text
    assert stored_dsn() == dsn
    assert lifetime() == 48


def test_an_address_that_works_is_saved_at_once(panel, new_postgresql_database):
    dsn = new_postgresql_database()
    assert "Changes saved" in panel("save", dsn).text
    assert stored_dsn() == dsn


def test_a_database_that_is_not_set_up_yet_is_saved_and_said(
    panel, new_postgresql_database
):
    dsn = new_postgresql_database(empty=True)
    page = panel("save", dsn).text
    assert "Changes saved" in page
    assert "The database answers, but it is not ready" in page
    assert stored_dsn() == dsn
