"""Which texts stand for the current one: declared by whom, why, until when."""

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from plone import api
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.versions.minor_changes import current_texts
from slc.clicktracker.versions.minor_changes import declare_minor
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.minor_changes import minor_changes_of
from slc.clicktracker.versions.minor_changes import same_in_substance
from slc.clicktracker.versions.minor_changes import withdraw
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.versions.visible import visible_version
from zope.annotation.interfaces import IAnnotations

import pickle
import pytest


def text_of(content):
    return text_key(visible_version(content))


def write(content, description):
    """Change what readers see, and return what the text is known by."""
    content.description = description
    content.reindexObject()
    return text_of(content)


def declare(content, *earlier, reason="A typo"):
    texts = (text_of(content), *earlier)
    return declare_minor(content, tuple(map(DeclaredText, texts)), reason)


texts = st.sampled_from("abcdefgh")
groups = st.lists(st.lists(texts, min_size=1, max_size=4), max_size=6)


def part_with(text, groups):
    """Return the part with a text, where groups that overlap are made one."""
    parts = [{text}]
    for group in groups:
        apart = [part for part in parts if part.isdisjoint(group)]
        joined = set(group).union(*(part for part in parts if part not in apart))
        parts = [*apart, joined]
    (found,) = (part for part in parts if text in part)
    return found


@settings(max_examples=300)
@given(texts, groups, st.randoms(use_true_random=False))
def test_texts_stand_for_each_other_in_both_directions_and_along_a_chain(
    text, groups, random
):
    found = same_in_substance(text, groups)
    assert found[0] == text
    assert sorted(found) == sorted(part_with(text, groups))
    for other in found:
        assert set(same_in_substance(other, groups)) == set(found)
    random.shuffle(groups)
    assert set(same_in_substance(text, groups)) == set(found)


def test_without_a_declaration_only_the_current_text_counts(board):
    write(board.agenda, "Monday")
    assert current_texts(board.agenda) == (text_of(board.agenda),)


def test_an_earlier_text_counts_and_it_is_said_why_and_by_whom(board):
    first = text_of(board.agenda)
    write(board.agenda, "Mnday")
    before = utc_now()
    with api.env.adopt_user("carol"):
        assert declare(board.agenda, first)
    assert current_texts(board.agenda) == (text_of(board.agenda), first)
    (change,) = minor_changes_of(board.agenda)
    assert change.texts == (text_of(board.agenda), first)
    assert (change.reason, change.by) == ("A typo", Reader("carol"))
    assert before <= change.since <= utc_now()
    assert change.ended is change.ended_by is None


def test_one_minor_change_after_the_other_keeps_the_first_text(board):
    first = text_of(board.agenda)
    second = write(board.agenda, "one")
    declare(board.agenda, first)
    third = write(board.agenda, "two")
    declare(board.agenda, second)
    assert set(current_texts(board.agenda)) == {first, second, third}


def test_a_change_of_substance_leaves_all_behind_until_it_is_reverted(board):
    first = text_of(board.agenda)
    second = write(board.agenda, "one")
    declare(board.agenda, first)
    third = write(board.agenda, "All is different")
    assert current_texts(board.agenda) == (third,)
    write(board.agenda, "")
    assert current_texts(board.agenda) == (first, second)


def test_what_is_withdrawn_does_not_count_and_stays_on_record(board):
    first = text_of(board.agenda)
    write(board.agenda, "one")
    with api.env.adopt_user("carol"):
        declare(board.agenda, first)
    (change,) = minor_changes_of(board.agenda)
    with api.env.adopt_user("alice"):
        assert withdraw(board.agenda, change.since)
    assert current_texts(board.agenda) == (text_of(board.agenda),)
    (kept,) = minor_changes_of(board.agenda)
    assert (kept.reason, kept.by, kept.since) == (
        "A typo",
        Reader("carol"),
        change.since,
    )
    assert kept.ended_by == Reader("alice")
    assert change.since <= kept.ended <= utc_now()


def test_withdrawing_again_or_nothing_changes_nothing(board):
    first = text_of(board.agenda)
    write(board.agenda, "one")
    assert not withdraw(board.agenda, utc_now())
    declare(board.agenda, first)
    (change,) = minor_changes_of(board.agenda)
    withdraw(board.agenda, change.since)
    kept = minor_changes_of(board.agenda)
    assert not withdraw(board.agenda, change.since)
    assert minor_changes_of(board.agenda) == kept


def test_declaring_again_changes_nothing_unless_it_was_withdrawn(board):
    first = text_of(board.agenda)
    write(board.agenda, "one")
    assert declare(board.agenda, first)
    assert not declare(board.agenda, first, reason="Once more")
    (change,) = minor_changes_of(board.agenda)
    assert change.reason == "A typo"
    withdraw(board.agenda, change.since)
    assert declare(board.agenda, first, reason="Minor after all")
    assert set(current_texts(board.agenda)) == {text_of(board.agenda), first}


@pytest.mark.parametrize("reason", ["", "  \n", "\0", " \u200b\ufffd"])
def test_without_a_reason_nothing_is_declared(board, reason):
    first = text_of(board.agenda)
    write(board.agenda, "one")
    with pytest.raises(ValueError):
        declare(board.agenda, first, reason=reason)
    assert minor_changes_of(board.agenda) == ()


def test_a_long_or_broken_reason_is_kept_as_far_as_it_can_be(board):
    first = text_of(board.agenda)
    write(board.agenda, "one")
    declare(board.agenda, first, reason="a\0\ud800" + "x" * 5000)
    (change,) = minor_changes_of(board.agenda)
    assert change.reason == "a\ufffd\ufffd" + "x" * (LONGEST_REASON - 3)


def test_a_declaration_stays_with_the_document_and_not_with_its_copy(board, portal):
    first = text_of(board.agenda)
    write(board.agenda, "one")
    declare(board.agenda, first)
    copy = api.content.copy(board.agenda, portal, "copy")
    moved = api.content.move(board.agenda, portal)
    assert minor_changes_of(copy) == ()
    assert len(current_texts(moved)) == 2


def test_what_is_kept_can_be_loaded_without_the_package(board, portal):
    first = text_of(board.agenda)
    write(board.agenda, "one")
    earlier = DeclaredText(first, "1", utc_now())
    declare_minor(board.agenda, (DeclaredText(text_of(board.agenda)), earlier), "Typo")
    (change,) = minor_changes_of(board.agenda)
    assert change.declared == (DeclaredText(text_of(board.agenda)), earlier)
    withdraw(board.agenda, change.since)
    kept = IAnnotations(portal)["slc.clicktracker.evidence.declarations"]
    assert type(kept).__module__ == "BTrees.OOBTree"
    assert b"clicktracker" not in pickle.dumps(dict(kept))
