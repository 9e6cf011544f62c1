"""Two people declare something about one document at once, in a site."""

from plone import api
from slc.clicktracker.audience.exceptions import end_exception
from slc.clicktracker.audience.exceptions import exceptions_at
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.versions.minor_changes import declare_minor
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.minor_changes import minor_changes_of
from ZODB.POSException import ConflictError

import pytest
import transaction


BOB, ALICE = Reader("bob"), Reader("alice")
TEXTS = DeclaredText("new"), DeclaredText("old")


def test_both_are_kept_though_nothing_was_declared_before(site, second, elsewhere):
    agenda = site.board.agenda
    elsewhere(excuse, BOB, "on leave")
    elsewhere(declare_minor, TEXTS, "A typo")
    excuse(agenda, ALICE, "wrote it")
    excuse(agenda, BOB, "ill")
    transaction.commit()
    second.commit()
    transaction.begin()
    kept = {(each.reader, each.reason) for each in exceptions_at(agenda)}
    assert kept == {(BOB, "on leave"), (ALICE, "wrote it"), (BOB, "ill")}
    assert [each.reason for each in minor_changes_of(agenda)] == ["A typo"]
    assert end_exception(agenda, BOB)
    ended = [each.reason for each in exceptions_at(agenda) if each.ended]
    assert sorted(ended) == ["ill", "on leave"]


def test_who_ends_it_second_begins_anew_and_finds_it_ended(site, second, elsewhere):
    agenda = site.board.agenda
    with api.env.adopt_user("carol"):
        excuse(agenda, BOB, "on leave")
    transaction.commit()
    second.begin()
    assert elsewhere(end_exception, BOB)
    assert end_exception(agenda, BOB)
    transaction.commit()
    with pytest.raises(ConflictError):
        second.commit()
    second.abort()
    assert not elsewhere(end_exception, BOB)
