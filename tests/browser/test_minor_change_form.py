"""Editors say that a change was minor, and readers of earlier versions stand."""

from datetime import timedelta
from plone import api
from plone.app.iterate.interfaces import ICheckinCheckoutPolicy
from slc.clicktracker.evidence.minor_changes import current_texts
from slc.clicktracker.evidence.minor_changes import minor_changes_of
from slc.clicktracker.evidence.visible import visible_version
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.storage.model import LogRow
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from tests.browser.exported import exported
from tests.browser.test_report import give_role
from tests.browser.test_report import names_in
from tests.browser.test_report import NOON
from tests.browser.test_report import REPORT
from tests.browser.test_report import text_of
from tests.browser.test_report_tabs import edit
from tests.browser.test_report_tabs import expect
from tests.browser.test_report_tabs import record
from tests.browser.test_report_tabs import tab
from tests.plone_site import authenticator_in
from zope.component import getGlobalSiteManager
from zope.component import provideUtility

import html
import pytest
import re
import transaction


PATH = "/board/agenda/@@clicktracker-minor-change"


@pytest.fixture
def agenda(tracked):
    """Alice read the first version, Bob the second, Carol none; now it is the third."""
    agenda = tracked.agenda
    expect(agenda, "alice", "bob", "carol")
    for day, (user, text) in enumerate([("alice", "Mnday"), ("bob", "Monday")]):
        edit(agenda, description=text)
        when = NOON + timedelta(days=day)
        record(agenda, user, issued=when, opened=when, seen=when)
    edit(agenda, description="Monday, 8 pm")
    return agenda


@pytest.fixture
def editor(agenda, visitor):
    """Carol, who may edit the agenda, but not see who has read it."""
    return editor_of(agenda, visitor)


def editor_of(content, visitor):
    content.manage_addLocalRoles("carol", ["Editor"])
    content.reindexObjectSecurity()
    transaction.commit()
    return visitor("carol")


def page(visitor):
    return visitor.session.get(visitor.site_url + PATH)


def choices_in(answer):
    """Return the values of the versions that can be chosen, the newest first."""
    found = re.findall(r'<input[^>]*type="radio"[^>]*>', answer.text)
    return [value_of(each) for each in found if "disabled" not in each]


def value_of(field):
    return re.search(r'value="([^"]*)"', field).group(1)


def hidden(answer, name):
    (field,) = re.findall(rf'<input[^>]*name="{name}"[^>]*hidden[^>]*>', answer.text)
    return value_of(field)


def send(visitor, token=None, **fields):
    """Send the form with the newest version and a reason, or other fields."""
    seen = page(visitor)
    if token is None:
        token = authenticator_in(seen.text)
    data = {"_authenticator": token, "reason": "Only a typo"} | fields
    if "withdraw" not in fields:
        data = {"current": hidden(seen, "current"), "text": choices_in(seen)[0]} | data
    answer = visitor.session.post(visitor.site_url + PATH, data=data)
    transaction.begin()
    return answer


def withdraw(visitor, **fields):
    return send(visitor, withdraw=hidden(page(visitor), "withdraw"), **fields)


def test_who_has_read_the_version_before_a_minor_change_has_read_it(agenda, visitor):
    manager = visitor("manager")
    assert names_in(manager.get(REPORT)) == []
    assert names_in(tab(visitor, "older")) == ["Alice Anders", "Bob Berger"]
    answer = send(manager)
    assert answer.history[0].status_code == 302
    assert "who has read one of these versions counts as having read" in answer.text
    answer = manager.get(REPORT)
    assert names_in(answer) == ["Bob Berger"]
    assert "behind" not in text_of(answer)
    assert names_in(tab(visitor, "older")) == ["Alice Anders"]
    assert names_in(tab(visitor, "absent")) == ["Carol Castillo"]
    assert (
        "Version 2 counts as well: Only a typo (declared by admin (/acl_users) on"
        in text_of(answer)
    )


def test_where_earlier_versions_count_nobody_is_said_to_have_opened_the_current_one(
    agenda, visitor
):
    record(agenda, "carol", issued=NOON + timedelta(days=2))
    manager = visitor("manager")
    text = text_of(manager.get(REPORT))
    assert "1 opened the current version " in text
    assert "All members who got the current version, whether" in text
    assert "One reader opened the current version, as" in text
    assert "counts as the current one" not in text
    send(manager)
    text = text_of(manager.get(REPORT))
    counts = "the current version, or one that counts as it"
    assert f"2 opened {counts}" in text
    assert f"All members who got {counts}, whether" in text
    assert f"Evidence for {counts}" in text
    assert f"2 readers opened {counts}, as their own browsers" in text
    assert f"New readers of {counts}" in text
    assert text.count("Version 2, which counts as the current one") == 1
    assert text.index("Bob Berger") < text.index("Version 2, which counts")
    assert text.index("Version 2, which counts") < text.index("Carol Castillo")


def test_the_page_of_a_reader_says_that_an_older_version_counts(agenda, visitor):
    manager = visitor("manager")
    send(manager)
    of_reader = "/board/agenda/@@who-read-this-reader?reader="
    text = text_of(manager.get(f"{of_reader}bob"))
    assert "Version 2 counts as current" in text
    assert "Version 1 older version" in text_of(manager.get(f"{of_reader}alice"))
    record(agenda, "bob")
    assert "Version 3 current" in text_of(manager.get(f"{of_reader}bob"))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_exports_say_which_version_was_read_and_why_it_counts(agenda, visitor, kind):
    record(agenda, "carol", issued=NOON + timedelta(days=2))
    manager = visitor("manager")
    send(manager)
    found = exported(manager.get(f"{REPORT}.{kind}"))
    at = found.titles.index("Version read")
    assert [(row[1], row[at]) for row in found.rows] == [("bob", "2"), ("carol", "3")]
    if kind != "csv":
        said = found.about["minor_changes" if kind == "json" else "Minor changes"]
        assert "Version 2 counts as well: Only a typo (declared by admin" in said
    found = exported(manager.get(f"{REPORT}.{kind}?tab=older"))
    assert [(row[1], row[at]) for row in found.rows] == [("alice", "1")]


