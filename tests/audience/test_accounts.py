"""Who has an account now: looked up or listed, the answer is the same."""

from plone import api
from slc.clicktracker.audience import accounts
from slc.clicktracker.audience.accounts import Accounts
from slc.clicktracker.storage.model import Reader
from tests.audience.people import add_accounts

import pytest


@pytest.fixture(params=[0, 1000], ids=["listed", "looked up"])
def known(request, monkeypatch, board):
    """Return a function: which of some user ids have an account."""
    monkeypatch.setattr(accounts, "_LOOKED_UP_FIRST", request.param)
    every = Accounts()

    def of(*users, folder=""):
        return [
            user for user in users if every.name_of(Reader(user, folder)) is not None
        ]

    return of


def test_members_are_known_and_others_are_not(known):
    assert known("alice", "nobody", "", "ALICE", "bob") == ["alice", "bob"]


def test_who_was_deleted_is_not_known(known):
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="bob")
    assert known("alice", "bob") == ["alice"]


def test_accounts_above_the_site_are_known(known):
    root = api.portal.get().aq_parent.acl_users
    root.users.addUser("boss", "boss", "correct horse")
    assert known("boss", "nobody") == ["boss"]
    assert known("boss", "alice", folder="/acl_users") == ["boss"]


def test_a_folder_that_is_gone_has_no_accounts(known):
    assert known("alice", folder="/gone/acl_users") == []


@pytest.mark.parametrize("looked_up_first", [0, 1000])
def test_members_have_the_name_that_they_have_now(board, monkeypatch, looked_up_first):
    monkeypatch.setattr(accounts, "_LOOKED_UP_FIRST", looked_up_first)
    root = api.portal.get().aq_parent.acl_users
    root.users.addUser("boss", "boss", "correct horse")
    api.user.get("bob").setMemberProperties({"fullname": "Bob Miller"})
    every = Accounts()
    names = {
        user: every.name_of(Reader(user, name="As it was"))
        for user in ("alice", "bob", "boss", "nobody")
    }
    assert names == {
        "alice": "Alice Anders",
        "bob": "Bob Miller",
        "boss": "",
        "nobody": None,
    }


def test_many_are_found_without_looking_each_up(board, monkeypatch):
    add_accounts(2000)
    looked_up = []
    find = api.user.get
    monkeypatch.setattr(
        api.user, "get", lambda **who: looked_up.append(who) or find(**who)
    )
    every = Accounts()
    readers = [Reader(f"member{number:05}") for number in range(2500)]
    assert [every.name_of(reader) for reader in readers].count(None) == 500
    assert len(looked_up) <= 100
