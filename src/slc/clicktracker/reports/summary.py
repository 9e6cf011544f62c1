"""How far all readers of something got, expected or not, and the gap in what is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import ATTESTED
from slc.clicktracker.reports.levels import DOWNLOADED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import LEVELS
from slc.clicktracker.storage.model import Coverage
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import duration
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class EvidenceSummary:
    """How many readers there are at each level, and of whom nothing came back.

    ``coverage`` is None where the storage doesn't know; ``what_counts`` is None where
    nobody is expected, as in a folder, and it ``is_single`` where it is of one document.
    ``needed`` is a text's number of words, and the milliseconds from which on it counts
    as engaged; ``languages`` is in how many translations it is counted. It
    ``leaves_out`` whoever works on it.
    """

    coverage: Coverage | None
    what_counts: Message | None
    needed: tuple[int, int] | None = None
    languages: int = 1
    is_single: bool = False
    leaves_out: bool = False

    @property
    def figures(self) -> list[tuple[Level, int]]:
        """The levels of pages and what was downloaded, each where there is any."""
        downloaded = (DOWNLOADED,) if self.coverage.downloaded else ()
        pages = LEVELS if self.coverage.served or not downloaded else ()
        levels = (*pages, *downloaded)
        return [(level, getattr(self.coverage, level.name)) for level in levels]

    @property
    def declared(self) -> list[tuple[Level, int]]:
        """Who has acknowledged it, or is attested to have read it, where there is anybody."""
        both = (ACKNOWLEDGED, ATTESTED)
        numbers = [(level, getattr(self.coverage, level.name)) for level in both]
        return [(level, number) for level, number in numbers if number]

    def percent(self, number: int) -> int | None:
        """Return a number of readers in percent of those who were served the page, None
        where that is nobody."""
        served = self.coverage.served
        return 100 * number // served if served else None

    @property
    def has_evidence(self) -> bool:
        """Is anything known of anybody?"""
        if self.coverage is None:
            return False
        figures = (*self.figures, *self.declared)
        return any(number for _level, number in figures) or self.has_visits

    @property
    def has_visits(self) -> bool:
        """Was it opened by visitors without a log-in?"""
        return self.coverage.visits > 0

    @property
    def heading(self) -> Message:
        """What there is evidence for."""
        if self.what_counts is None:
            return _("Evidence")
        return _("Evidence for ${version}", mapping={"version": self.what_counts})

    @property
    def scope(self) -> Message:
        """Whose readings of what are counted."""
        if self.what_counts is None and self.is_single:
            return _("Each member counts once, whatever version they read.")
        if self.what_counts is None:
            return _(
                "These figures are readings: each member counts once for each item, "
                "whatever version they read. The report of each item counts people, "
                "and distinguishes versions."
            )
        version = {"version": self.what_counts}
        if self.languages > 1:
            return _(
                "All members who received ${version} in one of its languages, expected "
                "or not. Each of them counts once.",
                mapping=version,
            )
        return _(
            "All members who received ${version}, expected or not.",
            mapping=version,
        )

    @property
    def sentences(self) -> Iterator[Message]:
        """What has to be known of the figures."""
        if self.needed:
            words, milliseconds = self.needed
            yield _(
                "Readers of a text of ${words} words count as engaged after ${time}.",
                mapping={
                    "words": localized_number(words),
                    "time": duration(milliseconds),
                },
            )
        if self.leaves_out:
            yield _(
                "People who may edit this or manage its tracking are not counted. They "
                "are in the lists, with a note. If they are expected by name, group or "
                "role, they are counted like everyone else."
            )
        if self.has_visits:
            yield _(
                "Visits without a log-in: ${number}. Nobody knows how many people made "
                "them, so they don't count as readers.",
                mapping={"number": localized_number(self.coverage.visits)},
            )
        if self.gap:
            yield self.gap

    @property
    def gap(self) -> Message | None:
        """What is known of those who were served a page, and no more."""
        if not self.coverage.served:
            return None
        silent = self.coverage.served - self.coverage.opened
        numbers = {"silent": silent, "served": self.coverage.served}
        is_of_people = self.what_counts is not None or self.is_single
        return _gap_of_people(numbers) if is_of_people else _gap_of_readings(numbers)


def _gap_of_people(numbers: dict[str, int]) -> Message:
    if not numbers["silent"]:
        return _(
            "The browsers of all readers who were served the page have reported back "
            "at least once."
        )
    numbers = _localized(numbers)
    return _(
        "Readers who were served the page: ${served}. Of these, readers whose browser "
        "never reported back: ${silent}. It blocks scripts, the page was closed at "
        "once, or the report is still on its way. Nobody knows whether they have read "
        "it.",
        mapping=numbers,
    )


def _gap_of_readings(numbers: dict[str, int]) -> Message:
    if not numbers["silent"]:
        return _(
            "The browsers of all readers have reported back at least once for each "
            "item that they were served."
        )
    numbers = _localized(numbers)
    return _(
        "Items served, each counted once for each reader: ${served}. Of these, the "
        "reader's browser never reported back for ${silent}: it blocks scripts, the "
        "page was closed at once, or the report is still on its way. Nobody knows "
        "whether they were read.",
        mapping=numbers,
    )


def _localized(numbers: dict[str, int]) -> dict[str, str]:
    return {name: localized_number(number) for name, number in numbers.items()}
