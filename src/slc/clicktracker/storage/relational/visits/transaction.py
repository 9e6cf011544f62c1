"""What everything that is done with visits in a database has in common."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from slc.clicktracker.storage.errors import UnstorableData
from slc.clicktracker.storage.relational.dialect import Dialect
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from slc.clicktracker.storage.relational.visits.rows import kinds_of
from slc.clicktracker.storage.relational.visits.rows import ViewRow
from slc.clicktracker.storage.relational.visits.rows import VisitRow
from slc.clicktracker.storage.visits.days import DAY
from slc.clicktracker.storage.visits.days import MONTH
from slc.clicktracker.storage.visits.sums import BROWSER
from slc.clicktracker.storage.visits.sums import DAYS_OF_GUESTS
from slc.clicktracker.storage.visits.sums import DAYS_OF_MEMBERS
from slc.clicktracker.storage.visits.sums import DEVICE
from slc.clicktracker.storage.visits.sums import ENTRY
from slc.clicktracker.storage.visits.sums import EXIT
from slc.clicktracker.storage.visits.sums import JOINED
from slc.clicktracker.storage.visits.sums import MINUTES
from slc.clicktracker.storage.visits.sums import PAGE
from slc.clicktracker.storage.visits.sums import SECONDS
from slc.clicktracker.storage.visits.sums import SITE
from slc.clicktracker.storage.visits.sums import SOURCE
from slc.clicktracker.storage.visits.sums import STATUS
from slc.clicktracker.storage.visits.sums import SYSTEM
from slc.clicktracker.storage.visits.sums import VISITORS
from slc.clicktracker.storage.visits.sums import WHO
from sqlalchemy import Row
from typing import Any

import json


_PLACE = {"kind": "number", "day": "number", "month": "number", "thing": "number"}

#: The rows that statements are sent, by the names of their parameters; see
#: ``Dialect.rows``. In the SQL, {sent_keys} is a query for those of "keys".
_SENT: dict[str, Mapping[str, str]] = {
    "keys": {"key": "text"},
    "addresses": {"key": "text", "address": "text"},
    "numbers": {"id": "number"},
    "changes": {"document": "number", "reader": "number"},
    "reader_places": {"reader": "number", "place": "number"},
    "readings": {"number": "number", "document": "number", "reader": "number"},
    "sessions": {"session": "text", "since": "moment", "until": "moment"},
    "pages": {"uid": "text", "url_key": "text"},
    "new_pages": {
        **{"uid": "text", "url_key": "text", "url": "text"},
        **{"title": "text", "title_at": "moment"},
    },
    "titles": {"id": "number", "title": "text", "title_at": "moment"},
    "agents": {"agent": "text"},
    "new_agents": {
        **{"agent": "text", "browser": "text", "system": "text", "device": "text"}
    },
    "accounts": {"folder": "text", "member": "text"},
    "new_accounts": {
        **{"folder": "text", "member": "text", "id_key": "text", "name_at": "moment"}
    },
    "names": {
        **{"id": "number", "name": "text", "name_key": "text", "name_at": "moment"}
    },
    "views": kinds_of(ViewRow),
    "visits": kinds_of(VisitRow),
    "events": {
        **{"key": "text", "member": "text", "cohort": "text", "kind": "text"},
        **{"occurred": "number", "document": "text", "path": "text"},
        **{"portal_type": "text", "detail": "text", "data": "text"},
    },
    "chances": {
        **{"number": "number", "uid": "text", "digest": "text", "label": "text"},
        **{"folder": "text", "member": "text", "issued": "moment"},
    },
    "goals": {
        **{"document": "number", "reader": "number"},
        **{"text": "text", "goal": "text", "at": "moment"},
    },
    "exposures": {
        **{"split": "text", "folder": "text", "member": "text"},
        **{"variant": "text", "at": "moment"},
    },
    "acknowledgements": {
        **{"number": "number", "key": "text"},
        **{"document": "number", "version": "number", "reader": "number"},
        **{"kind": "number", "at": "moment"},
        **{"by_folder": "text", "by_member": "text", "by_name": "text"},
        **{"sentence": "number", "way": "text", "why": "text"},
        **{"asked_again": "truth", "is_withdrawn": "truth"},
    },
    "declared": {
        **{"document": "number", "version": "number", "reader": "number"},
        **{"acknowledged": "moment", "attested": "moment"},
    },
    "withdrawn": {
        **{"document": "number", "reader": "number"},
        **{"text": "text", "kind": "number"},
    },
    "words": {"word": "text"},
    "seen": {
        **{"visit": "number", "page": "number"},
        **{"since": "moment", "until": "moment"},
    },
    "member_days": {"visitor": "number", "day": "number"},
    "guest_days": {"visitor": "text", "day": "number"},
    "sums": {**_PLACE, "visits": "number", "views": "number", "time": "number"},
    "places": _PLACE,
    "pieces": {
        **{"number": "number", "span": "number"},
        **{"first": "number", "last": "number"},
    },
    "earlier": {
        **{"number": "number", "span": "number", "day": "number"},
        **{"first": "number", "last": "number"},
    },
}

#: The kinds of the columns of these rows.
_KINDS = {name: tuple(kinds.values()) for name, kinds in _SENT.items()}

#: What stands in the SQL for kinds of sums, and for spans.
_KINDS_OF_SUMS = {
    "page_kinds": (ENTRY, EXIT, PAGE),
    "word_kinds": (SITE, BROWSER, SYSTEM, DEVICE),
    "counted_kinds": (WHO, JOINED, SOURCE, STATUS, MINUTES, VISITORS),
    "visitor_kinds": (DAYS_OF_GUESTS, DAYS_OF_MEMBERS),
    "seconds_kind": (SECONDS,),
    "minutes_kind": (MINUTES,),
    "day_span": (DAY,),
    "month_span": (MONTH,),
}

#: What is looked up row by row: the table, what it is called, and which block says how.
_FOUND = {
    "sums_counted": ("clicktracker_sum", "s", "counted"),
    "sums_earlier": ("clicktracker_sum", "s", "came_earlier"),
    "sums_in_the_middle": ("clicktracker_sum", "s", "in_the_middle"),
    "sums_shared": ("clicktracker_sum", "s", "shared"),
    "found_views": ("clicktracker_view", "v", "is_view"),
    "found_later_views": ("clicktracker_view", "v", "is_later"),
    "found_views_before": ("clicktracker_view", "v", "is_just_before"),
    "found_visits": ("clicktracker_visit", "i", "is_visit"),
    "found_pages": ("clicktracker_page", "p", "is_page"),
    "found_agents": ("clicktracker_agent", "a", "is_agent"),
    "found_numbered_agents": ("clicktracker_agent", "a", "is_numbered"),
    "found_accounts": ("clicktracker_reader", "r", "is_account"),
    "found_words": ("clicktracker_word", "w", "is_word"),
    "found_readings": ("clicktracker_reading", "g", "is_listed"),
    "found_days": ("clicktracker_day", "y", "is_day_of"),
}

#: What no number in a database reaches.
_LARGE = 2**63


def visits_parts(dialect: Dialect) -> dict[str, str]:
    """Return what stands in the SQL for the rows that are sent, and for the columns of
    those that are read."""
    sent = {f"sent_{name}": dialect.rows(name, kinds) for name, kinds in _SENT.items()}
    return {
        **sent,
        "view_columns": ", ".join(f"v.{name}" for name in ViewRow._fields),
        "visit_columns": ", ".join(f"i.{name}" for name in VisitRow._fields),
        **{name: ", ".join(map(str, kinds)) for name, kinds in _KINDS_OF_SUMS.items()},
        **{name: dialect.found(*found) for name, found in _FOUND.items()},
    }


class VisitsTransaction(SiteTransaction):
    """Asks and changes within one transaction of one site, many rows at once."""

    def ask(
        self,
        statement: str,
        rows: Mapping[str, Iterable[Sequence[Any]]] | None = None,
        parts: Mapping[str, str] = {},
        **parameters: Any,
    ) -> Sequence[Row]:
        """Return what a statement finds; ``rows`` are sent by the name of a parameter,
        ``parts`` stand for words in it."""
        return self._execute(statement, rows, parameters, parts).all()

    def run(
        self,
        statement: str,
        rows: Mapping[str, Iterable[Sequence[Any]]] | None = None,
        **parameters: Any,
    ) -> None:
        """Do what a statement says."""
        self._execute(statement, rows, parameters)

    def _execute(
        self,
        statement: str,
        rows: Mapping[str, Iterable[Sequence[Any]]] | None,
        parameters: dict[str, Any],
        parts: Mapping[str, str] = {},
    ):
        listed = {name: self._sent(name, each) for name, each in (rows or {}).items()}
        return self.connection.execute(
            self.queries.get(statement, **parts),
            {"site": self.site, **parameters, **listed},
        )

    def _sent(self, name: str, rows: Iterable[Sequence[Any]]) -> str:
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        # Each moment is made once: mostly one object is all that a page view has of them.
        made: dict[int, Any] = {}
        for place, (kind, column) in enumerate(
            zip(_KINDS[name], columns, strict=False)
        ):
            if kind == "moment":
                for each in column:
                    if id(each) not in made:
                        made[id(each)] = each and self.dialect.moment(each)
                columns[place] = map(made.__getitem__, map(id, column))
            elif kind == "number" and not _are_in_range({*column} - {None}):
                # SQLite would make something else of it.
                raise UnstorableData("A number is out of range.")
        # Nothing in a row holds others, and to look for that takes a third of the time.
        return json.dumps(list(zip(*columns, strict=True)), check_circular=False)


def _are_in_range(numbers: Collection[int]) -> bool:
    return not numbers or -_LARGE <= min(numbers) <= max(numbers) < _LARGE
