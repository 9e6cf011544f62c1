"""Two connections declare and end at once: all of it is kept, and each ends once."""

from BTrees.OOBTree import OOBTree
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from slc.clicktracker.declarations.entries import add_end
from slc.clicktracker.declarations.entries import entries_of
from slc.clicktracker.declarations.entries import new_key
from ZODB import DB
from ZODB.DemoStorage import DemoStorage
from ZODB.POSException import ConflictError

import pytest
import transaction


DOCUMENTS = ("agenda", "budget", "lease")
KIND = "exception"


class Person:
    """Somebody with a connection of their own."""

    def __init__(self, database, name):
        self.name = name
        self.transaction = transaction.TransactionManager()
        self._connection = database.open(self.transaction)

    @property
    def tree(self):
        return self._connection.root()["declarations"]

    def declare(self, uid, text, kind=KIND, moment=0):
        key = new_key(self.tree, kind, uid, moment)
        self.tree[key] = (self.name, text, None)
        return key

    def end(self, key):
        return add_end(self.tree, key, (self.name,))

    def seen(self, uid, kind=KIND):
        return list(entries_of(self.tree, kind, uid))


@pytest.fixture
def database():
    """One in memory that merges what is written at once, as that of a site does."""
    database = new_database()
    yield database
    database.close()


def new_database():
    database = DB(DemoStorage())
    with database.transaction() as connection:
        connection.root()["declarations"] = OOBTree()
    return database


@pytest.fixture
def people(database):
    return Person(database, "alice"), Person(database, "bob")


@pytest.mark.parametrize("uids", [("agenda", "agenda"), ("agenda", "budget")])
@pytest.mark.parametrize("before", [0, 12, 200])
def test_nobody_who_declares_at_once_has_to_begin_anew(people, uids, before):
    alice, bob = people
    for number in range(before):
        alice.declare("agenda", number, moment=number)
    alice.transaction.commit()
    bob.transaction.begin()
    for who, uid in zip(people, uids, strict=True):
        who.declare(uid, "at once", moment=before)
    alice.transaction.commit()
    bob.transaction.commit()
    alice.transaction.begin()
    kept = [(uid, each[1]) for uid in set(uids) for each in alice.seen(uid)]
    for name, uid in zip(("alice", "bob"), uids, strict=True):
        assert (uid, (name, "at once", None)) in kept
    assert len(kept) == before + 2


def test_one_declares_while_another_ends_what_was_before(people):
    alice, bob = people
    key = alice.declare("agenda", "first")
    alice.transaction.commit()
    bob.transaction.begin()
    alice.declare("agenda", "second")
    assert bob.end(key)
    alice.transaction.commit()
    bob.transaction.commit()
    alice.transaction.begin()
    assert [(each[1][1], each[2]) for each in alice.seen("agenda")] == [
        ("first", ("bob",)),
        ("second", ()),
    ]


def test_of_two_who_end_it_at_once_the_second_is_told(people):
    alice, bob = people
    key = alice.declare("agenda", "first")
    alice.transaction.commit()
    bob.transaction.begin()
    assert alice.end(key) and bob.end(key)
    alice.transaction.commit()
    with pytest.raises(ConflictError):
        bob.transaction.commit()
    bob.transaction.abort()
    assert not bob.end(key)
    ((_key, _kept, end),) = bob.seen("agenda")
    assert end == ("alice",)


def test_kinds_and_documents_whose_names_begin_alike_are_kept_apart(people):
    alice, _bob = people
    names = ("a", "ab", "a\0", "")
    for kind in names:
        for uid in names:
            alice.declare(uid, (kind, uid), kind)
    for kind in names:
        for uid in names:
            ((_key, kept, _end),) = alice.seen(uid, kind)
            assert kept[1] == (kind, uid)


declaring = st.tuples(
    st.just("declare"), st.sampled_from(DOCUMENTS), st.integers(1, 25)
)
ending = st.tuples(st.just("end"), st.sampled_from(DOCUMENTS), st.integers(0, 60))
doings = st.lists(declaring | ending, max_size=5)


def do(who, doings, model):
    """Do what somebody does in one transaction; return what is new in the model by that.

    It is a list for each document, of a key, a text, and who has ended it.
    """
    new = []
    for what, uid, number in doings:
        known = model[uid]
        if what == "declare":
            for turn in range(number):
                new.append((uid, who.declare(uid, turn), turn, ""))
        elif known:
            place = number % len(known)
            key, text, ended_by = known[place]
            ends_now = (uid, key, text, who.name) not in new and not ended_by
            assert who.end(key) is ends_now
            if ends_now:
                new.append((uid, key, text, who.name))
    return new


def commit(who, doings, model):
    """As a server does, which lets somebody begin anew who comes second."""
    try:
        who.transaction.commit()
    except ConflictError:
        who.transaction.abort()
        new = do(who, doings, model)
        who.transaction.commit()
        return new


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(doings, doings), max_size=5))
def test_whatever_is_declared_and_ended_at_once_is_there_as_in_a_list(rounds):
    database = new_database()
    people = Person(database, "alice"), Person(database, "bob")
    model = {uid: [] for uid in DOCUMENTS}
    for both in rounds:
        for who in people:
            who.transaction.begin()
        done = [
            do(who, doings, model) for who, doings in zip(people, both, strict=True)
        ]
        for who, doings, new in zip(people, both, done, strict=True):
            again = commit(who, doings, model)
            write(model, new if again is None else again)
    for who in people:
        who.transaction.begin()
        for uid in DOCUMENTS:
            found = [
                (key, kept[1], end[0] if end else "")
                for key, kept, end in who.seen(uid)
            ]
            assert found == sorted(model[uid])
    database.close()


def write(model, new):
    """Write into the lists what somebody has done, after all that was there before."""
    for uid, key, text, ended_by in new:
        declared = model[uid]
        if ended_by:
            declared[[each[0] for each in declared].index(key)] = key, text, ended_by
        else:
            assert not any(key == each[0] for each in declared)
            declared.append((key, text, ""))
