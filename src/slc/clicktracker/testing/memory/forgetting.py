"""The part of the storage in memory that closes accounts and forgets people."""

from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from datetime import timezone
from slc.clicktracker.storage.keys import account_key
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.refused import Refused
from slc.clicktracker.storage.traces import Traces
from slc.clicktracker.testing.memory.aside import Aside
from slc.clicktracker.testing.memory.tables import Account
from slc.clicktracker.testing.memory.tables import KnownAcknowledgement
from slc.clicktracker.testing.memory.tables import KnownReading
from slc.clicktracker.testing.memory.tables import State
from typing import Any


_LATEST = datetime.max.replace(tzinfo=timezone.utc)


class ForgettingInMemory:
    """``retire``, ``forget``, ``pseudonymise`` and ``traces`` for a ``MemoryStorage``."""

    def retire(self, reader: Reader) -> None:
        """Close the account of ``reader``, now."""
        with self.tables.lock:
            now, account = self.now(), Account.of(self.site, reader)
            current = self.tables.generation(account, now)
            self.tables.accounts[account][current].retired = now
            self._forget_events(reader, _LATEST)
            self._forget_exposures(reader, _LATEST)

    def forget(self, reader: Reader, until: datetime | None = None) -> int:
        """Remove all generations of ``reader`` and all that is known of them."""
        with self.tables.lock, self._who_came_later(reader, until):
            self.visitors.forget(reader)
            self._forget_goals(reader)
            self._forget_acknowledgements(reader, until or _LATEST)
            self._forget_what_names(reader, until)
            self.tables.accounts.pop(Account.of(self.site, reader), None)
            gone = self._readings_by(reader)
            for state, reading in gone:
                for once in reading.dropped:
                    day = once[1].date()
                    self.tables.days[self.site, state.document, day] += 1
                del self.tables.readings[state]
            return sum(reading.is_read for _state, reading in gone)

    def pseudonymise(
        self, reader: Reader, pseudonym: str, until: datetime | None = None
    ) -> int:
        """Give all generations of ``reader`` another name."""
        with self.tables.lock, self._who_came_later(reader, until):
            self.visitors.drop_of(reader)
            self._forget_what_names(reader, until)
            account = Account.of(self.site, reader)
            other = Account.of(self.site, Reader(pseudonym))
            earlier = max(self.tables.accounts.get(other, ()), default=0)
            generations = self.tables.accounts.pop(account, {})
            for number, each in generations.items():
                each.name, each.retired = "", each.retired or self.now()
                self.tables.accounts.setdefault(other, {})[number + earlier] = each
            renamed = self._readings_by(reader)
            for state, reading in renamed:
                del self.tables.readings[state]
                self.tables.readings[_renamed(state, other, earlier)] = reading
            self._rename_acknowledgements(account, other, earlier, until or _LATEST)
            for key in [key for key in self.tables.goals if key.account == account]:
                known = self.tables.goals.pop(key)
                self.tables.goals[_renamed(key, other, earlier)] = known
            return sum(reading.is_read for _state, reading in renamed)

    def traces(self, reader: Reader) -> Traces:
        """Count what is known of ``reader``."""
        if not reader.user:
            return Traces()
        account = Account.of(self.site, reader)
        with self.tables.lock:
            readings = self._readings_by(reader)
            views, visits = self.visitors.numbers_of(reader)
            return Traces(
                readings=len(readings),
                accesses=sum(len(reading.single) for _state, reading in readings),
                page_views=views,
                visits=visits,
                events=sum(
                    (each.reader, "") == (reader.user, reader.folder)
                    for each in self._events()
                ),
                hits=self._number_of_hits(reader),
                goals=sum(key.account == account for key in self.tables.goals),
                acknowledgements=sum(
                    known.state.account == account or self._vouched(known, account)
                    for known in self.tables.acknowledgements.values()
                ),
                exposures=sum(once[0] == account for once in self.tables.exposures),
            )

    def refused(self, since: datetime) -> Refused:
        """Return what is not recorded any more."""
        with self.tables.lock:
            return self.tables.refused(self.site, self.now())

    @contextmanager
    def _who_came_later(self, reader: Reader, until: datetime | None) -> Iterator[None]:
        """Keep what somebody has done who has got the id after that time."""
        if until is None or not reader.user:
            yield
            return
        views = self.visitors.taken_out(reader, until)
        account = Account.of(self.site, reader)
        aside = Aside(self.tables, account, until, was_seen=bool(views))
        yield
        aside.put_back()
        self.visitors.put_back(views)

    def _forget_what_names(self, reader: Reader, until: datetime | None) -> None:
        self.forget_hits(reader, until or _LATEST)
        self._forget_events(reader, until or _LATEST)
        self._forget_exposures(reader, until or _LATEST)
        until, key = until or self.now(), (self.site, account_key(self.site, reader))
        self.tables.forgotten[key] = max(until, self.tables.forgotten.get(key, until))

    def _vouched(self, known: KnownAcknowledgement, account: Account) -> bool:
        return Account.of(self.site, known.row.by) == account

    def _rename_acknowledgements(
        self, account: Account, other: Account, earlier: int, until: datetime
    ) -> None:
        for once, known in list(self.tables.acknowledgements.items()):
            row, state = known.row, known.state
            if once[0] != self.site:
                continue
            if self._vouched(known, account) and row.at <= until:
                row = replace(row, by=Reader(other.user))
            if state.account == account:
                state = _renamed(state, other, earlier)
            self.tables.acknowledgements[once] = KnownAcknowledgement(row, state)

    def _readings_by(self, reader: Reader) -> list[tuple[State, KnownReading]]:
        account = Account.of(self.site, reader)
        readings = self.tables.of_sites(self.site)
        return [item for item in readings if item[0].account == account]

    def _taken(self, things: Iterable[Any], time: str = "at") -> list[Any]:
        """Return those of some things that are not of somebody who was forgotten since."""
        takes = self.tables.refused(self.site, self.now()).takes_of
        return [
            each
            for each in things
            if takes(self.site, each.reader, getattr(each, time))
        ]


def _renamed(key: Any, other: Account, earlier: int) -> Any:
    """Return what something is kept under once it is of another account, which has had so
    many generations."""
    return key._replace(account=other, generation=key.generation + earlier)
