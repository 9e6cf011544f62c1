"""What the catalog speaks of, which may be gone while it has not heard of that."""

from Acquisition import aq_base
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from functools import cached_property
from plone import api
from plone.uuid.interfaces import ATTRIBUTE_NAME
from Products.ZCatalog.interfaces import ICatalogBrain
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tracking.alike import character_of
from slc.clicktracker.tracking.lasting import entries
from slc.clicktracker.tracking.lasting import Entry
from slc.clicktracker.tracking.places import content_of
from slc.clicktracker.tracking.places import Places
from slc.clicktracker.tracking.states import state_of
from typing import Any
from typing import TypeVar


Found = TypeVar("Found")


class Catalogued:
    """Content at a ``path`` that the catalog knows, for one request.

    ``rid`` is its number there, ``folder`` the path of what it is in. ``uid`` is that under
    which its readings are kept, or "". ``character`` is None where its attributes alone
    don't decide who may do what with it.
    """

    def __init__(self, places: "Places", rid: int, entry: Entry) -> None:
        self._places, self.rid = places, rid
        self.path, self.folder, self.uid, self._state, self.character = entry[1:]

    @cached_property
    def content(self) -> Any:
        """The content itself: of most items nobody needs it."""
        return self._places.content_of(self.rid, self.path)

    @cached_property
    def brain(self) -> ICatalogBrain:
        """What the catalog has of it: to make that takes longer than all the rest."""
        return self._places.catalog[self.rid]

    @property
    def title(self) -> str:
        """The title, or the id of what has none."""
        return self.known("Title") or self.path.rpartition("/")[2]

    def known(self, column: str) -> Any:
        """Return what the catalog has in one of its columns."""
        catalog = self._places.catalog
        return catalog.data[self.rid][catalog.schema[column]]

    def ask(self, find: Callable[[Any], Found]) -> Found:
        """Return what a function finds of the content, which is remembered: see
        ``ItemState``."""
        found = self._state.found
        return found[find] if find in found else self._state.ask(find, self.content)


def catalogued(brains: Sequence[ICatalogBrain]) -> list[Catalogued]:
    """Return what the catalog has found, whoever may see it, without what is gone."""
    places, known = Places(), entries()
    found = []
    for rid in _numbers(brains):
        entry = known.get(rid)
        if entry is not None:
            found.append(Catalogued(places, rid, entry))
            continue
        path = places.catalog.paths.get(rid)
        content = None if path is None else places.content_of(rid, path)
        if content is not None:
            entry = known.keep(rid, _entry_of(path, content))
            found.append(Catalogued(places, rid, entry))
            found[-1].content = content
    return found


def _entry_of(path: str, content: Any) -> Entry:
    state = state_of(content)
    uid = state.ask(_own_uid, content)
    return Entry(
        None if uid is None else aq_base(content)._p_oid,
        path,
        path.rpartition("/")[0],
        uid or document_uid(content),
        state,
        state.ask(character_of, content),
    )


def _numbers(brains: Sequence[ICatalogBrain]) -> Iterable[int]:
    """Return the numbers of what was found in the catalog. What it makes of them, when
    they are looked at, takes longer than to find them."""
    numbers = list(getattr(brains, "_seq", ()))
    if len(numbers) == len(brains) and all(type(each) is int for each in numbers):
        return numbers
    # There are also lists of some of them, and results with scores.
    return [brain.getRID() for brain in brains]


def content_with(uid: str) -> Any:
    """Return the content with a UID, whoever may see it; None where there is none."""
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(UID=uid) if uid else ()
    return next((each for each in contents_of(brains) if each is not None), None)


def contents_of(brains: Iterable[ICatalogBrain]) -> list[Any]:
    """Return the same for each of many brains."""
    places = Places()
    found = []
    for brain in brains:
        content = places.at(brain.getPath())
        found.append(content_of(brain) if content is None else content)
    return found


def _own_uid(content: Any) -> str | None:
    return getattr(aq_base(content), ATTRIBUTE_NAME, None)
