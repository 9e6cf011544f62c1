"""Editors say that a change was minor, and readers of earlier versions stand."""

from datetime import timedelta
from plone import api
from plone.app.iterate.interfaces import ICheckinCheckoutPolicy
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.storage.model import LogRow
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.versions.minor_changes import current_texts
from slc.clicktracker.versions.minor_changes import minor_changes_of
from slc.clicktracker.versions.visible import visible_version
from tests.audience.people import give_role
from tests.browser.report.minor_changes import choices_in
from tests.browser.report.minor_changes import editor_of
from tests.browser.report.minor_changes import hidden
from tests.browser.report.minor_changes import page
from tests.browser.report.minor_changes import PATH
from tests.browser.report.minor_changes import read_in_three_versions
from tests.browser.report.minor_changes import send
from tests.browser.report.minor_changes import value_of
from tests.browser.report.minor_changes import withdraw
from tests.browser.report.readings import NOON
from tests.browser.report.reports import text_of
from tests.browser.report.versions import edit
from tests.browser.report.versions import record
from tests.browser.report.versions import title_of_version
from tests.plone_site import authenticator_in
from zope.component import getGlobalSiteManager
from zope.component import provideUtility

import html
import lxml.html
import pytest
import re
import transaction


@pytest.fixture
def agenda(tracked):
    return read_in_three_versions(tracked.agenda)


@pytest.fixture
def editor(agenda, visitor):
    """Carol, who may edit the agenda, but not see who has read it."""
    return editor_of(agenda, visitor)


def delivered_without_numbers(agenda):
    """The current version, and an earlier one, have no number; Bob got both."""
    del agenda.version_id
    for day, text in enumerate(["Tuesday", "Tuesday, 8 pm"], 3):
        agenda.description = text
        when = NOON + timedelta(days=day)
        record(agenda, "bob", issued=when, opened=when, seen=when)
    transaction.commit()


def test_the_current_version_without_a_number_is_named_once(agenda, visitor):
    delivered_without_numbers(agenda)
    text = text_of(page(visitor("manager"))).replace(" .", ".")
    title = "The version first delivered on May 08, 2026 12:00 PM"
    assert f"The current one: {title}." in text


def test_when_a_version_was_delivered_is_for_those_who_may_see_readers(agenda, editor):
    delivered_without_numbers(agenda)
    send(editor)
    answer = page(editor)
    text = text_of(answer)
    assert "A version without a number" in text
    assert "elivered on" not in text
    delivered = ("May 07", "May 08", "2026-05-0")
    assert not [day for day in delivered if day in answer.text]
    send(editor, withdraw=hidden(answer, "withdraw"))
    assert not [day for day in delivered if day in page(editor).text]


def test_the_form_says_which_versions_there_are(agenda, visitor):
    text = text_of(page(visitor("manager")))
    first, second, third = map(title_of_version, (1, 2, 3))
    assert f"The current one: {third}." in text
    assert (
        f"{second} First delivered on May 05, 2026 12:00 PM , last on May 05, 2026 12:00 PM "
        f". Readers: 1. What has changed since {second}" in text
    )
    assert text.index(f"{second} First") < text.index(f"{first} First")
    record(agenda, "bob")
    text = text_of(page(visitor("manager")))
    assert f"{third}, first delivered on May 04, 2026 12:00 PM" in text


def test_the_comparison_shows_what_has_changed_since(agenda, visitor):
    manager = visitor("manager")
    links = re.findall(r'href="([^"]*one=current[^"]*)"', page(manager).text)
    assert len(links) == 2
    path = html.unescape(links[0]).partition("/plone")[2]
    assert "Monday, 8 pm" in manager.get(path).text


def test_an_editor_declares_without_seeing_who_has_read(agenda, editor):
    answer = page(editor)
    assert "Readers:" not in text_of(answer)
    assert not re.search("Alice|alice|Bob|bob", text_of(answer))
    answer = send(editor)
    (change,) = minor_changes_of(agenda)
    assert change.by == Reader("carol")
    assert "Declared by Carol Castillo (carol)" in text_of(answer)
    assert "who-read-this" not in answer.text.split("<article")[1]


