"""Who has looked at what members do is forgotten with them."""

from datetime import timedelta
from slc.clicktracker.sites import looks
from slc.clicktracker.sites.looks import drop_looks
from slc.clicktracker.sites.looks import FEED
from slc.clicktracker.sites.looks import index_looks
from slc.clicktracker.sites.looks import looks_at
from slc.clicktracker.sites.looks import LOOKS_OF_PEOPLE
from slc.clicktracker.sites.looks import PATH
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from tests.sites.looks import delete_account
from tests.sites.looks import looked_at


BOB, CAROL = Reader("bob"), Reader("carol")


def test_a_later_account_of_the_id_does_not_see_who_looked_at_the_earlier_one(site):
    looked_at("alice", "bob", utc_now())
    looked_at("alice", "carol", utc_now())
    delete_account("bob")
    assert looks_at(BOB) == []
    assert len(looks_at(CAROL)) == 1


def test_whom_a_deleted_member_has_looked_at_still_knows_that_somebody_has(site):
    looked_at("bob", "carol", utc_now(), FEED)
    looked_at("bob", "carol", utc_now(), PATH)
    looked_at("alice", "carol", utc_now())
    delete_account("bob")
    found = looks_at(CAROL)
    assert sorted((each.by.user, each.what) for each in found) == [
        ("", FEED),
        ("", PATH),
        ("alice", FEED),
    ]
    assert all(utc_now() - each.at < timedelta(minutes=1) for each in found)
    delete_account("alice")
    assert {each.by.user for each in looks_at(CAROL)} == {""}


def test_the_looks_at_one_of_many_are_found_by_a_search(site, monkeypatch):
    for n in range(200):
        looked_at("alice", f"user-{n}", utc_now())
    looked_at("alice", "bob", utc_now())
    looked_at("bob", "carol", utc_now())
    read = []
    from_record = looks._from_record
    monkeypatch.setattr(
        looks, "_from_record", lambda kept: read.append(kept) or from_record(kept)
    )
    (look,) = looks_at(BOB)
    assert look.by == Reader("alice")
    assert len(read) == 1
    assert LOOKS_OF_PEOPLE.number_of(BOB) == 2
    # As in a site that has kept them without knowing of whom they are.
    looks._people.clear()
    assert looks_at(BOB) == []
    index_looks()
    assert looks_at(BOB) == [look]
    assert drop_looks(utc_now() + timedelta(hours=2), 1000) == 202
    assert list(looks._people.all()) == []
