"""An acknowledgement of a translation counts where reading any translation does."""

from plone import api
from plone.app.multilingual.interfaces import ITranslationManager
from slc.clicktracker.acknowledgements.asked import Choice
from slc.clicktracker.acknowledgements.asked import set_choice
from slc.clicktracker.acknowledgements.own import Own
from slc.clicktracker.acknowledgements.vouching import Vouching
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.tracking.choice import Choice as Tracking
from slc.clicktracker.tracking.choice import choose

import pytest


@pytest.fixture
def agenda(made_board, languages):
    """The agenda in English; everything in the site is tracked, and asks."""
    choose(languages, Tracking.TRACK)
    agenda = api.content.create(languages.en, "Document", "agenda", "Agenda")
    set_choice(agenda, Choice(True), "")
    return agenda


@pytest.fixture
def tagesordnung(agenda):
    manager = ITranslationManager(agenda)
    manager.add_translation("de")
    return manager.get_translation("de")


@pytest.mark.parametrize("counts", [True, False])
def test_it_counts_as_a_reading_of_it_does(agenda, tagesordnung, counts):
    record = f"{IEvidenceSettings.__identifier__}.any_translation"
    api.portal.set_registry_record(record, counts)
    with api.env.adopt_user(username="alice"):
        reader = Own(tagesordnung).reader
    said = Vouching(tagesordnung).attestations([reader], "paper", "seen", "once")
    site_storage().acknowledge(said)
    with api.env.adopt_user(username="alice"):
        assert (Own(agenda).that_counts is not None) is counts
        assert Own(tagesordnung).that_counts is not None