@pytest.mark.parametrize("name", ["bob", None])
def test_others_may_not_declare_nor_see_what_was(agenda, editor, visitor, name):
    token = authenticator_in(page(editor).text)
    current, text = hidden(page(editor), "current"), choices_in(page(editor))[0]
    other = visitor(name)
    answer = page(other)
    assert "insufficient-privileges" in answer.url or "/login" in answer.url
    data = {"current": current, "text": text, "reason": "x", "_authenticator": token}
    other.session.post(other.site_url + PATH, data=data)
    transaction.begin()
    assert minor_changes_of(agenda) == ()


def test_who_may_edit_but_not_view_is_refused(agenda, editor):
    with api.env.adopt_roles(["Manager"]):
        agenda.manage_permission("View", ["Manager"], acquire=0)
    transaction.commit()
    assert "insufficient-privileges" in page(editor).url


def test_to_withdraw_is_asked_once_more_and_says_what_it_means(agenda, editor):
    send(editor)
    content = lxml.html.fromstring(page(editor).text).get_element_by_id("declared")
    (form,) = content.xpath(".//form[.//input[@name='withdraw']]")
    (button,) = form.xpath(".//button")
    (folded,) = button.iterancestors("details")
    assert "open" not in folded.attrib
    assert folded.find("summary").text_content().startswith("Withdraw")
    assert "have to read the current one" in folded.text_content()


def test_who_manages_tracking_withdraws_but_does_not_declare(agenda, editor, visitor):
    send(editor)
    give_role(agenda, "bob")
    transaction.commit()
    manager = visitor("bob")
    answer = page(manager)
    assert "Only people who may edit this item can declare" in text_of(answer)
    assert choices_in(answer) == []
    current, older = current_texts(agenda)
    data = {"current": current, "text": older, "reason": "x"}
    data["_authenticator"] = authenticator_in(answer.text)
    refused = manager.session.post(manager.site_url + PATH, data=data)
    assert "insufficient-privileges" in refused.url
    answer = withdraw(manager)
    assert "The declaration was withdrawn" in answer.text
    (change,) = minor_changes_of(agenda)
    assert change.ended_by == Reader("bob")


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 40])
def test_withdrawing_what_there_is_not_changes_nothing(agenda, editor, key):
    send(editor)
    assert "Nothing was changed." in send(editor, withdraw=key).text
    (change,) = minor_changes_of(agenda)
    assert change.ended is None


def test_a_declaration_of_versions_that_are_past_is_said_not_to_count(agenda, editor):
    send(editor)
    edit(agenda, description="All is different")
    assert "but different from the current one" in text_of(page(editor))


def test_sending_the_form_twice_declares_once(agenda, editor):
    seen = page(editor)
    data = {
        "_authenticator": authenticator_in(seen.text),
        "current": hidden(seen, "current"),
        "text": choices_in(seen)[0],
        "reason": "Only a typo",
    }
    for said in ("From now on", "Nothing was changed: these versions count already."):
        answer = editor.session.post(editor.site_url + PATH, data=data)
        assert said in answer.text
    transaction.begin()
    assert len(minor_changes_of(agenda)) == 1


def test_a_change_meanwhile_is_said_and_what_was_typed_stays(agenda, editor):
    seen = page(editor)
    edit(agenda, description="All is different")
    answer = send(editor, current=hidden(seen, "current"), reason="A <b>typo</b>")
    assert "the item has changed since you opened the form" in text_of(answer)
    assert "A &lt;b&gt;typo&lt;/b&gt;</textarea>" in answer.text
    assert 'checked="checked"' in answer.text
    assert hidden(answer, "current") == visible_version(agenda).digest
    assert minor_changes_of(agenda) == ()


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_missing_reason_is_said_at_its_field(agenda, editor, reason):
    oldest = choices_in(page(editor))[1]
    answer = send(editor, reason=reason, text=oldest)
    field = answer.text.split("<textarea")[1].split(">")[0]
    assert "is-invalid" in field
    assert "Say why this makes no difference for readers." in text_of(answer)
    (checked,) = re.findall(r'<input[^>]*checked="checked"[^>]*>', answer.text)
    assert value_of(checked) == oldest
    assert minor_changes_of(agenda) == ()


def test_a_reason_that_is_too_long_is_said_and_stays(agenda, editor):
    answer = send(editor, reason="x" * 1001)
    assert "No more than 1000 characters." in text_of(answer)
    assert "x" * 1001 in answer.text
    assert minor_changes_of(agenda) == ()