def test_a_version_without_a_number_is_exported_with_its_day(tracked, visitor):
    record(tracked.agenda, "alice", Version("", "of-an-older-text"))
    answer = visitor("manager").get(f"{REPORT}.json?tab=older")
    (row,) = answer.json()["rows"]
    assert row["version"] == "2026-05-04"


def test_the_current_version_without_a_number_is_named_once(agenda, editor):
    del agenda.version_id
    transaction.commit()
    when = NOON + timedelta(days=2)
    record(agenda, "bob", issued=when, opened=when, seen=when)
    title = "The version first delivered on May 06, 2026 12:00 PM"
    assert f"The current one: {title} ." in text_of(page(editor)).replace(
        f"{title}.", f"{title} ."
    )


def test_all_versions_from_the_chosen_one_on_count(agenda, visitor):
    manager = visitor("manager")
    _newest, oldest = choices_in(page(manager))
    send(manager, text=oldest)
    answer = manager.get(REPORT)
    assert names_in(answer) == ["Alice Anders", "Bob Berger"]
    assert "Version 2, Version 1 count as well: Only a typo" in text_of(answer)
    answer = page(manager)
    assert choices_in(answer) == []
    assert "All of these versions count as the current one already" in text_of(answer)


def test_the_form_says_which_versions_there_are(agenda, visitor):
    text = text_of(page(visitor("manager")))
    assert "The current one: Version 3." in text
    assert (
        "Version 2 First delivered on May 05, 2026 12:00 PM , last on May 05, 2026 12:00 PM "
        ". Readers: 1. What has changed since Version 2" in text
    )
    assert text.index("Version 2 First") < text.index("Version 1 First")
    record(agenda, "bob")
    text = text_of(page(visitor("manager")))
    assert "Version 3, first delivered on May 04, 2026 12:00 PM" in text


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


def test_who_manages_tracking_withdraws_but_does_not_declare(agenda, editor, visitor):
    send(editor)
    give_role(agenda, "bob")
    transaction.commit()
    manager = visitor("bob")
    answer = page(manager)
    assert "Only those who may edit this item can declare" in text_of(answer)
    assert choices_in(answer) == []
    current, older = current_texts(agenda)
    data = {"current": current, "text": older, "reason": "x"}
    data["_authenticator"] = authenticator_in(answer.text)
    refused = manager.session.post(manager.site_url + PATH, data=data)
    assert "insufficient-privileges" in refused.url
    answer = withdraw(manager)
    assert "It was withdrawn" in answer.text
    (change,) = minor_changes_of(agenda)
    assert change.ended_by == Reader("bob")


def test_what_is_withdrawn_leaves_readers_behind_again_and_stays_listed(
    agenda, visitor
):
    manager = visitor("manager")
    send(manager)
    answer = withdraw(manager)
    assert "Withdrawn by admin" in text_of(answer)
    assert "Only a typo" in text_of(answer)
    answer = manager.get(REPORT)
    assert names_in(answer) == []
    assert "counts as well" not in text_of(answer)
    assert names_in(tab(visitor, "older")) == ["Alice Anders", "Bob Berger"]
    transaction.begin()
    assert len(minor_changes_of(agenda)) == 1


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 40])
def test_withdrawing_what_there_is_not_changes_nothing(agenda, editor, key):
    send(editor)
    assert "Nothing was changed." in send(editor, withdraw=key).text
    (change,) = minor_changes_of(agenda)
    assert change.ended is None


def test_a_declaration_of_versions_that_are_past_is_said_not_to_count(agenda, editor):
    send(editor)
    edit(agenda, description="All is different")
    assert "but not as the current one" in text_of(page(editor))


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
    assert "this item was changed since the form was opened" in text_of(answer)
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
    assert "nobody is known to have got an earlier version" in text_of(answer)
    assert "<textarea" not in answer.text


def test_a_reading_of_old_does_not_tell_its_version_and_is_no_choice(tracked, visitor):
    record(tracked.agenda, "bob", Version())
    assert "nobody is known to have got an earlier version" in text_of(
        page(visitor("manager"))
    )


def test_without_a_history_versions_are_told_by_their_dates(tracked, visitor):
    record(tracked.agenda, "alice", Version("", "of-an-older-text"))
    manager = visitor("manager")
    version = "The version first delivered on May 04, 2026 12:00 PM"
    text = text_of(page(manager))
    assert f"{version} Last delivered on May 04, 2026 12:00 PM" in text
    send(manager)
    assert f"{version} counts as well: Only a typo" in text_of(manager.get(REPORT))


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


def test_the_list_of_those_with_an_older_version_leads_to_the_form(agenda, visitor):
    manager = visitor("manager")
    assert "clicktracker-minor-change" in tab(visitor, "older").text
    assert "clicktracker-minor-change" not in manager.get(REPORT).text
    give_role(agenda, "bob")
    transaction.commit()
    answer = visitor("bob").get(f"{REPORT}?tab=older")
    assert names_in(answer) == ["Alice Anders", "Bob Berger"]
    assert "clicktracker-minor-change" not in answer.text


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
