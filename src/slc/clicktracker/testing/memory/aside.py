"""Who has got an id after somebody else had it who is forgotten only now."""

from datetime import datetime
from slc.clicktracker.testing.memory.tables import Account
from slc.clicktracker.testing.memory.tables import Generation
from slc.clicktracker.testing.memory.tables import KnownAcknowledgement
from slc.clicktracker.testing.memory.tables import KnownReading
from slc.clicktracker.testing.memory.tables import Tables
from typing import Any


class Aside:
    """Lets nothing find by its account what began after a time, until it is put back."""

    def __init__(
        self, tables: Tables, account: Account, until: datetime, was_seen: bool
    ) -> None:
        self._tables, self._account, self._until = tables, account, until
        self._was_seen = was_seen
        self._other = account._replace(user=f"\n{account.user}")
        known = tables.accounts.get(account, {})
        open_ = [n for n, each in known.items() if _is_open(each, until)]
        self._divided = min(open_, default=None)
        if self._divided is not None:
            self._move()

    def put_back(self) -> None:
        """Let it be found again."""
        generations = self._tables.accounts.pop(self._other, {})
        if generations:
            self._tables.accounts.setdefault(self._account, {}).update(generations)
        self._rename(self._other, self._account, lambda key, begun: True, 0)

    def _move(self) -> None:
        kept = self._tables.accounts[self._account]
        moved = {n + 1: kept.pop(n) for n in sorted(kept) if n > self._divided}
        self._rename(self._account, self._other, self._is_later, 1)
        whose = {state.generation for state in self._used}
        if self._was_seen or self._divided + 1 in whose:
            old = kept[self._divided]
            moved[self._divided + 1] = newcomer = Generation(retired=old.retired)
            if old.name_at is not None and old.name_at > self._until:
                newcomer.name, newcomer.name_at = old.name, old.name_at
        kept[self._divided].retired = self._until
        self._tables.accounts[self._other] = moved

    @property
    def _used(self) -> list[Any]:
        states = [*self._tables.readings, *self._tables.goals]
        states += self._tables.acknowledged_states
        return [each for each in states if each.account == self._other]

    def _is_later(self, key: Any, begun: datetime) -> bool:
        return key.generation > self._divided or begun > self._until

    def _rename(self, old: Account, new: Account, is_meant: Any, later: int) -> None:
        def renamed(key: Any) -> Any:
            return key._replace(account=new, generation=key.generation + later)

        tables = self._tables
        for key, reading in list(tables.readings.items()):
            if key.account == old and is_meant(key, _begun(reading)):
                tables.readings[renamed(key)] = tables.readings.pop(key)
        for key, goal in list(tables.goals.items()):
            if key.account == old and is_meant(key, goal.since):
                tables.goals[renamed(key)] = tables.goals.pop(key)
        for once, (row, state) in list(tables.acknowledgements.items()):
            stays = state in tables.readings
            if state.account == old and not stays and is_meant(state, row.at):
                known = KnownAcknowledgement(row, renamed(state))
                tables.acknowledgements[once] = known


def _is_open(generation: Generation, until: datetime) -> bool:
    return generation.retired is None or generation.retired > until


def _begun(reading: KnownReading) -> datetime:
    """Return when the first that is known of a reading was."""
    tickets = [issued for _key, issued in reading.accesses]
    declared = reading.declared.values()
    return min([*tickets, *reading.served, *reading.downloaded, *declared])
