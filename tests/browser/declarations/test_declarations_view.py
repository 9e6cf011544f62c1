"""The screen with all that was declared about content."""

from datetime import timedelta
from plone import api
from slc.clicktracker.audience.exceptions import end_exception
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.declarations import declarations as module
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.versions.minor_changes import declare_minor
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.minor_changes import minor_changes_of
from slc.clicktracker.versions.minor_changes import withdraw
from tests.audience.people import give_role
from tests.browser.report.minor_changes import editor_of
from tests.browser.report.reports import text_of

import pytest
import transaction


PATH = "/board/agenda/@@clicktracker-declarations"
NOTHING = "Nothing has been declared about this item yet."
EXCUSED = "Exception Bob Berger (bob) on leave Recorded by Carol Castillo (carol), "
DECLARED = "Minor change Version 2 says the same as: Version 1 A typo Recorded by Alice"


@pytest.fixture
def agenda(tracked, monkeypatch):
    """Bob was excused, and then not any more; a change was declared minor."""
    clock = iter(utc_now() + timedelta(minutes=number) for number in range(1000))
    monkeypatch.setattr(module, "utc_now", lambda: next(clock))
    agenda = tracked.agenda
    with api.env.adopt_user("carol"):
        excuse(agenda, Reader("bob"), "on leave")
    with api.env.adopt_user("alice"):
        end_exception(agenda, Reader("bob"))
        texts = DeclaredText("new", "2"), DeclaredText("old", "1")
        declare_minor(agenda, texts, "A typo")
    transaction.commit()
    return agenda


@pytest.fixture
def secretary(tracked, visitor):
    """Carol, who may track and see readers in the folder."""
    give_role(tracked, "carol")
    return visitor("carol")


@pytest.fixture
def dispatcher(tracked, visitor):
    """Carol, who may track in the folder, but not see who reads."""
    tracked.manage_permission("slc.clicktracker: View readers", ["Manager"], acquire=0)
    give_role(tracked, "carol")
    return visitor("carol")


def test_it_says_who_has_declared_what_and_who_has_ended_it(agenda, secretary):
    answer = secretary.get(PATH)
    shown = text_of(answer)
    assert EXCUSED in shown
    assert "Ended by Alice Anders (alice), " in shown
    assert DECLARED in shown
    assert shown.index(DECLARED) < shown.index(EXCUSED)
    assert NOTHING not in shown and "Not listed" not in shown
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_what_was_withdrawn_is_there_with_its_end(agenda, secretary):
    (change,) = minor_changes_of(agenda)
    with api.env.adopt_user("bob"):
        withdraw(agenda, change.since)
    transaction.commit()
    assert "Ended by Bob Berger (bob), " in text_of(secretary.get(PATH))


def test_who_may_not_see_readers_sees_how_many_are_not_listed(agenda, dispatcher):
    answer = dispatcher.get(PATH)
    shown = text_of(answer)
    assert DECLARED in shown
    assert (
        "Not listed, because you may not see who reads this item: fewer than 5."
        in shown
    )
    assert "Bob" not in answer.text and "on leave" not in answer.text


def test_who_may_only_edit_sees_minor_changes_alone(agenda, visitor):
    answer = editor_of(agenda, visitor).get(PATH)
    shown = text_of(answer)
    assert DECLARED in shown
    assert "Bob" not in answer.text and "on leave" not in answer.text
    assert "Not listed" not in shown and "Back to the tracking" not in shown


@pytest.mark.parametrize("name", ["bob", None])
def test_others_may_not_see_it(agenda, visitor, name):
    page = visitor(name).get(PATH, allow_redirects=False)
    assert page.status_code in (302, 401, 403)
    assert "A typo" not in page.text


def test_when_a_version_was_delivered_is_for_those_who_may_see_readers(
    tracked, dispatcher, visitor
):
    texts = DeclaredText("new", "", utc_now()), DeclaredText("old", "1")
    with api.env.adopt_user("alice"):
        declare_minor(tracked.agenda, texts, "A typo")
    transaction.commit()
    assert "A version without a number says the same" in text_of(dispatcher.get(PATH))
    assert "first delivered on" in text_of(visitor("manager").get(PATH))


def test_where_nothing_was_declared_it_says_so(tracked, secretary):
    excuse(tracked, Reader("bob"), "in the folder above")
    transaction.commit()
    shown = text_of(secretary.get(PATH))
    assert NOTHING in shown
    assert "in the folder above" not in shown


def test_there_are_pages_of_them(tracked, secretary):
    for number in range(45):
        excuse(tracked.agenda, Reader("bob"), f"reason {number:02d}.")
        end_exception(tracked.agenda, Reader("bob"))
    transaction.commit()

    def reasons(query=""):
        shown = text_of(secretary.get(PATH + query))
        return [number for number in range(45) if f"reason {number:02d}." in shown]

    assert reasons() == list(range(25, 45))
    assert reasons("?b_start:int=20") == list(range(5, 25))
    assert reasons("?b_start:int=40") == list(range(5))
    assert reasons("?b_start=9999999") == list(range(5))
    assert reasons("?b_start=x") == list(range(25, 45))


def test_what_others_typed_is_not_run(tracked, secretary):
    evil = "<script>alert(1)</script>"
    excuse(tracked.agenda, Reader("bob"), evil)
    transaction.commit()
    answer = secretary.get(PATH)
    assert evil not in answer.text and "alert(1)" in answer.text


def test_a_link_leads_there_from_the_tracking_and_from_minor_changes(agenda, secretary):
    for screen in ("@@tracking", "@@clicktracker-minor-change"):
        assert PATH in secretary.get(f"/board/agenda/{screen}").text


def test_looking_at_it_writes_nothing(agenda, secretary):
    secretary.get(PATH)
    transaction.begin()
    before = agenda._p_jar.db().lastTransaction()
    secretary.get(PATH)
    assert agenda._p_jar.db().lastTransaction() == before
