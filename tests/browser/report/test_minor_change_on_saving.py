"""The edit form asks whether a change is minor, and declares it when it is saved."""

from plone import api
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.versions.minor_changes import minor_changes_of
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import tabs_in
from tests.browser.report.reports import text_of
from tests.browser.report.versions import edit
from tests.browser.report.versions import record

import lxml.html
import pytest
import transaction


EDIT = "/board/agenda/edit"
BOX = "form.widgets.clicktracker.is_minor:list"
REASON = "form.widgets.clicktracker.reason"


@pytest.fixture
def read_once(agenda):
    """Alice and Bob have read the agenda as it is."""
    edit(agenda, description="Mnday")
    for user in ("alice", "bob"):
        record(agenda, user)
    return agenda


def fields_of(answer):
    """Return what a browser sends of the edit form."""
    page = lxml.html.fromstring(answer.text)
    (form,) = [each for each in page.forms if each.get("id") == "form"]
    return dict(form.form_values())


def save(visitor, **fields):
    """Change the summary in the form and save it, as a browser does."""
    sent = fields_of(visitor.get(EDIT, whole=True))
    sent["form.widgets.IDublinCore.description"] = "Monday"
    sent["form.buttons.save"] = "Save"
    url = visitor.site_url + EDIT
    return visitor.session.post(url, data=sent | fields)


def test_who_has_read_the_version_before_a_minor_change_has_read_it(read_once, visitor):
    manager = visitor("manager")
    answer = save(manager, **{BOX: "selected", REASON: "A typo"})
    assert "The change was declared minor" in answer.text
    transaction.begin()
    assert read_once.description == "Monday"
    (change,) = minor_changes_of(read_once)
    assert (change.reason, change.by.user) == ("A typo", "admin")
    answer = manager.get(REPORT)
    assert tabs_in(answer)["Read"] == 2
    assert "counts as well: A typo" in text_of(answer)


def test_without_the_box_they_are_behind(read_once, visitor):
    manager = visitor("manager")
    answer = save(manager)
    assert "declared minor" not in answer.text
    transaction.begin()
    assert read_once.description == "Monday"
    assert minor_changes_of(read_once) == ()
    assert tabs_in(manager.get(REPORT))["Older version"] == 2


def test_a_reason_without_the_box_is_not_dropped_in_silence(read_once, visitor):
    answer = save(visitor("manager"), **{REASON: "A typo"})
    assert "The change was not declared minor" in answer.text
    transaction.begin()
    assert minor_changes_of(read_once) == ()
    again = save(visitor("manager"), **{REASON: "A typo"})
    assert "declared minor" not in again.text


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_saved_without_a_reason(read_once, visitor, reason):
    answer = save(visitor("manager"), **{BOX: "selected", REASON: reason})
    assert "Say why this makes no difference for readers." in text_of(answer)
    transaction.begin()
    assert read_once.description == "Mnday"
    assert minor_changes_of(read_once) == ()


def test_a_change_that_nobody_sees_is_not_declared(read_once, visitor):
    fields = {"form.widgets.IDublinCore.description": "Mnday"}
    answer = save(visitor("manager"), **fields, **{BOX: "selected", REASON: "Why not"})
    assert "there was nothing to declare minor" in answer.text
    transaction.begin()
    assert minor_changes_of(read_once) == ()


def test_it_is_asked_only_where_readers_are_known_by_version(read_once, visitor):
    manager = visitor("manager")
    assert BOX in manager.get(EDIT, whole=True).text
    for path in ("/board/edit", "/rules/edit"):
        answer = manager.get(path, whole=True)
        assert answer.status_code == 200
        assert BOX not in answer.text, path
    transaction.begin()
    with api.env.adopt_roles(["Manager"]):
        choose(read_once, Choice.EXCLUDE)
    transaction.commit()
    assert BOX not in manager.get(EDIT, whole=True).text
