"""Who is absent, the plain way."""

from collections.abc import Mapping
from datetime import datetime
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.absence import Absent
from slc.clicktracker.storage.absence import AbsentPage
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.keys import name_key
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable


#: User folder and id.
Who = tuple[str, str]


def absent_page(
    query: AbsenceQuery, opened: set[Who], served: Mapping[Who, datetime]
) -> AbsentPage:
    """Return the page of a query, for those who opened a document and those who were
    served one, and when that was last."""
    part = folded(storable(query.search, LIMITS["name"]))
    # Of somebody who is there twice the first counts, as in all lists.
    expected = {(r.folder, r.user): r for r in reversed(query.expected)}
    readers = [
        reader
        for who, reader in expected.items()
        if who not in opened and (part in name_key(reader) or part in id_key(reader))
    ]
    readers.sort(key=lambda r: (name_key(r), id_key(r), r.user, r.folder))
    start = max(query.start, 0)
    end = None if query.size is None else start + max(query.size, 0)
    rows = (Absent(r, served.get((r.folder, r.user))) for r in readers[start:end])
    return AbsentPage(tuple(rows), len(readers))
