"""Documents with a deadline, and who is missing there."""

from collections.abc import Iterable
from dataclasses import dataclass
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadlines import declared_for_each
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.reports.progress import Expected
from slc.clicktracker.reports.progress import lacking_of_each
from slc.clicktracker.reports.read_files import expected_after_reading
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.tracked import TrackedDocument


@dataclass(frozen=True, eq=False)
class Dated:
    """A document and the deadline that holds for it, as it was declared."""

    document: TrackedDocument
    declaration: Declaration
    deadline: Deadline


@dataclass(frozen=True, eq=False)
class Lacking:
    """A dated document that ``missing`` are expected to read, who can view it now and are
    not known to have read it as far as is asked for; by name."""

    dated: Dated
    expected: Expected
    missing: tuple[Reader, ...]


def dated_among(documents: Iterable[TrackedDocument]) -> list[Dated]:
    """Return those that have a deadline, in the same order."""
    listed = list(documents)
    declared = declared_for_each(each.item for each in listed)
    return [
        Dated(document, declaration, Deadline.of(declaration))
        for document, declaration in zip(listed, declared, strict=True)
        if declaration is not None
    ]


def lacking_of(dated: Iterable[Dated]) -> list[Lacking]:
    """Return those for which somebody is missing, in the same order. Of a document whose
    version is not known nobody is. Raises ``StorageError``."""
    listed = list(dated)
    expected = expected_after_reading(each.document for each in listed)
    known = [its for its in expected if its.standing]
    missing = dict(zip(map(id, known), lacking_of_each(known), strict=True))
    return [
        Lacking(each, its, missing[id(its)])
        for each, its in zip(listed, expected, strict=True)
        if missing.get(id(its))
    ]
