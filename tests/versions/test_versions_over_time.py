"""A version is found once for each modification, whatever modifies the content."""

from Acquisition import aq_base
from plone import api
from plone.app.iterate.interfaces import ICheckinCheckoutPolicy
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.versions import visible
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.versions.visible import visible_text
from slc.clicktracker.versions.visible import visible_version
from tests.versions.content import behaviour
from tests.versions.content import digest
from tests.versions.content import image
from tests.versions.content import rich

import os
import pytest
import transaction


@pytest.fixture
def committed(site):
    with api.env.adopt_roles(["Manager"]):
        yield site.board.agenda


@pytest.fixture
def computed(monkeypatch):
    """How often a version was really computed."""
    calls = []
    compute = visible._uncounted

    def counted(content):
        calls.append(content)
        return compute(content)

    monkeypatch.setattr(visible, "_uncounted", counted)
    return calls


def save(content):
    api.portal.get_tool("portal_repository").save(content)
    transaction.commit()


def test_it_is_computed_once_for_each_modification(committed, computed):
    before = visible_version(committed)
    for _ in range(3):
        assert visible_version(committed) == before
    assert len(computed) == 1
    committed.title = "Other"
    transaction.commit()
    changed = visible_version(committed)
    assert changed.digest != before.digest
    assert visible_version(committed) == changed
    assert len(computed) == 2


def test_words_are_counted_for_those_alone_who_ask_for_them(committed, monkeypatch):
    """A report of 5,000 documents doesn't."""
    counted, count = [], visible.word_count
    monkeypatch.setattr(visible, "word_count", lambda t: counted.append(t) or count(t))
    text = visible_text(committed)
    assert counted == []
    version = visible_version(committed)
    assert (text_key(version), version.words > 0) == (text, True)
    assert counted


@pytest.mark.parametrize(
    "portal_type",
    ["Document", "News Item", "Event", "Link", "Folder", "Collection", "Image"],
)
def test_to_look_at_it_changes_nothing(committed, portal_type):
    content = api.content.create(committed.aq_parent, portal_type, "thing")
    transaction.commit()
    # As what is made by a script, which is nobody; to index it names a creator.
    content.creators = ()
    transaction.commit()
    with api.env.adopt_user("bob"):
        assert digest(content)
    assert content._p_jar._registered_objects == []


def test_what_is_not_committed_is_not_remembered(committed, computed):
    before = visible_version(committed)
    committed.title = "Other"
    changed = visible_version(committed)
    assert changed.digest != before.digest
    transaction.savepoint()
    assert visible_version(committed) == changed
    transaction.abort()
    assert visible_version(committed) == before
    assert len(computed) == 3


def test_what_was_forgotten_is_computed_again(committed, computed, monkeypatch):
    monkeypatch.setattr(visible, "_known", Bounded(2))
    board = committed.aq_parent
    for content in (board, committed, board, board.budget):
        visible_text(content)
    assert len(computed) == 3
    visible_version(board)
    assert len(computed) == 3
    visible_version(committed)
    assert len(computed) == 4


def test_another_field_of_the_type_counts_at_once(committed, computed):
    visible_version(committed)
    with behaviour("Document", "plone.leadimage"):
        transaction.commit()
        visible_version(committed)
        assert len(computed) == 2
    transaction.commit()


def test_a_missing_file_leaves_the_page_as_it_is(committed, caplog):
    news = api.content.create(committed.aq_parent, "News Item", "news", "News")
    without = visible_version(news)
    news.image = image()
    transaction.commit()
    with news.image.open() as file:
        path = file.name
    os.remove(path)
    news._p_jar.cacheMinimize()
    assert visible_version(news) == without
    assert "image" in caplog.text and "can't be read" in caplog.text


def test_reverting_brings_back_the_version_that_it_was(committed):
    committed.text = rich("<p>Text</p>")
    transaction.commit()
    first = visible_version(committed)
    save(committed)
    saved = visible_version(committed)
    committed.text = rich("<p>Other</p>")
    save(committed)
    changed = visible_version(committed)
    assert (saved.digest, saved.words) == (first.digest, first.words)
    assert changed.digest != saved.digest
    assert changed.label != saved.label
    repository = api.portal.get_tool("portal_repository")
    repository.revert(committed, int(saved.label))
    transaction.commit()
    assert digest(committed) == first.digest


def test_an_old_version_has_the_digest_that_it_had(committed):
    save(committed)
    saved = visible_version(committed)
    committed.text = rich("<p>Other</p>")
    save(committed)
    repository = api.portal.get_tool("portal_repository")
    old = repository.retrieve(committed, int(saved.label)).object
    assert digest(old) == saved.digest


def test_a_working_copy_that_is_checked_in_unchanged_is_the_same_version(committed):
    committed.text = rich("<p>Text</p>")
    save(committed)
    before = visible_version(committed)
    copy = ICheckinCheckoutPolicy(committed).checkout(committed.aq_parent)
    transaction.commit()
    assert digest(copy) == before.digest
    checked_in = ICheckinCheckoutPolicy(copy).checkin("")
    transaction.commit()
    assert aq_base(checked_in) is aq_base(committed.aq_parent.agenda)
    assert digest(checked_in) == before.digest


def test_a_copy_shows_the_same_and_an_edit_of_it_does_not(committed):
    copy = api.content.copy(committed, committed.aq_parent, "copy")
    assert digest(copy) == digest(committed)
    copy.title = "Other"
    assert digest(copy) != digest(committed)
