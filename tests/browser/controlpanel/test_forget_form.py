"""``@@clicktracker-forget``: what is known is shown, and then forgotten by a second button."""

from slc.clicktracker.sites.forgetting import to_be_forgotten
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.testing.visits import ALICE
from slc.clicktracker.testing.visits import BOB
from slc.clicktracker.testing.visits import readings
from slc.clicktracker.testing.visits import visit

import pytest
import transaction


FORGET = "/@@clicktracker-forget"


@pytest.fixture
def manager(site, visitor):
    site_storage().record([visit(1, BOB), visit(2, BOB, at=60), visit(3, ALICE)])
    return visitor("manager")


@pytest.fixture
def press(manager):
    """Return a function that presses a button, with what the page before it had."""

    def press(button, user="bob", way="erase", **more):
        page = manager.get(FORGET).text
        token = page.split('name="_authenticator"')[1].split('value="')[1].split('"')[0]
        form = {
            "form.widgets.user": user,
            "form.widgets.way": way,
            f"form.buttons.{button}": "Yes",
            "_authenticator": token,
            **more,
        }
        answer = manager.session.post(manager.url_of(FORGET), data=form)
        transaction.begin()
        return answer.text

    return press


def users():
    return {row.reader.user for row in readings(site_storage())}


def test_what_is_known_is_shown_before_there_is_a_button_to_forget_it(manager, press):
    assert "Forget this person" not in manager.get(FORGET).text
    page = press("look")
    assert "What is known of" in page
    assert "Single page views of documents" in page
    assert "Forget this person" in page
    assert users() == {"alice", "bob"}


def test_the_second_button_forgets_who_was_shown(press):
    page = press("forget", sure=" bob")
    assert "bob is forgotten." in page
    assert users() == {"alice"}
    assert to_be_forgotten() == []


def test_a_pseudonym_is_told(press):
    page = press("forget", way="pseudonymise", sure=" bob")
    (somebody,) = users() - {"alice"}
    assert somebody in page


def test_who_was_not_looked_at_is_not_forgotten(press):
    page = press("forget", sure=" alice")
    assert "What is known of" in page
    assert users() == {"alice", "bob"}


def test_a_storage_that_is_down_leaves_the_person_on_a_list(press, monkeypatch):
    def down(*who):
        raise StorageUnavailable("The server does not answer.")

    with monkeypatch.context() as patched:
        patched.setattr(site_storage(), "forget", down)
        page = press("forget", sure=" bob")
    assert "bob is not forgotten yet" in page
    assert "To be forgotten by the next clean-up" in page
    assert [each.person for each in to_be_forgotten()] == [BOB]


def test_a_request_that_ends_in_the_middle_leaves_the_person_on_the_list(
    press, monkeypatch
):
    def ends(*who):
        raise RuntimeError("The process is out of memory.")

    with monkeypatch.context() as patched:
        patched.setattr(site_storage(), "forget", ends)
        press("forget", sure=" bob")
    assert [each.person for each in to_be_forgotten()] == [BOB]


def test_nobody_has_no_id(press):
    assert "What is known of" not in press("look", user=" ")


def test_nothing_is_done_without_the_authenticator_nor_by_a_link(manager):
    form = {
        "form.widgets.user": "bob",
        "form.widgets.way": "erase",
        "form.buttons.forget": "Yes",
        "sure": " bob",
    }
    url = manager.url_of(FORGET)
    assert manager.session.post(url, data=form).status_code == 403
    assert manager.session.get(url, params=form).status_code in (200, 403)
    transaction.begin()
    assert (users(), to_be_forgotten()) == ({"alice", "bob"}, [])


def test_only_managers_can_forget_somebody(visitor):
    answer = visitor("alice").get(FORGET, allow_redirects=False)
    assert answer.status_code in (302, 403)


def test_the_panel_leads_there_and_asks_how_long_things_are_kept(manager):
    page = manager.get("/@@clicktracker-settings").text
    assert "@@clicktracker-forget" in page
    assert "How long readings are kept" in page
    assert 'name="form.widgets.keep_accesses"' in page
    assert "When the account of a member is deleted" in page
