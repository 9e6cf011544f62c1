"""The report of a page that there is in two languages."""

from plone import api
from plone.app.multilingual.browser.setup import SetupMultilingualSite
from plone.app.multilingual.interfaces import ITranslationManager
from plone.app.testing import applyProfile
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.storage.model import Version
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.versions.minor_changes import declare_minor
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.visible import visible_version
from tests.audience.people import expect
from tests.audience.people import give_role
from tests.browser.dashboard.dashboards import DASHBOARD
from tests.browser.dashboard.dashboards import documents
from tests.browser.dashboard.dashboards import links
from tests.browser.dashboard.dashboards import MEMBERS
from tests.browser.dashboard.dashboards import members
from tests.browser.report.readings import record
from tests.browser.report.reports import evidence_in
from tests.browser.report.reports import names_in
from tests.browser.report.reports import tabs_in
from tests.browser.report.reports import text_of
from tests.browser.report.versions import record as record_version

import pytest
import re
import transaction


REPORT = "/en/agenda/@@who-read-this"
HIDDEN = "There are translations whose readers you may not see."
ONCE_FOR_EACH = (
    "People who have read two translations are listed once for each, but counted once"
)


@pytest.fixture
def english(site):
    """An agenda that Alice, Bob and Carol are expected to read, and a German one."""
    with api.env.adopt_roles(["Manager"]):
        applyProfile(site, "plone.app.multilingual:default")
        api.portal.get_tool("portal_languages").addSupportedLanguage("de")
        SetupMultilingualSite(site).setupSite(site)
        english = api.content.create(site.en, "Document", "agenda", "Agenda")
        ITranslationManager(english).add_translation("de")
        german = ITranslationManager(english).get_translation("de")
        german.title = "Tagesordnung"
        german.reindexObject()
        for content in (english, german):
            api.content.transition(content, "publish")
            choose(content, Choice.TRACK)
    expect(english, "alice", "bob", "carol")
    return english


@pytest.fixture
def german(english):
    return ITranslationManager(english).get_translation("de")


def test_readers_of_a_translation_are_listed_with_its_page(
    english, german, visitor, chart_of_few
):
    record(german, "bob")
    record(english, "bob")
    record(german, "alice")
    answer = visitor("manager").get(REPORT)
    assert tabs_in(answer) == {
        "Read": 2,
        "Not yet": 1,
        "Older version": 0,
        "Excused": 0,
    }
    assert names_in(answer) == ["Alice Anders", "Bob Berger", "Bob Berger"]
    text = text_of(answer)
    assert ONCE_FOR_EACH in text
    assert "2 readers of the current version" in text
    assert "in one of its languages, expected" in text
    evidence = evidence_in(answer)
    assert (evidence["Opened"], evidence["Engaged"]) == (2, 0)
    counts = "the current version, or one that counts as current"
    assert f"2 of 3 have opened {counts}." in text
    assert re.search("Total readers .* 2 2", text)
    assert f"/{german.absolute_url(relative=True).partition('/')[2]}" in text
    assert HIDDEN not in text
    answer = visitor("manager").get(f"{REPORT}?tab=absent")
    assert names_in(answer) == ["Carol Castillo"]
    assert ONCE_FOR_EACH not in text_of(answer)


def test_readers_of_a_translation_that_is_hidden_count_but_are_not_listed(
    english, german, visitor
):
    record(german, "bob")
    give_role(english, "carol")
    answer = visitor("carol").get(REPORT)
    assert names_in(answer) == []
    assert HIDDEN in text_of(answer)
    assert "Tagesordnung" not in text_of(answer)
    answer = visitor("carol").get(f"{REPORT}?tab=absent")
    assert names_in(answer) == ["Alice Anders", "Carol Castillo"]


def test_a_minor_change_of_a_translation_is_told_with_its_address(
    english, german, visitor
):
    older = Version("3", "of-an-older-text")
    record_version(german, "bob", older)
    current = visible_version(german).digest
    with api.env.adopt_roles(["Manager"]):
        texts = (DeclaredText(current), DeclaredText(older.digest, older.label))
        declare_minor(german, texts, "Ein Komma")
    transaction.commit()
    answer = visitor("manager").get(REPORT)
    assert names_in(answer) == ["Bob Berger"]
    path = "/".join(german.getPhysicalPath()).removeprefix("/plone")
    assert f"{path}: Version 3 counts as well: Ein Komma" in text_of(answer)


def test_a_page_in_one_language_says_nothing_of_translations(english, german, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(german)
    transaction.commit()
    record(english, "bob")
    text = text_of(visitor("manager").get(REPORT))
    assert "ranslation" not in text


def hide_in_catalog(content):
    """Content is gone, and the catalog has not heard of it."""
    content.aq_parent._tree.pop(content.getId())
    transaction.commit()


def test_a_translation_that_is_gone_does_not_break_a_report(english, german, visitor):
    expect(german, "alice", "bob", "carol")
    record(english, "bob")
    hide_in_catalog(german)
    for name in ("manager", "carol"):
        give_role(english, "carol")
        assert names_in(visitor(name).get(REPORT)) == ["Bob Berger"]
    give_role(english.aq_parent, "carol")
    answer = visitor("carol").get("/en/@@who-read-this?view=list")
    assert names_in(answer) == ["Bob Berger"]
    answer = visitor("manager").get(DASHBOARD)
    assert documents(answer) == {"Agenda": ["1 of 3", "1"]}


def test_an_item_of_a_folder_that_is_gone_does_not_break_its_report(
    english, german, visitor
):
    record(english, "bob")
    give_role(german.aq_parent, "carol")
    hide_in_catalog(german)
    assert names_in(visitor("carol").get("/de/@@who-read-this?view=list")) == []


def test_a_member_counts_once_for_a_paper_and_its_translation(english, german, visitor):
    expect(german, "alice", "bob", "carol")
    record(german, "bob")
    manager = visitor("manager")
    answer = manager.get(DASHBOARD)
    assert documents(answer) == {
        "Agenda": ["1 of 3", "0"],
        "Tagesordnung": ["1 of 3", "1"],
    }
    assert "1 of 3 expected readings known" in text_of(answer)
    assert members(manager.get(MEMBERS)) == [
        ["Alice Anders alice", 1, 0, 1],
        ["Carol Castillo carol", 1, 0, 1],
        ["Bob Berger bob", 0, 1, 1],
    ]
    link = links(manager.get(MEMBERS))["Alice Anders"]
    text = text_of(manager.get(link.partition("/plone")[2]))
    assert "Documents that this member is expected to read: 1." in text
    assert "Current version not known to be read: 1." in text


def test_a_translation_can_be_for_others(english, german, visitor):
    expect(english, "alice", "bob")
    expect(german, "bob", "carol")
    record(english, "bob")
    manager = visitor("manager")
    answer = manager.get(DASHBOARD)
    assert documents(answer) == {
        "Agenda": ["1 of 2", "1"],
        "Tagesordnung": ["1 of 2", "0"],
    }
    assert "1 of 3 expected readings known" in text_of(answer)
    assert members(manager.get(MEMBERS)) == [
        ["Alice Anders alice", 1, 0, 1],
        ["Carol Castillo carol", 1, 0, 1],
        ["Bob Berger bob", 0, 1, 1],
    ]


def test_where_each_has_to_be_read_each_counts(english, german, visitor):
    name = f"{IEvidenceSettings.__identifier__}.any_translation"
    api.portal.set_registry_record(name, False)
    expect(german, "alice", "bob", "carol")
    record(german, "bob")
    text = text_of(visitor("manager").get(DASHBOARD))
    assert "1 of 6 expected readings known" in text
