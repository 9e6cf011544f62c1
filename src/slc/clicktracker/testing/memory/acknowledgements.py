"""The part of the storage in memory that is about acknowledgements."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.acknowledgements.model import AcknowledgementQuery
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.testing.memory.tables import Account
from slc.clicktracker.testing.memory.tables import KnownAcknowledgement
from slc.clicktracker.testing.memory.tables import KnownDocument
from slc.clicktracker.testing.memory.tables import State


class AcknowledgementsInMemory:
    """The methods of ``IAcknowledgements`` for a ``MemoryStorage``."""

    def acknowledge(
        self, every: Sequence[Acknowledgement]
    ) -> tuple[Acknowledgement, ...]:
        """Record those that are new; see ``IAcknowledgements``."""
        with self.tables.lock:
            states = self._states_of(every)
            return tuple(
                row
                for row, state in zip(every, states, strict=True)
                if self._acknowledge(row, state)
            )

    def _states_of(self, every: Sequence[Acknowledgement]) -> list[State]:
        """Return what they are about, of which what is not known yet is added."""
        for uid, its in {each.document.uid: each for each in every}.items():
            known = self.tables.documents.setdefault(
                (self.site, uid), KnownDocument(uid, its.document.path, its.at)
            )
            known.path, known.path_at = its.document.path, its.at
            if its.document.title:
                known.title, known.title_at = its.document.title, its.at
        newest: dict[Account, Acknowledgement] = {}
        for each in every:
            account = Account.of(self.site, each.reader)
            newest[account] = max(newest.get(account, each), each, key=lambda a: a.at)
        for account, last in newest.items():
            self.tables.generation(account, last.at)
        return [self._state_of(each) for each in every]

    def _state_of(self, row: Acknowledgement) -> State:
        account = Account.of(self.site, row.reader)
        number = self.tables.generation(account, row.at)
        self.tables.accounts[account][number].learn(row.reader.name, row.at)
        version = row.version
        state = State(account, number, row.document.uid, version.label, version.digest)
        if state.version not in self.tables.versions:
            self.tables.learn_version(state.version, version.words, row.at)
        return state

    def _acknowledge(self, row: Acknowledgement, state: State) -> bool:
        """Record one if it is new, and say whether it is."""
        once = self.site, row.key
        same = [
            known.row
            for known in self.tables.acknowledgements.values()
            if (known.about, known.row.kind)
            == ((*_who(state), state.version.text), row.kind)
        ]
        stands = bool(same) and not same[-1].is_withdrawn
        if once in self.tables.acknowledgements or stands != row.is_withdrawn:
            return False
        self.tables.acknowledgements[once] = KnownAcknowledgement(row, state)
        if row.is_withdrawn:
            self._withdraw(row.kind, state)
        else:
            self.tables.reading(state).declared[row.kind] = row.at
        return True

    def _withdraw(self, kind: str, state: State) -> None:
        for other, reading in list(self.tables.readings.items()):
            is_same = other.version.text == state.version.text
            if is_same and _who(other) == _who(state):
                reading.declared.pop(kind, None)
                if not (reading.is_read or reading.served):
                    del self.tables.readings[other]

    def acknowledgements(
        self, query: AcknowledgementQuery
    ) -> tuple[Acknowledgement, ...]:
        """Return all that match; see ``IAcknowledgements``."""
        with self.tables.lock:
            every = list(self.tables.acknowledgements.items())
            return tuple(
                self._acknowledgement(known)
                for (site, _key), known in every
                if site == self.site and self._is_asked(known.state, query)
            )

    def _is_asked(self, state: State, query: AcknowledgementQuery) -> bool:
        if query.documents is not None:
            uids = {storable(uid, LIMITS["uid"]) for uid in query.documents}
            if state.document not in uids:
                return False
        if query.reader is None:
            return True
        if state.account != Account.of(self.site, query.reader):
            return False
        if query.generation is not None:
            return state.generation == query.generation
        return self.tables.accounts[state.account][state.generation].retired is None

    def _acknowledgement(self, known: KnownAcknowledgement) -> Acknowledgement:
        """Return it with what is known by now of what it is about."""
        state = known.state
        document = self.tables.document(state)
        account = state.account
        known_as = self.tables.accounts[account][state.generation]
        label = self.tables.label(state.version)
        words = self.tables.versions[state.version].words
        return replace(
            known.row,
            document=Document(document.uid, document.path, document.title),
            version=Version(label, state.digest, words),
            reader=Reader(account.user, account.folder, known_as.name),
            language=known.row.language if known.row.sentence else "",
            generation=state.generation,
            retired=known_as.retired,
        )

    def _forget_acknowledgements(self, reader: Reader, until: datetime) -> None:
        account = Account.of(self.site, reader)
        for once, known in list(self.tables.acknowledgements.items()):
            is_by = Account.of(self.site, known.row.by) == account
            if known.state.account == account:
                del self.tables.acknowledgements[once]
            elif once[0] == self.site and is_by and known.row.at <= until:
                row = replace(known.row, by=Reader(""))
                self.tables.acknowledgements[once] = KnownAcknowledgement(
                    row, known.state
                )


def _who(state: State) -> tuple:
    return state.account, state.generation
