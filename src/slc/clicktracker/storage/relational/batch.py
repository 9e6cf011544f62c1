"""A batch of accesses in the form that the databases are sent."""

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.keys import identity
from slc.clicktracker.storage.keys import name_key
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import DOWNLOADED
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import NOTES
from slc.clicktracker.storage.model import SERVED
from typing import Any
from typing import NamedTuple


class Row(NamedTuple):
    """An access; ``document`` and ``reader`` are numbers in the batch, counted
    from 0, times are microseconds since 1970."""

    document: int
    reader: int
    key: str
    issued: int
    opened: int
    seen: int
    engaged: int
    depth: int
    origin: str
    url: str
    marks: int


@dataclass
class Batch:
    """Accesses, notes of what was served and of downloads, and each document and reader
    of them once.

    An entry of ``documents`` is one document with one version, path and title,
    one of ``readers`` a reader with a name; ``issued`` is when the newest
    ticket was issued that knew it like this, ``since`` the oldest, in the form of the
    database. ``accesses`` are tuples of the values of a ``Row``, as there are many,
    ``served`` and ``downloaded`` of those of its ``document``, ``reader`` and ``issued``.
    """

    documents: list[dict[str, Any]] = field(default_factory=list)
    readers: list[dict[str, Any]] = field(default_factory=list)
    accesses: list[tuple] = field(default_factory=list)
    served: list[tuple[int, int, int]] = field(default_factory=list)
    downloaded: list[tuple[int, int, int]] = field(default_factory=list)

    @classmethod
    def of(
        cls, accesses: Iterable[Access], moment: Callable[[datetime], Any]
    ) -> "Batch":
        """Return the batch; ``moment`` turns a time into the database's form."""
        batch = cls()
        documents: dict[tuple, dict] = {}
        readers: dict[Any, dict] = {}
        notes = {SERVED: batch.served, DOWNLOADED: batch.downloaded}
        add = batch.accesses.append
        for access in filter(_counts, accesses):
            issued = access.issued
            known_as = (access.document, access.version)
            document = documents.get(known_as)
            if document is None:
                document = documents[known_as] = batch._document(access)
            if issued > document["issued"]:
                document["issued"] = issued
            elif issued < document["since"]:
                document["since"] = issued
            reader = readers.get(access.reader)
            if reader is None:
                reader = readers[access.reader] = batch._reader(access)
            if issued > reader["issued"]:
                reader["issued"] = issued
            if access.origin in notes:
                known = document["document"], reader["reader"]
                notes[access.origin].append((*known, microseconds(issued)))
                continue
            add(
                (
                    document["document"],
                    reader["reader"],
                    access.key,
                    microseconds(issued),
                    microseconds(access.opened),
                    microseconds(access.seen),
                    access.engaged,
                    access.depth,
                    access.origin,
                    access.url,
                    int(access.marks),
                )
            )
        for entry in (*batch.documents, *batch.readers):
            entry["issued"] = moment(entry["issued"])
        for entry in batch.documents:
            entry["since"] = moment(entry["since"])
        return batch

    def __bool__(self) -> bool:
        return bool(self.accesses or self.served or self.downloaded)

    @property
    def columns(self) -> Row:
        """The accesses by column: a ``Row`` of tuples."""
        columns = zip(*self.accesses, strict=True)
        return Row(*columns) if self.accesses else Row(*[()] * len(Row._fields))

    @property
    def is_single(self) -> bool:
        """Say whether each access is of another ticket.

        Then the database need not compare them; other batches are recorded, too.
        """
        accounts = [(reader["folder"], reader["member"]) for reader in self.readers]
        tickets = {(accounts[row[1]], row[3]) for row in self.accesses}
        return len(tickets) == len(self.accesses)

    def _document(self, access: Access) -> dict[str, Any]:
        entry = {
            "document": len(self.documents),
            "uid": access.document.uid,
            "identity": identity(access.document),
            "path": access.document.path,
            "title": access.document.title,
            "version": access.version.label,
            "digest": access.version.digest,
            "words": access.version.words,
            "issued": access.issued,
            "since": access.issued,
        }
        self.documents.append(entry)
        return entry

    def _reader(self, access: Access) -> dict[str, Any]:
        reader = access.reader
        entry = {
            "reader": len(self.readers),
            "folder": reader.folder,
            "member": reader.user,
            "name": reader.name,
            "name_key": name_key(reader),
            "id_key": id_key(reader),
            "issued": access.issued,
        }
        self.readers.append(entry)
        return entry


def _counts(access: Access) -> bool:
    """Say whether there is something to record: not for an anonymous reader, where
    nothing has called back."""
    return access.origin not in NOTES or access.reader.user != ""
