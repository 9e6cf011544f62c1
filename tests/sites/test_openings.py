"""Who has opened what, among very many openings."""

from datetime import timedelta
from slc.clicktracker.sites import openings
from slc.clicktracker.sites.openings import drop_openings
from slc.clicktracker.sites.openings import forget_openings
from slc.clicktracker.sites.openings import index_openings
from slc.clicktracker.sites.openings import keep_opening
from slc.clicktracker.sites.openings import MATRIX
from slc.clicktracker.sites.openings import NamedList
from slc.clicktracker.sites.openings import old_openings
from slc.clicktracker.sites.openings import Opening
from slc.clicktracker.sites.openings import openings_by
from slc.clicktracker.sites.openings import openings_of
from slc.clicktracker.sites.openings import OPENINGS_OF_PEOPLE
from slc.clicktracker.sites.openings import READER
from slc.clicktracker.sites.openings import READERS
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now

import pytest


ALICE, BOB, CAROL = Reader("alice"), Reader("bob"), Reader("carol")
NOW = utc_now()
HOUR = timedelta(hours=1)


def opened(by, number, what=READERS, hours=0, person=None):
    listed = NamedList(what, f"uid-{number}", f"/site/{number}", person=person)
    assert keep_opening(Opening(by, listed, NOW - hours * HOUR, 3, ""))


@pytest.fixture
def many(site, monkeypatch):
    """Carol has opened two lists of each of many documents, and Alice one of each; and
    somebody what is known of Bob. Return what is looked at of them from now on."""
    for number in range(100):
        opened(CAROL, number, hours=number)
        opened(CAROL, number, MATRIX, hours=number)
    opened(ALICE, 7)
    opened(CAROL, 8, READER, person=BOB)
    looked = []
    from_record = openings._from_record
    monkeypatch.setattr(
        openings, "_from_record", lambda kept: looked.append(kept) or from_record(kept)
    )
    return looked


def is_seven(listed):
    return listed.uid == "uid-7" and listed.what == READERS


def test_only_lists_that_somebody_is_in_are_looked_at(many):
    asked = []

    def covers(listed):
        asked.append(listed)
        return is_seven(listed)

    found = [each.by.user for each in openings_of(BOB, covers)]
    assert sorted(found) == ["alice", "carol", "carol"]
    assert len(many) == 3
    assert len(asked) == len(set(asked)) == 200


def test_what_somebody_has_opened_is_found_among_that_of_others(many):
    assert [each.listed.uid for each in openings_by(ALICE)] == ["uid-7"]
    assert len(many) == 1
    forget_openings(ALICE)
    assert len(many) == 2
    assert list(openings_by(ALICE)) == []
    assert [each.by.user for each in openings_of(ALICE, is_seven)] == ["carol", ""]


def test_what_is_old_is_found_by_its_hour(many):
    before = NOW - 50 * HOUR
    number = old_openings(before)
    assert number in (98, 100)
    assert drop_openings(before, 10) == 10
    assert drop_openings(before, 1000) == number - 10
    assert drop_openings(before, 1000) == 0
    assert many == []
    uids = {uid for uid, *_list in openings._lists.all()}
    assert len(uids) == 100 - number // 2


def test_a_site_that_has_kept_them_without_that_finds_them_after_the_upgrade(many):
    number = OPENINGS_OF_PEOPLE.number_of(CAROL)
    for index in (openings._viewers, openings._hours, openings._lists):
        index.clear()
    assert list(openings_by(CAROL)) == []
    index_openings()
    assert (
        OPENINGS_OF_PEOPLE.number_of(CAROL) == len(list(openings_by(CAROL))) == number
    )
    assert len(list(openings_of(BOB, is_seven))) == 3
