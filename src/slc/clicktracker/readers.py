"""Who read this content: what a report asks for, whatever storage answers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from operator import attrgetter
from plone import api
from Products.ZCatalog.interfaces import ICatalogBrain
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IReadingReport
from slc.clicktracker.site_storage import site_storage
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import LogRow
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.tracking import document_uid
from slc.clicktracker.tracking import indexed_uid
from typing import Any


class WholeFolderOnly(Exception):
    """The storage can't leave out what the viewer may not see in a folder."""


@dataclass(frozen=True)
class Place:
    """Content and everything below it that the current user may see, by UID."""

    content: Any
    documents: Mapping[str, ICatalogBrain] = field(repr=False)
    complete: bool

    @classmethod
    def of(cls, content: Any) -> "Place":
        catalog = api.portal.get_tool("portal_catalog")
        site_path = "/".join(api.portal.get().getPhysicalPath())
        query = {"path": "/".join(content.getPhysicalPath())}
        brains = catalog.searchResults(show_inactive=True, **query)
        everything = catalog.unrestrictedSearchResults(**query)
        return cls(
            content,
            {indexed_uid(brain, site_path): brain for brain in brains},
            complete=len(brains) == len(everything),
        )

    @property
    def uids(self) -> tuple[str, ...]:
        return tuple({document_uid(self.content): None, **self.documents})


def readings_of(place: Place, query: ReadingQuery) -> ReadingPage:
    """Return a page of the readings of a place, for ``query`` without documents.

    Raises ``StorageError`` when the storage can't answer, ``WholeFolderOnly``
    when it could only answer for more than the current user may see.
    """
    storage = site_storage()
    if IReadingReport.providedBy(storage):
        return storage.readings(replace(query, documents=place.uids))
    if not place.complete:
        raise WholeFolderOnly
    return _page_of_log(storage, place, query)


_KEYS = {
    "name": lambda reading: reading.reader.user.casefold(),
    "count": attrgetter("count"),
    "first": attrgetter("last"),
    "last": attrgetter("last"),
    "url": attrgetter("url"),
}


def _page_of_log(
    storage: IClickStorage, place: Place, query: ReadingQuery
) -> ReadingPage:
    """The same from a storage of two methods: it knows no names, no first time."""
    path = "/".join(place.content.getPhysicalPath())
    search = query.search.casefold()
    readings = [
        _reading(LogRow(*row))
        for row in storage.getLog(path)
        if search in row[0].casefold()
    ]
    key = _KEYS.get(query.sort, _KEYS["name"])
    readings.sort(key=lambda reading: (reading.reader.user, reading.url))
    readings.sort(key=key, reverse=query.reverse)
    end = None if query.size is None else query.start + query.size
    return ReadingPage(tuple(readings[query.start : end]), len(readings))


def _reading(row: LogRow) -> Reading:
    return Reading(
        reader=Reader(row.user),
        document=Document("", row.url),
        count=row.count,
        first=None,
        last=row.last_access,
        url=row.url,
    )
