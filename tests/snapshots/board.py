"""A paper of the board that is read, and what was known of that."""

from slc.clicktracker.storage.model import utc_now
from tests.audience.people import expect
from tests.browser.report.readings import record


def read_agenda(board):
    """Return the agenda, which alice and bob are expected to read; alice has, and so has
    carol, who wasn't asked."""
    agenda = board.agenda
    expect(agenda, "alice", "bob")
    for reader in ("alice", "carol"):
        record(agenda, reader, utc_now())
    return agenda


def who(found):
    """Return the ids of those who were expected, or had read, in a snapshot."""
    return [each.reader and each.reader.user for each in found]
