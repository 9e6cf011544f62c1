"""Who has looked at what members do is forgotten with them."""

from datetime import timedelta
from slc.clicktracker.sites.looks import FEED
from slc.clicktracker.sites.looks import looks_at
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
