"""Noting what the server itself delivered to a reader, whoever calls back or not."""

from collections.abc import Callable
from functools import partial
from slc.clicktracker.collector.collector import Collector
from slc.clicktracker.collector.spool_line import PlainRecord
from slc.clicktracker.doors.answer_rules import AnswerRules
from slc.clicktracker.doors.answer_rules import rules_of_answers
from slc.clicktracker.doors.followed import event_of
from slc.clicktracker.doors.goals import note_chances
from slc.clicktracker.doors.out_of_the_way import complain
from slc.clicktracker.doors.out_of_the_way import out_of_the_way
from slc.clicktracker.doors.process import collector
from slc.clicktracker.doors.startup import tell_storage
from slc.clicktracker.doors.ticket_access import note_of
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.tickets.ticket import Ticket
from slc.clicktracker.visitors.signals import asks_not_to_be_tracked
from zope.globalrequest import getRequest

import transaction


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
        rules = rules_of_answers()
        if rules.takes_batches:
            # Not kept: a changed address counts from the next page on, everywhere.
            tell_storage()
            if rules.signals and asks_not_to_be_tracked(getRequest().environ):
                # The note itself is evidence.
                rules = rules._replace(members={}, goals=None)
            hook = transaction.get().addAfterCommitHook
            hook(_keep, (ticket, origin, is_whole, rules))


def _keep(
    is_committed: bool,
    ticket: Ticket,
    origin: str,
    is_whole: Callable[[Collector], bool],
    rules: AnswerRules,
) -> None:
    if not is_committed:
        return
    try:
        process = collector()
        if not process.is_alive:
            complain("the thread that stores is gone")
        elif is_whole(process):
            note = partial(_records_of, ticket, origin, rules)
            process.notes.add(ticket.site, note, rules.spool_limit)
    except Exception as error:
        complain(error)


def _records_of(
    ticket: Ticket, origin: str, rules: AnswerRules
) -> tuple[PlainRecord, ...]:
    """Return the note, with the event of a member whose events are recorded, and goals that
    may be reached. Nobody who asked for a page waits for that: it is made when the notes
    are taken to the spool."""
    try:
        note = note_of(ticket, origin)
        # Content that is only served is no event: its page calls back.
        members = rules.members if origin == DOWNLOADED else {}
        chances = note_chances(ticket, origin, rules.goals, note.issued)
        return (note, *event_of(note, members, ticket.path), *chances)
    except Exception as error:
        complain(error)
        return ()
