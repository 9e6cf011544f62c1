"""Who has read a document in another language has read it, where the site says so."""

from datetime import datetime
from datetime import timezone
from plone import api
from plone.app.multilingual.browser.setup import SetupMultilingualSite
from plone.app.multilingual.interfaces import ATTRIBUTE_NAME
from plone.app.multilingual.interfaces import ITranslationManager
from plone.app.testing import applyProfile
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.reports.place import Place
from slc.clicktracker.reports.readers import absent_of
from slc.clicktracker.reports.readers import readings_of
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.model import Version
from slc.clicktracker.versions import translations
from slc.clicktracker.versions.minor_changes import declare_minor
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.standing import Standing
from slc.clicktracker.versions.standing import standing_of
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.versions.visible import visible_version

import pytest
import uuid


NOON = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)


def text_of(content):
    return text_key(visible_version(content))


def choose_any_translation(value):
    name = f"{IEvidenceSettings.__identifier__}.any_translation"
    api.portal.set_registry_record(name, value)


@pytest.fixture
def site(board, portal):
    """A site in English and German."""
    applyProfile(portal, "plone.app.multilingual:default")
    api.portal.get_tool("portal_languages").addSupportedLanguage("de")
    SetupMultilingualSite(portal).setupSite(portal)
    return portal


@pytest.fixture
def english(site):
    return api.content.create(site.en, "Document", "agenda", "Agenda")


@pytest.fixture
def german(english):
    manager = ITranslationManager(english)
    manager.add_translation("de")
    german = manager.get_translation("de")
    german.title = "Tagesordnung"
    german.reindexObject()
    return german


def test_a_text_of_any_translation_counts(english, german):
    assert standing_of(english) == Standing(
        (english.UID(), german.UID()), (text_of(english), text_of(german))
    )
    assert standing_of(german).documents == (german.UID(), english.UID())


def test_each_translation_has_its_own_minor_changes(english, german):
    earlier = text_of(german)
    german.description = "Montag"
    german.reindexObject()
    texts = (DeclaredText(text_of(german)), DeclaredText(earlier))
    declare_minor(german, texts, "A missing comma")
    assert standing_of(english).current == (
        text_of(english),
        text_of(german),
        earlier,
    )


def test_where_each_translation_has_to_be_read_none_counts(english, german):
    choose_any_translation(False)
    assert standing_of(english) == Standing((english.UID(),), (text_of(english),))


def test_a_site_that_was_not_upgraded_yet_counts_any(english, german):
    registry = api.portal.get_tool("portal_registry")
    del registry.records[f"{IEvidenceSettings.__identifier__}.any_translation"]
    assert len(standing_of(english).documents) == 2


def test_a_document_without_translations_stands_for_itself(english):
    assert standing_of(english).documents == (english.UID(),)


def test_a_site_without_languages_has_no_translations(board, monkeypatch):
    alone = Standing((board.agenda.UID(),), (text_of(board.agenda),))
    assert standing_of(board.agenda) == alone
    monkeypatch.setattr(translations, "ITG", None)
    assert standing_of(board.agenda) == alone


def test_what_all_languages_share_is_one_document(site):
    api.content.create(site.en.assets, "Document", "rules")
    for shared in (site.en.assets.rules, site.de.assets.rules):
        assert standing_of(shared).documents == (document_uid(shared),)


def test_a_copy_is_no_translation(english, german, site):
    copy = api.content.copy(english, site.en, "copy")
    assert standing_of(copy).documents == (copy.UID(),)


def test_looking_for_translations_writes_nothing(english, german):
    # As with content from before the site had languages.
    delattr(english, ATTRIBUTE_NAME)
    assert standing_of(english).documents == (english.UID(),)
    assert ATTRIBUTE_NAME not in vars(english)


def test_a_document_with_translations_is_a_single_one(english, german):
    place = Place(english)
    assert place.is_single
    assert place.uids == (english.UID(), german.UID())
    assert place.documents[german.UID()].title == "Tagesordnung"
    assert list(place.translations) == [german.UID()]
    assert not place.hides_translations


def test_a_folder_has_no_translations(english, german, site):
    assert german.UID() not in Place(site.en).uids
    assert not Place(site.en).hides_translations


@pytest.mark.parametrize("is_private", [True, False])
def test_readers_of_a_hidden_translation_are_not_listed_but_count(
    english, german, is_private
):
    """It is private, or the viewer may see the readers of the other one only."""
    api.content.transition(english, "publish")
    if is_private:
        api.user.grant_roles(username="carol", roles=["Tracking Manager"])
    else:
        api.content.transition(german, "publish")
        english.manage_addLocalRoles("carol", ["Tracking Manager"])
    with api.env.adopt_user("carol"):
        place = Place(english)
        assert place.uids == (english.UID(),)
        assert place.standing.documents == (english.UID(), german.UID())
        assert place.hides_translations
        assert place.is_single
        assert place.translations == {}


def record(content, user, version=None):
    """Somebody has read content, in the version that it is in now or another one."""
    access = Access(
        key=uuid.uuid4().hex,
        issued=NOON,
        opened=NOON,
        seen=NOON,
        document=Document(content.UID(), "/".join(content.getPhysicalPath())),
        reader=Reader(user),
        url="/agenda",
        version=version or visible_version(content),
    )
    site_storage().record([access])


def absent(content):
    expected = tuple(map(Reader, ("alice", "bob", "carol")))
    page = absent_of(Place(content), AbsenceQuery((), expected))
    return [row.reader.user for row in page.rows]


def listed(content, standing):
    """Return who is in the list, with the UID of what was read."""
    place = Place(content)
    query = ReadingQuery((), current=place.standing.current, standing=standing)
    rows = readings_of(place, query).rows
    return [(row.reader.user, row.document.uid) for row in rows]


def test_who_has_read_a_translation_is_not_missing(english, german):
    record(german, "bob")
    record(english, "carol")
    assert absent(english) == absent(german) == ["alice"]
    both = [("bob", german.UID()), ("carol", english.UID())]
    assert listed(english, "current") == listed(german, "current") == both
    choose_any_translation(False)
    assert absent(english) == ["alice", "bob"]
    assert listed(english, "current") == [("carol", english.UID())]


def test_who_has_read_two_translations_is_listed_once_for_each(english, german):
    record(german, "bob")
    record(english, "bob")
    found = listed(english, "current")
    assert sorted(found) == sorted([("bob", german.UID()), ("bob", english.UID())])


def test_who_has_read_a_current_translation_is_not_behind(english, german):
    older = Version("", "of-an-older-text")
    record(english, "alice", older)
    record(english, "bob", older)
    record(german, "bob")
    assert listed(english, "older") == [("alice", english.UID())]
    assert listed(english, "current") == [("bob", german.UID())]


def test_who_has_read_a_hidden_translation_is_not_missing(english, german):
    api.content.transition(english, "publish")
    api.user.grant_roles(username="carol", roles=["Tracking Manager"])
    record(german, "bob")
    with api.env.adopt_user("carol"):
        assert absent(english) == ["alice", "carol"]
        assert listed(english, "current") == []
