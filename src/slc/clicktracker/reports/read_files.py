"""``expected_after_reading``: who is expected to read documents, where nobody waits for the
answer."""

from collections.abc import Iterable
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.reports.progress import Expected
from slc.clicktracker.reports.progress import expected_readers
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.versions.visible import visible_version
from ZODB.POSException import POSKeyError


def expected_after_reading(
    documents: Iterable[TrackedDocument],
) -> tuple[Expected, ...]:
    """Return what ``expected_readers`` does, with the versions of all files, whatever
    their size."""
    listed = tuple(documents)
    expected = expected_readers(listed, Audiences())
    unread = [each.document for each in expected if each.standing is None]
    if not unread:
        return expected
    _read_files_of(unread)
    return expected_readers(listed, Audiences())


def _read_files_of(documents: Iterable[TrackedDocument]) -> None:
    """Find out the versions of documents: those are remembered."""
    for document in documents:
        try:
            visible_version(document.content)
        except (OSError, POSKeyError):
            # It is missing. Whoever asks the next time has the log say so.
            continue
