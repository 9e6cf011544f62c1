"""In which snapshots and sealed reports a member is named, and what these say of them."""

from collections.abc import Iterable
from collections.abc import Iterator
from functools import cached_property
from plone import api
from slc.clicktracker import _
from slc.clicktracker.my_reading.part import Data
from slc.clicktracker.my_reading.part import OwnPart
from slc.clicktracker.my_reading.part import Page
from slc.clicktracker.my_reading.titles import Titles
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import ATTESTED
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.seals.chain import Seal
from slc.clicktracker.seals.chain import seals_of
from slc.clicktracker.seals.entries import entries_about
from slc.clicktracker.snapshots.naming import documents_naming
from slc.clicktracker.snapshots.numbered import AccountThen
from slc.clicktracker.snapshots.people import numbers_of
from slc.clicktracker.snapshots.snapshot import ReadingThen
from slc.clicktracker.snapshots.snapshots import account_in
from slc.clicktracker.snapshots.snapshots import KeptSnapshot
from slc.clicktracker.snapshots.snapshots import snapshots_of
from slc.clicktracker.words.names import name_of
from zope.i18nmessageid import Message


class _OfCopies(OwnPart):
    """Who had the id before has other numbers."""

    @cached_property
    def _numbers(self) -> frozenset[int]:
        return numbers_of(self.reader)

    @cached_property
    def _uids(self) -> list[str]:
        return documents_naming(self._numbers)

    @property
    def kept(self) -> Message:
        return _(
            "This is kept without a time limit, without your name if you are forgotten."
        )


class OwnSnapshots(_OfCopies):
    """Snapshots of all documents of which one names them."""

    name = "snapshots"
    places = ("snapshots",)
    title = _("Snapshots")
    says = _(
        "What was known of you when the site kept the state of a document: at a deadline, "
        "once a day before, or when somebody asked for it. “As of” is the moment that it "
        "is about."
    )
    columns = (_("As of"), _("Document"), _("Taken"), _("What it says of you"))

    @cached_property
    def _latest_first(self) -> list[KeptSnapshot]:
        found = (each for uid in self._uids for each in snapshots_of(uid))
        return sorted(found, key=lambda each: each.moment, reverse=True)

    def page(self, start: int, size: int) -> Page:
        shown = self._latest_first[start : start + size]
        titles = Titles(each.uid for each in shown)
        rows = [
            (
                each.moment,
                titles.of(each.uid),
                each.taken,
                _in_words(_said_in_snapshot(account_in(each, self._numbers))),
            )
            for each in shown
        ]
        return rows, len(self._latest_first)

    def data(self) -> Iterator[Data]:
        for each in self._latest_first:
            account = account_in(each, self._numbers)
            if account.is_named:
                yield {
                    "as_of": each.moment,
                    "taken": each.taken,
                    "taken_by_you": account.has_taken_it,
                    "document_uid": each.uid,
                    "expected": account.is_expected,
                    "could_view_it": account.is_able,
                    "excused": account.is_excused,
                    "readings": list(map(_reading_data, account.readings)),
                }


class OwnSeals(_OfCopies):
    """Sealed reports of all documents of which one names them."""

    name = "seals"
    places = ("snapshots",)
    title = _("Sealed reports")
    says = _(
        "What was known of you in reports that were sealed, so that nobody can change them "
        "later. “As of” is the moment that a report is about."
    )
    columns = (
        _("As of"),
        _("Document"),
        _("Seal"),
        _("Sealed"),
        _("Sealed by"),
        _("What it says of you"),
    )

    @cached_property
    def _latest_first(self) -> list[Seal]:
        return seals_of(*self._uids)

    def page(self, start: int, size: int) -> Page:
        shown = self._latest_first[start : start + size]
        titles = Titles(each.uid for each in shown)
        rows = [
            (
                each.as_of,
                titles.of(each.uid),
                str(each.number),
                each.made,
                name_of(each.by)
                if each.by
                else _("Somebody who is no longer a member"),
                _in_words(_said_in_seal(entries_about(each, self._numbers))),
            )
            for each in shown
        ]
        return rows, len(self._latest_first)

    def data(self) -> Iterator[Data]:
        for each in self._latest_first:
            entries = entries_about(each, self._numbers)
            if entries:
                yield {
                    "as_of": each.as_of,
                    "sealed": each.made,
                    "number": each.number,
                    "fingerprint": each.hash,
                    "document_uid": each.uid,
                    "entries": entries,
                }


def _in_words(said: Iterable[Message]) -> Message | str:
    words = ", ".join(map(api.portal.translate, said))
    return words or _("You are not in this one.")


def _said_in_snapshot(account: AccountThen) -> Iterator[Message]:
    if account.has_taken_it:
        yield _("taken by you")
    if account.is_expected:
        yield _("expected")
    if account.is_excused:
        yield _("excused")
    for each in account.readings:
        yield level_of(each.level).title
        if each.acknowledged:
            yield ACKNOWLEDGED.title
        if each.attested:
            yield ATTESTED.title
        if not each.is_current:
            yield _("of an older version")


def _said_in_seal(entries: dict[str, list[Data]]) -> Iterator[Message]:
    if "head" in entries:
        yield _("sealed by you")
    if "expected" in entries:
        yield _("expected")
    if "excused" in entries:
        yield _("excused")
    for each in entries.get("readings", ()):
        yield level_of(each["level"]).title
        if not each["current"]:
            yield _("of an older version")
    kinds = {each["kind"] for each in entries.get("acknowledgements", ())}
    for level in (ACKNOWLEDGED, ATTESTED):
        if level.name in kinds:
            yield level.title
    if "declarations" in entries:
        yield _("in what was declared")


def _reading_data(reading: ReadingThen) -> Data:
    return {
        "level": reading.level,
        "text": reading.text,
        "version": reading.label,
        "current": reading.is_current,
        "times_opened": reading.count,
        "first": reading.first,
        "last": reading.last,
        "downloaded": reading.downloaded,
        "engaged_seconds": reading.engaged / 1000,
        "acknowledged": reading.acknowledged,
        "attested": reading.attested,
    }
