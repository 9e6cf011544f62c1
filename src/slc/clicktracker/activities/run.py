"""``Run``: what a member did without a long pause."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from slc.clicktracker.storage.events.model import MemberEvent


#: No run is longer. What nobody could do without a pause a program did, and whoever
#: looks at runs holds one of them in memory.
MOST_EVENTS = 10_000

_MINUTE = 60 * 1_000_000


def nothing_known(document: str) -> int | None:
    """Return when a document was made: nobody knows."""


def no_type_known(document: str) -> str:
    """Return of which type a document is, "" as nobody knows."""
    return ""


@dataclass(frozen=True, slots=True)
class Run:
    """Events of one member in the order in which they occurred, one at least.

    ``created`` says when a document was made, by its UID, in microseconds since 1970; None
    where nobody knows, as for one that was deleted. ``type_of`` says of which type it is,
    where the event doesn't: what is told by a browser comes without.
    """

    events: tuple[MemberEvent, ...]
    created: Callable[[str], int | None] = nothing_known
    type_of: Callable[[str], str] = no_type_known

    def portal_type(self, event: MemberEvent) -> str:
        """Return of which type the content of an event is, "" where nobody knows."""
        if event.portal_type or not event.document:
            return event.portal_type
        return self.type_of(event.document)

    def age(self, event: MemberEvent) -> int | None:
        """Return for how many microseconds there had been the document of an event; None
        where nobody knows. What was made later, as by an import, was just made."""
        made = self.created(event.document) if event.document else None
        return None if made is None else max(event.occurred - made, 0)


def runs_of(
    events: Iterable[MemberEvent], gap: int, most: int = MOST_EVENTS
) -> Iterator[tuple[MemberEvent, ...]]:
    """Yield the events of each run, of events sorted by member and time.

    A run ends where nothing happens for more than ``gap`` minutes, where the member comes
    from one group into the other, and after ``most`` events.
    """
    longest = gap * _MINUTE
    run: list[MemberEvent] = []
    for event in events:
        if run and not _goes_on(run, event, longest, most):
            yield tuple(run)
            run = []
        run.append(event)
    if run:
        yield tuple(run)


def _goes_on(
    run: list[MemberEvent], event: MemberEvent, longest: int, most: int
) -> bool:
    last = run[-1]
    return (
        event.occurred - last.occurred <= longest
        and event.reader == last.reader
        and event.cohort == last.cohort
        and len(run) < most
    )
