"""``CatchingUp``: makes sets of readers anew where something was recorded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.relational.site_transaction import sent_numbers
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from slc.clicktracker.storage.sets.bits import bits_of
from slc.clicktracker.storage.sets.bits import EVERYTHING
from slc.clicktracker.storage.sets.document_sets import DocumentSets
from slc.clicktracker.storage.sets.document_values import DocumentValues
from slc.clicktracker.storage.sets.document_values import NO_VALUES
from slc.clicktracker.storage.sets.reading_values import values_of
from slc.clicktracker.storage.sets.text_state import TextState
from sqlalchemy import Row
from typing import Any

import json
import secrets


#: What is made anew in one transaction: documents as a whole, which may have thousands of
#: readers, and else readings.
_MOST_DOCUMENTS = 50
_MOST_READINGS = 20_000

#: A stamp is by chance, so that a restored backup has no stamp that was given since.
_STAMPS = 2**62


@dataclass
class _Changes:
    """What was recorded since: ``documents`` as a whole, ``readings`` by document; whether
    ``are_people`` among it who are called otherwise, and there may be more."""

    are_people: bool
    are_more: bool
    documents: set[int]
    readings: dict[int, set[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.are_people or bool(self.documents or self.readings)

    @property
    def pairs(self) -> str:
        """The readings as a database is sent them."""
        return json.dumps(
            [
                [document, reader]
                for document, readers in self.readings.items()
                for reader in readers
            ]
        )


class CatchingUp(SiteTransaction):
    """Works in one transaction, which has locked the sets of the site.

    What is to be made anew is in ``clicktracker_change``: it was put there in the
    transaction that recorded it.
    """

    def catch_up(self, rule: EngagementRule | None) -> bool:
        """Make some of the sets anew, by a rule of levels, or the last one; return whether
        there is more to do."""
        known = self._derived(rule)
        if known is None:
            return False
        changes = self._taken()
        if not changes:
            return False
        rule = _rule(known)
        states = self._states(changes, rule)
        readers = {state.reader for state in states}.union(*changes.readings.values())
        places, added = self._places(readers, known.places)
        stamp = secrets.randbelow(_STAMPS)
        for document in self._made(changes, states, places):
            self.run("put_sets", **document, stamp=stamp)
        people = stamp if added or changes.are_people else known.people
        self._set(rule, stamp, people, known.places + added)
        return changes.are_more

    def begin_anew(self) -> None:
        """Have all sets made anew."""
        self.run("forget_changes")
        self.run("everything_changes")

    def _derived(self, rule: EngagementRule | None) -> Row | None:
        """Return what is known of the site's sets; None for a site that isn't."""
        known = self.run("derived").first()
        if known is None:
            first = rule or EngagementRule()
            if self.run("add_derived", **_numbers(first)).rowcount:
                self.begin_anew()
            known = self.run("derived").first()
        if known and rule and rule != _rule(known):
            self.begin_anew()
            self._set(rule, known.stamp, known.people, known.places)
            known = self.run("derived").one()
        return known

    def _set(self, rule: EngagementRule, stamp: int, people: int, places: int) -> None:
        numbers = {"stamp": stamp, "people": people, "places": places}
        self.run("set_derived", **_numbers(rule), **numbers)

    def _taken(self) -> _Changes:
        if documents := self._take("of_documents", _MOST_DOCUMENTS):
            return _Changes(False, True, {row.document for row in documents})
        rows = self._take("of_readers", _MOST_READINGS)
        readings: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            if row.document is not None:
                readings[row.document].add(row.reader)
        are_people = any(row.document is None for row in rows)
        return _Changes(are_people, len(rows) == _MOST_READINGS, set(), readings)

    def _take(self, kind: str, most: int) -> list[Row]:
        statement = self.queries.get("taken_changes", kind=f"{{{kind}}}")
        parameters = {"site": self.site, "most": most}
        return list(self.connection.execute(statement, parameters).all())

    def _states(self, changes: _Changes, rule: EngagementRule) -> list[Row]:
        """Return how far readers are with each text that is to be looked at."""
        return self._of_changed("text_states", changes, **self.needed(rule))

    def _of_changed(
        self, query: str, changes: _Changes, **parameters: Any
    ) -> list[Row]:
        """Return what a query finds about what is to be looked at."""
        changed = "{changed_documents}" if changes.documents else "{changed_readings}"
        but_old = "AND d.uid <> ''"
        statement = self.queries.get(query, changed=changed, but_old=but_old)
        sent = {"numbers": sent_numbers(changes.documents), "changes": changes.pairs}
        return list(
            self.connection.execute(
                statement, {"site": self.site, **sent, **parameters}
            ).all()
        )

    def _places(
        self, readers: Iterable[int], number: int
    ) -> tuple[dict[int, int], int]:
        """Return the places of readers, and how many have been given one now."""
        listed = sorted(readers)
        rows = self.run("known_places", numbers=sent_numbers(listed))
        known = {row.reader: row.place for row in rows}
        new = [reader for reader in listed if reader not in known]
        if new:
            given = [[reader, number + n] for n, reader in enumerate(new)]
            self.run("add_places", reader_places=json.dumps(given))
            known |= dict(given)
        return known, len(new)

    def _made(
        self, changes: _Changes, states: list[Row], places: dict[int, int]
    ) -> Iterable[dict[str, Any]]:
        """Yield the sets of documents as they are now."""
        numbers = sorted(changes.documents | changes.readings.keys())
        by_document: dict[int, list[TextState]] = defaultdict(list)
        for row in states:
            by_document[row.document].append(_state(row, places[row.reader]))
        visitors = (places[row.reader] for row in states if row.visits is not None)
        visitor = next(visitors, None)
        dated = self._newest(changes, states)
        urls = self._urls(changes, places)
        for row in self.run("sets_of_documents", numbers=sent_numbers(numbers)).all():
            its = by_document[row.id]
            before, values, touched = DocumentSets(()), NO_VALUES, EVERYTHING
            if row.id not in changes.documents:
                touched = bits_of(places[each] for each in changes.readings[row.id])
                if row.sets is not None:
                    before = DocumentSets.unpacked(bytes(row.sets))
                    values = DocumentValues.unpacked(bytes(row.orders))
            made = before.changed(touched, its, visitor)
            if row.id in dated:
                made = made.dated(dated[row.id])
            orders = values.changed(touched, values_of(its, urls[row.id]))
            yield {
                "document": row.id,
                "sets": made.packed(),
                "orders": orders.packed(),
            }

    def _urls(
        self, changes: _Changes, places: dict[int, int]
    ) -> dict[int, dict[int, str]]:
        """Return the latest URL of readings, by document and the place of the reader."""
        found: dict[int, dict[int, str]] = defaultdict(dict)
        for row in self._of_changed("urls_of_readings", changes):
            # Who has come since the states were found is on the list of changes.
            if row.reader in places:
                found[row.document][places[row.reader]] = row.url
        return found

    def _newest(
        self, changes: _Changes, states: list[Row]
    ) -> dict[int, dict[str, int | None]]:
        """Return when texts were newest, of the documents of which readings are gone."""
        there = {(row.document, row.reader) for row in states}
        gone = [
            document
            for document, readers in changes.readings.items()
            if any((document, reader) not in there for reader in readers)
        ]
        found: dict[int, dict[str, int | None]] = {number: {} for number in gone}
        if gone:
            for row in self.run("newest_of_texts", numbers=sent_numbers(gone)):
                newest = None if row.newest is None else int(row.newest)
                found[row.document][row.text] = newest
        return found


def _rule(known: Row) -> EngagementRule:
    return EngagementRule(known.pace, known.least_seconds)


def _numbers(rule: EngagementRule) -> dict[str, int]:
    return {"least": rule.least_seconds, "pace": rule.words_per_minute}


def _state(row: Row, place: int) -> TextState:
    newest = None if row.newest is None else int(row.newest)
    is_so = bool(row.served), bool(row.downloaded)
    return TextState(
        place,
        row.text,
        newest,
        *is_so,
        row.level,
        row.visits or 0,
        row.first,
        row.last,
        row.count,
        row.engaged,
        row.acknowledged,
        row.attested,
    )
