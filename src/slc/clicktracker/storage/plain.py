"""Accesses as plain values, for queues and files, and back again, cheaply."""

from collections.abc import Iterable
from collections.abc import Sequence
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from typing import NamedTuple


class PlainAccess(NamedTuple):
    """An access in texts and numbers; times are microseconds since 1970."""

    key: str
    issued: int
    opened: int
    seen: int
    uid: str
    path: str
    title: str
    version: str
    user: str
    folder: str
    name: str
    url: str
    origin: str
    engaged: int
    depth: int
    marks: int = 0
    digest: str = ""
    words: int = 0


#: How many values the rows of earlier releases have: of one that knew only the first
#: ones, ...
_FIRST_ONES = 15
_DEFAULTS = (0, "", 0)

#: ... and of one that had two truths where the marks are now: whether the end was seen,
#: and whether it was printed.
_WITH_TWO_TRUTHS = 19


def plain(access: Access) -> PlainAccess:
    """Return the values of an access; ``accesses`` gives an equal one back."""
    document, reader, version = access.document, access.reader, access.version
    return PlainAccess(
        access.key,
        microseconds(access.issued),
        microseconds(access.opened),
        microseconds(access.seen),
        document.uid,
        document.path,
        document.title,
        version.label,
        reader.user,
        reader.folder,
        reader.name,
        access.url,
        access.origin,
        access.engaged,
        access.depth,
        int(access.marks),
        version.digest,
        version.words,
    )


def accesses(rows: Iterable[Sequence]) -> list[Access]:
    """Return the accesses that rows of values, in the order of ``PlainAccess``, are.

    They share documents, versions and readers. Rows of earlier releases are understood:
    what was accepted then may still wait. Raises ``ValueError``, ``TypeError`` or
    ``OverflowError`` for a row that can't be one: nothing is known then of
    which row it is, so whoever needs to know tries them one by one.
    """
    documents: dict[tuple, Document] = {}
    readers: dict[tuple, Reader] = {}
    versions: dict[tuple, Version] = {}
    made = []
    for row in rows:
        if len(row) != len(PlainAccess._fields):
            row = _of_today(row)
        key, issued, opened, seen, uid, path, title, label, user, folder, *more = row
        name, url, origin, engaged, depth, marks, digest, words = more
        known_as = (uid, path, title)
        document = documents.get(known_as)
        if document is None:
            document = documents[known_as] = Document(*known_as)
        who = (user, folder, name)
        reader = readers.get(who)
        if reader is None:
            reader = readers[who] = Reader(*who)
        served = (label, digest, words)
        version = versions.get(served)
        if version is None:
            version = versions[served] = Version(*served)
        made.append(
            Access(
                key,
                from_microseconds(issued),
                from_microseconds(opened),
                from_microseconds(seen),
                document,
                reader,
                url,
                version,
                origin,
                engaged,
                depth,
                Marks(marks),
            )
        )
    return made


def _of_today(row: Sequence) -> Sequence:
    """Return what a row of an earlier release says."""
    if len(row) == _FIRST_ONES:
        return (*row, *_DEFAULTS)
    if len(row) == _WITH_TWO_TRUTHS:
        *first, ended, printed, digest, words = row
        marks = Marks.ENDED * ended | Marks.PRINTED * printed
        return (*first, marks, digest, words)
    return row
