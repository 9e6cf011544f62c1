"""What is known of one reader: each version, and each time it was opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.marks import NO_MARKS
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import EngagementRule
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version


@dataclass(frozen=True)
class HistoryQuery:
    """Whose accesses of which documents.

    ``documents`` are UIDs. The ``reader`` is found by id and user folder,
    ``generation`` is that of ``Reading``, or ``model.CURRENT``. ``start`` and ``size`` cut the accesses in
    the storage, the latest first; ties are broken; ``size`` None is all. ``rule``
    decides about the levels.
    """

    documents: tuple[str, ...]
    reader: Reader
    generation: int = 1
    start: int = 0
    size: int | None = 20
    rule: EngagementRule = EngagementRule()  # noqa: RUF009 (frozen)


@dataclass(frozen=True)
class VersionRead:
    """A version of a document, and how far one reader got with it. Versions that show the
    same are one, as in a ``Reading``, and have the first label of them.

    ``uid`` is that of the document. ``served`` and ``downloaded`` are the first and the
    last time, or empty; ``opened`` the first access and when it was last seen, or
    empty; ``level`` is one of ``LEVELS``, of this version alone, "downloaded",
    "served" where nothing called back, or ``DECLARED`` where not even that is known.
    ``declared`` are the times when it was acknowledged and attested, of what stands.
    ``engaged`` is in milliseconds, bounded as in
    ``Reading``, ``depth`` in percent.
    """

    uid: str
    version: Version
    count: int
    level: str
    served: tuple[datetime, ...] = ()
    downloaded: tuple[datetime, ...] = ()
    opened: tuple[datetime, ...] = ()
    engaged: int = 0
    depth: int = 0
    marks: Marks = NO_MARKS
    declared: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class ReaderHistory:
    """What is known of a reader with some documents.

    ``versions`` are sorted by what was last known of them, the latest first;
    ``accesses`` are one page of ``total``. Months of accesses may have been dropped
    that the versions still count. ``reader`` has the name as last known;
    ``former`` says that the account was deleted.
    """

    reader: Reader
    former: bool
    versions: tuple[VersionRead, ...]
    accesses: tuple[Access, ...]
    total: int


def latest_first(versions: Iterable[VersionRead]) -> tuple[VersionRead, ...]:
    """Return versions by what was last known of them; ties are broken by document,
    label and digest."""
    by_name = sorted(versions, key=lambda v: (v.uid, v.version.label, v.version.digest))
    return tuple(
        sorted(
            by_name,
            key=lambda v: max(v.served + v.downloaded + v.opened + v.declared),
            reverse=True,
        )
    )
