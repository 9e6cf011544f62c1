"""A read is recorded with its request: once after a conflict, never after an abort."""

from tests.both_doors import stored
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on
from ZODB.POSException import ConflictError

import pytest
import transaction


@pytest.fixture
def door():
    """The filter has no transaction."""
    return lambda url: url


def count(document):
    rows = stored(document)
    return sum(row.count for row in rows)


def test_a_request_that_is_repeated_after_a_conflict_counts_once(
    tracked, visitor, before_commit
):
    attempts = []

    def conflict_once(request):
        attempts.append(1)
        if len(attempts) == 1:
            raise ConflictError

    before_commit("callback", conflict_once)
    bob = visitor("bob")
    assert bob.post(CALLBACK, beacon(ticket_on(bob))).status_code == 200
    assert len(attempts) == 2
    assert count(tracked.agenda) == 1


def test_a_conflict_after_the_vote_counts_once(tracked, visitor, before_commit):
    class LateConflict:
        transaction_manager = transaction.manager
        votes = []

        def sortKey(self):
            return "~~after all others"

        def tpc_vote(self, txn):
            self.votes.append(1)
            if len(self.votes) == 1:
                raise ConflictError

        def nothing(self, txn):
            pass

        abort = commit = tpc_begin = tpc_finish = tpc_abort = nothing

    before_commit("callback", lambda request: transaction.get().join(LateConflict()))
    bob = visitor("bob")
    assert bob.post(CALLBACK, beacon(ticket_on(bob))).status_code == 200
    assert len(LateConflict.votes) == 2
    assert count(tracked.agenda) == 1


def test_an_aborted_request_records_nothing(tracked, visitor, before_commit):
    before_commit("callback", lambda request: transaction.doom())
    bob = visitor("bob")
    bob.post(CALLBACK, beacon(ticket_on(bob)))
    assert count(tracked.agenda) == 0


def test_a_failing_request_records_nothing(tracked, visitor, before_commit):
    def fail(request):
        raise RuntimeError("something else went wrong")

    before_commit("callback", fail)
    bob = visitor("bob")
    assert bob.post(CALLBACK, beacon(ticket_on(bob))).status_code == 500
    assert count(tracked.agenda) == 0


def test_recording_writes_nothing_to_the_zodb(tracked, visitor):
    bob = visitor("bob")
    message = beacon(ticket_on(bob))
    database = tracked._p_jar.db()
    before = database.lastTransaction()
    for _ in range(3):
        assert bob.post(CALLBACK, message).status_code == 200
    assert database.lastTransaction() == before
