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
from typing import Any


@dataclass
class Batch:
    """Accesses, and each document and reader of them once.

    ``documents`` and ``readers`` are what the accesses refer to by number
    (``document``, ``reader``), counted from 0. An entry of ``documents`` is one
    document with one version, path and title, one of ``readers`` a reader with
    a name; ``issued`` is when the newest ticket was issued that knew it
    like this. Times are in the form of the database.
    """

    documents: list[dict[str, Any]] = field(default_factory=list)
    readers: list[dict[str, Any]] = field(default_factory=list)
    accesses: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(
        cls, accesses: Iterable[Access], moment: Callable[[datetime], Any]
    ) -> "Batch":
        """Return the batch; ``moment`` turns a time into the database's form."""
        batch = cls()
        documents: dict[tuple, dict] = {}
        readers: dict[Any, dict] = {}
        for access in accesses:
            known_as = (access.document, access.version)
            document = documents.get(known_as)
            if document is None:
                document = documents[known_as] = batch._document(access)
            reader = readers.get(access.reader)
            if reader is None:
                reader = readers[access.reader] = batch._reader(access)
            for entry in (document, reader):
                entry["issued"] = max(entry["issued"], access.issued)
            batch.accesses.append(
                {
                    "document": document["document"],
                    "reader": reader["reader"],
                    "key": access.key,
                    "issued": moment(access.issued),
                    "opened": moment(access.opened),
                    "seen": moment(access.seen),
                    "engaged": access.engaged,
                    "depth": access.depth,
                    "origin": access.origin,
                    "url": access.url,
                }
            )
        for entry in (*batch.documents, *batch.readers):
            entry["issued"] = moment(entry["issued"])
        return batch

    def _document(self, access: Access) -> dict[str, Any]:
        entry = {
            "document": len(self.documents),
            "uid": access.document.uid,
            "identity": identity(access.document),
            "path": access.document.path,
            "title": access.document.title,
            "version": access.version,
            "issued": access.issued,
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