@pytest.mark.parametrize("text", ["", "of-another-document", None])
def test_a_version_that_there_is_not_is_said_at_the_choice(agenda, editor, text):
    fields = {"text": text, "reason": "A typo"}
    answer = send(editor, **fields)
    assert "Choose one of these versions." in text_of(answer)
    assert "A typo</textarea>" in answer.text
    assert minor_changes_of(agenda) == ()


def test_a_request_from_elsewhere_declares_nothing(agenda, editor):
    send(editor, token="0" * 40)
    seen = page(editor)
    data = {"current": hidden(seen, "current"), "text": choices_in(seen)[0]}
    editor.session.get(editor.site_url + PATH, params=data | {"reason": "x"})
    transaction.begin()
    assert minor_changes_of(agenda) == ()


def test_where_only_one_version_is_known_there_is_nothing_to_declare(tracked, visitor):
    record(tracked.agenda, "bob")
    answer = page(visitor("manager"))
    assert "nobody is known to have received an earlier version" in text_of(answer)
    assert "<textarea" not in answer.text


def test_a_reading_of_old_does_not_tell_its_version_and_is_no_choice(tracked, visitor):
    record(tracked.agenda, "bob", Version())
    assert "nobody is known to have received an earlier version" in text_of(
        page(visitor("manager"))
    )


def test_a_working_copy_is_not_declared(agenda, visitor):
    with api.env.adopt_roles(["Manager"]):
        copy = ICheckinCheckoutPolicy(agenda).checkout(agenda.aq_parent)
    transaction.commit()
    path = "/".join(copy.getPhysicalPath()).removeprefix("/plone")
    answer = visitor("manager").get(f"{path}/@@clicktracker-minor-change")
    assert "This is a working copy" in text_of(answer)
    assert "<textarea" not in answer.text


class TwoMethods:
    """A storage that knows no versions."""

    def logAccess(self, user, path, url):
        return True

    def getLog(self, prefix, order_by=None, order_reverse=False):
        return [LogRow("bob", 1, NOON, "/board/agenda")]


def test_a_storage_of_two_methods_does_not_know_versions(agenda, editor):
    storage = TwoMethods()
    provideUtility(storage, IClickStorage)
    try:
        text = text_of(page(editor))
    finally:
        getGlobalSiteManager().unregisterUtility(storage, IClickStorage)
    assert "does not know which version somebody has read" in text


def test_where_recording_is_off_that_is_said(agenda, editor, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    assert "Recording is switched off" in text_of(page(editor))


def test_a_storage_that_fails_is_said_and_what_was_typed_stays(
    agenda, editor, monkeypatch
):
    seen = page(editor)
    token, text = authenticator_in(seen.text), choices_in(seen)[0]
    monkeypatch.setenv("CLICKTRACKER_DSN", "host=127.0.0.1 port=1 dbname=x user=x")
    data = {"current": hidden(seen, "current"), "text": text, "reason": "A typo"}
    data["_authenticator"] = token
    answer = editor.session.post(editor.site_url + PATH, data=data)
    assert "Nothing was declared." in text_of(answer)
    assert "The storage for readings can't be used now" in text_of(answer)
    assert "A typo</textarea>" in answer.text
    assert hidden(answer, "text") == text
    transaction.begin()
    assert minor_changes_of(agenda) == ()


def test_the_screen_for_tracking_leads_to_the_form(agenda, editor, visitor):
    give_role(agenda, "bob")
    transaction.commit()
    tracking = "/board/agenda/@@tracking"
    assert "clicktracker-minor-change" in visitor("manager").get(tracking).text
    assert "clicktracker-minor-change" not in visitor("bob").get(tracking).text
    send(editor)
    assert "clicktracker-minor-change" in visitor("bob").get(tracking).text


def test_a_folder_is_not_offered_to_declare_a_change_minor(agenda, visitor):
    manager = visitor("manager")
    assert "clicktracker-minor-change" not in manager.get("/board/@@tracking").text


def test_a_text_that_was_served_to_nobody_else_than_is_known_can_be_reverted(
    agenda, editor
):
    """What came after a text that is current again does not count with it."""
    send(editor, text=choices_in(page(editor))[1])
    record(agenda, "carol", issued=NOON + timedelta(days=3))
    edit(agenda, description="All is different")
    record(agenda, "carol", issued=NOON + timedelta(days=4))
    different = visible_version(agenda).digest
    edit(agenda, description="Monday, 8 pm")
    texts = current_texts(agenda)
    assert len(texts) == 3
    assert different not in texts
    assert choices_in(page(editor)) == [different]
