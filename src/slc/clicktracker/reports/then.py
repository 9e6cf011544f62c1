"""Who had read something at a moment, in words: what an answer is from, and its people."""

from collections.abc import Iterator
from dataclasses import dataclass
from plone import api
from slc.clicktracker import _
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.snapshots.as_of import AsOf
from slc.clicktracker.snapshots.as_of import NOW
from slc.clicktracker.snapshots.as_of import SNAPSHOT
from slc.clicktracker.snapshots.snapshot import ReadingThen
from slc.clicktracker.storage.model import LEVELS
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import local_time
from zope.i18nmessageid import Message


NOT_KNOWN = _(
    "The storage of this site can't tell who has read what, so there are no snapshots and "
    "no seals."
)

FORGOTTEN = _("Somebody whom the site has forgotten")

EMPTINESS = _(
    "Nothing is known of that moment: there is no snapshot from before, and the single "
    "page views of that time are not kept any more."
)


@dataclass(frozen=True)
class PersonRow:
    """A person: ``name``, was the document expected to be read by them (None: not known),
    and what was known of that."""

    name: str
    is_expected: bool | None
    is_able: bool
    reading: ReadingThen | None

    @property
    def level(self) -> Level | None:
        return None if self.reading is None else level_of(self.reading.level)


def source_of(found: AsOf) -> Message:
    """Return what an answer is from, in words."""
    if found.readings == NOW:
        return _("This is what is known now.")
    if found.snapshot is None:
        return _(
            "How far readers had got was computed from single page views. Who was "
            "expected then is not known, because there is no snapshot from before."
        )
    names = {"time": local_time(found.snapshot.moment)}
    if found.readings == SNAPSHOT:
        return _(
            "All of this is from the snapshot of ${time}, the last one before. The "
            "single page views of that time are not kept any more.",
            mapping=names,
        )
    return _(
        "How far readers had got was computed from single page views. Who was expected "
        "is from the snapshot of ${time}, the last one before.",
        mapping=names,
    )


def summary_of(found: AsOf) -> Message:
    """Return how far those were who were expected, in words."""
    then = found.then
    deadline = then.deadline
    level = deadline.level if deadline else LEVELS[0]
    names = {
        "read": localized_number(
            sum(then.has_read(each, level) for each in then.expected)
        ),
        "expected": localized_number(len(then.expected)),
        "level": api.portal.translate(level_of(level).title),
    }
    if level == ACKNOWLEDGED.name:
        # Nobody reads this as that they had not read it: their levels stand below.
        return _(
            "${read} of ${expected} expected people had acknowledged the version that was "
            "current then, or were attested to have read it, as far as is known.",
            mapping=names,
        )
    return _(
        "${read} of ${expected} expected people had read the version that was current "
        "then, as far as is known. Evidence asked for: ${level}.",
        mapping=names,
    )


def person_rows(found: AsOf) -> Iterator[PersonRow]:
    """Yield those who were expected, then all others who had read it."""
    then = found.then
    shown = set()
    for each in then.expected:
        reading = then.reading_of(each)
        shown.add(id(reading))
        yield PersonRow(shown_name(each.reader), True, each.able, reading)
    is_expected = False if found.knows_expected else None
    for reading in then.readings:
        if id(reading) not in shown:
            name = shown_name(reading.reader, reading.generation)
            yield PersonRow(name, is_expected, True, reading)


def shown_name(reader: Reader | None, generation: int = 0) -> str:
    """Return a person as they were called then, with the id."""
    if reader is None:
        return api.portal.translate(FORGOTTEN)
    user = f"{reader.user} ({reader.folder})" if reader.folder else reader.user
    name = f"{reader.name} ({user})" if reader.name else user
    if not generation:
        return name
    return api.portal.translate(_("${name}, account deleted", mapping={"name": name}))
