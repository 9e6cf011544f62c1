"""Noting what the server itself delivered to a reader, whoever calls back or not."""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from functools import partial
from slc.clicktracker.collector.collector import Collector
from slc.clicktracker.collector.spool_line import PlainRecord
from slc.clicktracker.doors.followed import event_of
from slc.clicktracker.doors.goals import note_chances
from slc.clicktracker.doors.process import collector
from slc.clicktracker.doors.startup import tell_storage
from slc.clicktracker.doors.ticket_access import note_of
from slc.clicktracker.goals.goal import GoalRules
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.sites.cohorts import recorded_members
from slc.clicktracker.sites.goals import goal_rules
from slc.clicktracker.sites.rules import spool_limit
from slc.clicktracker.sites.storage import takes_batches
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.tickets.ticket import Ticket
from ZODB.POSException import ConflictError

import logging
import transaction


logger = logging.getLogger("slc.clicktracker")

_said = OnceAMinute()


@contextmanager
def out_of_the_way() -> Iterator[None]:
    """Whatever goes wrong in here, the answer goes out as if nothing had been. A
    conflict is raised, so that the request is made once more."""
    try:
        yield
    except ConflictError:
        raise
    except Exception as error:
        complain(error)


def _always(process: Collector) -> bool:
    return True


def note_delivered(
    ticket: Ticket, origin: str, is_whole: Callable[[Collector], bool] = _always
) -> None:
    """Have it noted that what a ticket says was delivered, with the origin of a note.

    That happens when the current transaction has committed: what ends in an error was
    not delivered, nor what is made once more after a conflict; and only if ``is_whole``
    then says so to the collector of this process. A storage of two methods can't keep
    such a note. A conflict is raised, so that the request is made once more.
    """
    with out_of_the_way():
        if takes_batches():
            tell_storage()
            # Content that is only served is no event: its page calls back.
            members = recorded_members() if origin == DOWNLOADED else {}
            goals = goal_rules()
            hook = transaction.get().addAfterCommitHook
            hook(_keep, (ticket, origin, is_whole, spool_limit(), members, goals))


def _keep(
    is_committed: bool,
    ticket: Ticket,
    origin: str,
    is_whole: Callable[[Collector], bool],
    limit: int,
    members: Mapping[str, str],
    goals: GoalRules | None,
) -> None:
    if not is_committed:
        return
    try:
        process = collector()
        if not process.is_alive:
            complain("the thread that stores is gone")
        elif is_whole(process):
            note = partial(_records_of, ticket, origin, members, goals)
            process.notes.add(ticket.site, note, limit)
    except Exception as error:
        complain(error)


def complain(error: Exception | str) -> None:
    """Whatever it is, the answer goes out as if nothing had been."""
    if _said.is_due("delivered"):
        logger.error(
            "It is not noted now to whom pages and files are served: %s. See the "
            "status in Site Setup, ClickTracker Settings.",
            error,
            exc_info=error if isinstance(error, Exception) else None,
        )


def _records_of(
    ticket: Ticket, origin: str, members: Mapping[str, str], goals: GoalRules | None
) -> tuple[PlainRecord, ...]:
    """Return the note, with the event of a member whose events are recorded, and goals that
    may be reached. Nobody who asked for a page waits for that: it is made when the notes
    are taken to the spool."""
    try:
        note = note_of(ticket, origin)
        chances = note_chances(ticket, origin, goals, note.issued)
        return (note, *event_of(note, members, ticket.path), *chances)
    except Exception as error:
        complain(error)
        return ()
