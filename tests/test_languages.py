"""Translations are documents of their own; shared content is one document."""

from plone import api
from plone.app.multilingual.interfaces import ITranslationManager
from slc.clicktracker.reports.place import Place
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.tracking.choice import tracking_of


def test_shared_content_is_one_document_in_every_language(languages):
    shared = api.content.create(languages.en.assets, "Document", "rules")
    english = languages.en.assets.rules
    german = languages.de.assets.rules
    assert english.UID() != german.UID()
    assert document_uid(english) == document_uid(german) == document_uid(shared)


def test_the_report_finds_shared_content_in_every_language(languages):
    api.content.create(languages.en.assets, "Document", "rules")
    uid = document_uid(languages.en.assets.rules)
    for language in (languages.en, languages.de):
        assert uid in Place(language).uids


def test_translations_are_documents_of_their_own(languages):
    english = api.content.create(languages.en, "Document", "agenda")
    manager = ITranslationManager(english)
    manager.add_translation("de")
    german = manager.get_translation("de")
    assert document_uid(english) != document_uid(german)


def test_what_is_tracked_in_one_language_folder_is_not_in_the_other(languages):
    choose(languages.de, Choice.TRACK)
    english = api.content.create(languages.en, "Document", "agenda")
    german = api.content.create(languages.de, "Document", "agenda")
    assert not tracking_of(english).tracked
    assert tracking_of(german).tracked
