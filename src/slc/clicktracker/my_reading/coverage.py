"""Which lists a member is in: those of what they have read, or are expected to read."""

from functools import cached_property
from plone import api
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.interfaces import IReadDocuments
from slc.clicktracker.my_reading.readings import own_history
from slc.clicktracker.my_reading.visits import was_in_place
from slc.clicktracker.reports.progress import expected_of
from slc.clicktracker.reports.progress import expected_readers
from slc.clicktracker.sites.openings import NamedList
from slc.clicktracker.sites.openings import VISITS
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.tracking.tracked import tracked_below


class Coverage:
    """Is the ``reader``, who has to be the current user, in lists about content?

    As it is now: a list that was opened last month had the audience of last month. So it
    says too much rather than too little.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._visited: dict[str, bool] = {}

    def covers(self, listed: NamedList) -> bool:
        """Return whether they are in a list, or may be."""
        uid, path = listed.uid, listed.path
        if listed.what == VISITS:
            return self._was_at(path)
        return uid in self._uids or path in self._places or uid in self._containers

    def _was_at(self, path: str) -> bool:
        """Were they on the site, at a path or below it?"""
        if path not in self._visited:
            site = "/".join(api.portal.get().getPhysicalPath())
            self._visited[path] = was_in_place(self._reader, path.removeprefix(site))
        return self._visited[path]

    @cached_property
    def _uids(self) -> frozenset[str]:
        """What they have anything to do with."""
        return self._read | self._expected

    @cached_property
    def _read(self) -> frozenset[str]:
        try:
            history = own_history(self._reader, 0, 0)
        except StorageError:
            # What they are expected to read is known without it.
            return frozenset()
        return (
            frozenset(each.uid for each in history.versions) if history else frozenset()
        )

    @cached_property
    def _expected(self) -> frozenset[str]:
        documents = tracked_below(api.portal.get(), "View")
        expected = expected_readers(documents, Audiences())
        _member, own = expected_of(expected, self._reader.user, self._reader.folder)
        return frozenset(each.document.uid for each in own)

    @cached_property
    def _places(self) -> frozenset[str]:
        """Where all that is, with everything around it up to the site."""
        found: set[str] = set()
        site = "/".join(api.portal.get().getPhysicalPath())
        for path in self._paths:
            while path.startswith(site) and path not in found:
                found.add(path)
                path = path.rpartition("/")[0]
        return frozenset(found)

    @cached_property
    def _paths(self) -> set[str]:
        catalog = api.portal.get_tool("portal_catalog")
        # Only to compare it with what was opened: nothing of it is shown.
        brains = catalog.unrestrictedSearchResults(UID=list(self._uids))
        return {brain.getPath() for brain in brains} | self._last_paths

    @cached_property
    def _last_paths(self) -> set[str]:
        """Where the storage knows it was, as it may be deleted."""
        try:
            storage = storage_with(IReadDocuments)
            found = storage.read_documents(tuple(self._read)) if storage else ()
        except StorageError:
            return set()
        return {each.document.path for each in found}

    @cached_property
    def _containers(self) -> frozenset[str]:
        """The UIDs of the places, which may have had other paths."""
        catalog = api.portal.get_tool("portal_catalog")
        query = {"query": list(self._places), "depth": 0}
        brains = catalog.unrestrictedSearchResults(path=query) if self._places else ()
        site = {document_uid(api.portal.get())} if self._places else set()
        return frozenset(brain.UID for brain in brains) | site
