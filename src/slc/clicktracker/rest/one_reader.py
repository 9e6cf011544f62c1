"""What is known of one reader, as JSON."""

from collections.abc import Iterable
from datetime import datetime
from slc.clicktracker.exports.json_document import value_of
from slc.clicktracker.exports.words import Words
from slc.clicktracker.reports.acknowledged import AcknowledgementRow
from slc.clicktracker.reports.columns import Cell
from slc.clicktracker.reports.reader_history import AccessRow
from slc.clicktracker.reports.reader_history import HistoryOfReader
from slc.clicktracker.reports.reader_history import VersionRow
from slc.clicktracker.reports.reported import Figures
from slc.clicktracker.reports.reported import has_figures
from slc.clicktracker.rest.level_json import level_json
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.words.addresses import view_url
from slc.clicktracker.words.names import name_of
from typing import Any


class OneReader:
    """Says it in the words of somebody; what is not known is None."""

    def __init__(self, told: HistoryOfReader, words: Words) -> None:
        self.told = told
        self.words = words

    @property
    def said(self) -> dict[str, Any]:
        told = self.told
        name, note = told.name_and_note
        return {
            "document": {
                "title": told.place.title,
                "address": told.place.address,
                "deleted": told.place.content is None,
            },
            "reader": {
                "user": told.reader.user,
                "user_folder": told.reader.folder or None,
                "name": name,
                "note": self._value(note),
            },
            "is_expected": told.is_expected if told.report.audience else None,
            "expectation": self._value(told.expectation),
            "exception": self._exception,
            "missing": self._missing,
            "acknowledgements": list(map(self._fact, told.acknowledgements)),
            "versions": list(map(self._version, told.versions)),
            "versions_total": len(told.history.versions),
            "levels": [level_json(each, self.words) for each in told.levels],
            "items": list(map(self._access, told.accesses)),
        }

    @property
    def _exception(self) -> dict[str, Any] | None:
        found = self.told.exception if self.told.report.audience else None
        if found is None:
            return None
        since = self._value(found.since)
        return {"reason": found.reason, "by": name_of(found.by), "since": since}

    @property
    def _missing(self) -> list[dict[str, str]] | None:
        missing = self.told.missing
        if missing is None:
            return None
        return [
            {"@id": view_url(each.brain), "title": each.item.title}
            for each in missing.documents
        ]

    def _fact(self, row: AcknowledgementRow) -> dict[str, Any]:
        return {
            "kind": row.said.kind,
            "title": self._value(row.title),
            "at": self._value(row.said.at),
            "sentence": row.said.sentence or None,
            "language": row.said.language or None,
            "version": self._value(row.version),
            "digest": row.said.version.digest or None,
            "asked_again": row.said.asked_again,
            "way": self._value(row.way),
            "why": row.said.why or None,
            "by": row.by or None,
            "stands": row.stands,
            "state": self._value(row.state),
        }

    def _version(self, row: VersionRow) -> dict[str, Any]:
        read = row.read
        return {
            "document": row.document or None,
            "title": self._value(row.title),
            "standing": self._value(row.standing),
            "level": row.level.name,
            "count": read.count,
            "last": self._value(row.last),
            "served": self._times(read.served),
            "opened": self._times(read.opened),
            "downloaded": self._times(read.downloaded),
            **_figures(read),
        }

    def _access(self, row: AccessRow) -> dict[str, Any]:
        access = row.access
        return {
            "document": row.document or None,
            "version": self._value(row.title),
            "opened": self._value(access.opened),
            "seen": self._value(access.seen),
            "origin": access.origin,
            "origin_title": self._value(row.origin),
            **_figures(access),
        }

    def _times(self, moments: Iterable[datetime]) -> list[str]:
        return list(map(self._value, moments))

    def _value(self, cell: Cell) -> Any:
        return value_of(cell, self.words)


def _figures(read: Figures) -> dict[str, Any]:
    """Return what the browser has told, None for what it hasn't."""
    knows = has_figures(read)
    return {
        "engaged_seconds": read.engaged / 1000 if knows else None,
        "depth": read.depth if knows else None,
        "ended": Marks.ENDED in read.marks if knows else None,
        "printed": Marks.PRINTED in read.marks,
    }
