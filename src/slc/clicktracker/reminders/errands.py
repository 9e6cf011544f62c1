"""``Errand``: a mail that somebody is to get today, and what is to be in it.

These are found for the whole site at once. Who still has to get what is looked at again,
as that member, when the mail is sent.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker.reminders.reminded import all_reminded
from slc.clicktracker.reminders.reminded import Step
from slc.clicktracker.reminders.wishes import Wishes
from slc.clicktracker.reports.dated import Dated
from slc.clicktracker.reports.dated import dated_among
from slc.clicktracker.reports.dated import Lacking
from slc.clicktracker.reports.dated import lacking_of
from slc.clicktracker.tracking.tracked import all_tracked


#: Whom a mail is for: those who are missing, or those who have set the deadline.
READER = "reader"
OWNER = "owner"
KINDS = (READER, OWNER)


@dataclass(frozen=True)
class Errand:
    """A mail of one of the ``KINDS`` for a ``user`` of the site, by id: about these steps,
    of documents at the ``paths``."""

    kind: str
    user: str
    steps: tuple[Step, ...]
    paths: tuple[str, ...]

    @property
    def key(self) -> str:
        """What is kept of such mails is found by it."""
        return key_of(self.kind, self.user)

    @property
    def places(self) -> list[tuple[str, str]]:
        """The documents that it is about: the UID and the path of each."""
        steps = zip(self.steps, self.paths, strict=True)
        return list(dict.fromkeys((step.uid, path) for step, path in steps))


def key_of(kind: str, user: str) -> str:
    return f"remind-{kind}:{user}"


def user_of(key: str) -> tuple[str, str] | None:
    """Return the kind and the user of a key, None for that of another mail."""
    for kind in KINDS:
        if key.startswith(key_of(kind, "")):
            return kind, key[len(key_of(kind, "")) :]
    return None


def errands(wishes: Wishes, now: datetime) -> list[Errand]:
    """Return those of this moment, by user. Raises ``StorageError``."""
    if not (wishes.to_readers or wishes.to_owners):
        return []
    found: dict[tuple[str, str], list[tuple[Step, str]]] = defaultdict(list)
    done = {key: {each.step for each in kept} for key, kept in all_reminded().items()}
    at_step = steps_of(dated_among(all_tracked()), wishes, now)
    for lacking, step in _lacking_at(at_step):
        path = lacking.dated.document.item.path
        for kind, user in _recipients(lacking, wishes):
            if step not in done.get(key_of(kind, user), ()):
                found[kind, user].append((step, path))
    return [
        Errand(kind, user, *map(tuple, zip(*entries, strict=True)))
        for (kind, user), entries in sorted(found.items())
    ]


def steps_of(
    dated: Iterable[Dated], wishes: Wishes, now: datetime
) -> list[tuple[Dated, Step]]:
    """Return those that are at a step now and remind people."""
    found = []
    for each in dated:
        if not each.deadline.reminds:
            continue
        declaration = each.declaration
        step = wishes.schedule.step(each.deadline, declaration.since, now)
        if step is not None:
            found.append((each, Step.of(each.document.uid, declaration, step)))
    return found


def _lacking_at(
    at_step: list[tuple[Dated, Step]],
) -> Iterable[tuple[Lacking, Step]]:
    steps = {id(dated): step for dated, step in at_step}
    for lacking in lacking_of(dated for dated, _step in at_step):
        yield lacking, steps[id(lacking.dated)]


def _recipients(lacking: Lacking, wishes: Wishes) -> Iterable[tuple[str, str]]:
    """Yield who is to get a mail: members of the site, who have an address there."""
    if wishes.to_readers:
        yield from ((READER, each.user) for each in lacking.missing if not each.folder)
    owner = lacking.dated.declaration.by
    if wishes.to_owners and owner.user and not owner.folder:
        yield OWNER, owner.user
