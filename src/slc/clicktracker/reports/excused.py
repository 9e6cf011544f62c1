"""One page of those who are excused from reading a document."""

from dataclasses import dataclass
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.exceptions import AudienceException
from slc.clicktracker.storage.folding import folded
from slc.clicktracker.storage.keys import id_key
from slc.clicktracker.storage.keys import name_key
from slc.clicktracker.storage.model import ReadingQuery


@dataclass(frozen=True)
class ExcusedPage:
    """One page of exceptions, and how many there are in ``total``."""

    rows: tuple[AudienceException, ...]
    total: int


def excused_page(audience: Audience, query: ReadingQuery) -> ExcusedPage:
    """Return a page of those whose name or id contains what is searched for."""
    part = folded(query.search)
    found = [
        one
        for one in audience.excused
        if part in name_key(one.reader) or part in id_key(one.reader)
    ]
    end = None if query.size is None else query.start + query.size
    return ExcusedPage(tuple(found[query.start : end]), len(found))
