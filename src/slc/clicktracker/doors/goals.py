"""Which goals may be reached with what a ticket is of."""

from collections.abc import Sequence
from hashlib import sha256
from slc.clicktracker.collector.page_event import PageEvent
from slc.clicktracker.collector.spool_line import PlainRecord
from slc.clicktracker.doors.ticket_access import served_note
from slc.clicktracker.goals.goal import Goal
from slc.clicktracker.goals.goal import GoalRules
from slc.clicktracker.storage.goals.model import UNUSED
from slc.clicktracker.storage.goals.plain import PlainChance
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.outbox.plain import PlainHit
from slc.clicktracker.tickets.ticket import Ticket


def reading_chances(
    ticket: Ticket,
    rules: GoalRules | None,
    arrived: int,
    hits: Sequence[PlainHit] = (),
) -> tuple[PlainChance, ...]:
    """Return the chances to reach goals that a browser can tell of, whatever it has just
    told of a reading; none for guests, who are no readers.

    How far it is, the storage knows. ``hits`` are what services would be told of the page
    view: those that know a goal are told of it, with the same words.
    """
    if rules is None or not (ticket.tracked and ticket.user):
        return ()
    goals = rules.of_readings(ticket.path)
    return tuple(_chance(goal, ticket, rules, arrived, hits) for goal in goals)


def note_chances(
    ticket: Ticket, origin: str, rules: GoalRules | None, at: int
) -> tuple[PlainChance, ...]:
    """Return the chances that a note with this origin is. A file that was delivered has
    reached what is a download; with a page that was served nothing is reached yet, but from
    then on it can be."""
    if rules is None or not (ticket.tracked and ticket.user):
        return ()
    if origin == DOWNLOADED:
        goals = rules.of_downloads(ticket.path)
        return tuple(_chance(goal, ticket, rules, at) for goal in goals)
    chances = reading_chances(ticket, rules, at)
    return tuple(chance._replace(level=UNUSED) for chance in chances)


def event_chances(
    event: PageEvent,
    ticket: Ticket,
    rules: GoalRules | None,
    arrived: int,
    hits: Sequence[PlainHit] = (),
) -> tuple[PlainRecord, ...]:
    """Return the goals that an event of a page is. The ticket proves that the page was
    served, which is noted with it, as a goal is part of a reading."""
    if rules is None or not (ticket.tracked and ticket.user):
        return ()
    goals = rules.of_event(ticket.path, event.name)
    found = tuple(_chance(goal, ticket, rules, arrived, hits) for goal in goals)
    return (served_note(ticket), *found) if found else ()


def _chance(
    goal: Goal,
    ticket: Ticket,
    rules: GoalRules,
    arrived: int,
    hits: Sequence[PlainHit] = (),
) -> PlainChance:
    return PlainChance(
        goal=goal.known_as,
        level=goal.level,
        at=arrived,
        issued=microseconds(ticket.issued),
        uid=ticket.document,
        label=ticket.version,
        digest=ticket.digest,
        user=ticket.user,
        folder=ticket.folder,
        pace=rules.rule.words_per_minute,
        least=rules.rule.least_seconds,
        hits=tuple(
            hit._replace(
                key=_key(goal, ticket),
                goal=goal.ids[hit.service],
                # It belongs to its page view, also where that is joined with no other.
                session=hit.session or hit.key,
            )
            for hit in hits
            if hit.service in goal.ids
        ),
    )


def _key(goal: Goal, ticket: Ticket) -> str:
    """Return the key of what is told of it: of a reader and a text always the same."""
    text = ticket.digest or ticket.version
    parts = (goal.known_as, ticket.document, text, ticket.folder, ticket.user)
    said = "\n".join(("goal", *parts)).encode("utf-8", "surrogatepass")
    return sha256(said).hexdigest()[:32]
