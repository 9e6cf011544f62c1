"""What the catalog speaks of, which may be gone while it has not heard of that."""

from Acquisition import aq_base
from BTrees.OOBTree import OOBTree
from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Sequence
from collections.abc import Set
from functools import cached_property
from plone import api
from plone.uuid.interfaces import ATTRIBUTE_NAME
from Products.ZCatalog.interfaces import ICatalogBrain
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tracking.alike import Character
from slc.clicktracker.tracking.alike import character_of
from slc.clicktracker.tracking.states import State
from slc.clicktracker.tracking.states import state_of
from slc.clicktracker.tracking.unchanged import items_unchanged
from slc.clicktracker.tracking.unchanged import Known
from typing import Any
from typing import NamedTuple
from typing import TypeVar
from zExceptions import NotFound


Found = TypeVar("Found")

#: What is known of each item at all.
_ENTRIES = "catalogued"


class Entry(NamedTuple):
    """What is remembered of an item as long as it doesn't change, and is where it is; ``oid``
    tells the object, None where that doesn't decide about all alone."""

    oid: bytes | None
    path: str
    folder: str
    uid: str
    state: State
    character: Character | None


class Catalogued:
    """Content at a ``path`` that the catalog knows, for one request.

    ``rid`` is its number there, ``folder`` the path of what it is in. ``uid`` is that under
    which its readings are kept, or "". ``character`` is None where its attributes alone
    don't decide who may do what with it.
    """

    def __init__(self, places: "_Places", rid: int, entry: Entry) -> None:
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
        ``State``."""
        found = self._state.found
        return found[find] if find in found else self._state.ask(find, self.content)


def catalogued(brains: Sequence[ICatalogBrain]) -> list[Catalogued]:
    """Return what the catalog has found, whoever may see it, without what is gone."""
    places, known = _Places(), known_of_items(_ENTRIES)
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


def known_of_items(*subject: Hashable) -> Known[int, Any]:
    """Return what is known of single items about a subject, by their numbers in the catalog:
    only what their own attributes decide, and what is part of the subject."""
    return items_unchanged(_leave_unchanged).known(*subject)


def _leave_unchanged(
    found: dict[Hashable, dict[int, Any]], changed: Set[bytes]
) -> None:
    """Remove all that is known of items but those that are not changed, and are where they
    were."""
    places = _Places()
    entries = found.get((_ENTRIES,), {})
    same = {
        rid
        for rid, entry in entries.items()
        if entry.oid not in changed and places.has(rid, entry)
    }
    for subject, known in list(found.items()):
        found[subject] = {rid: its for rid, its in known.items() if rid in same}


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


def content_of(brain: ICatalogBrain) -> Any:
    """Return the content of a brain, whoever may see it; None where that is gone."""
    try:
        content = brain._unrestrictedGetObject()
    except (AttributeError, KeyError, NotFound):
        return None
    # Zope finds something of the same id further up where what was there is gone.
    return content if _is_at(brain.getPath(), content) else None


def content_with(uid: str) -> Any:
    """Return the content with a UID, whoever may see it; None where there is none."""
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(UID=uid) if uid else ()
    return next((each for each in contents_of(brains) if each is not None), None)


def contents_of(brains: Iterable[ICatalogBrain]) -> list[Any]:
    """Return the same for each of many brains."""
    places = _Places()
    found = []
    for brain in brains:
        content = places.at(brain.getPath())
        found.append(content_of(brain) if content is None else content)
    return found


class _Places:
    """Gets what is in folders, each of which is walked to once: to ask it for an attribute
    of the name of what is in it, as each step of a path does, takes longer than all else.
    """

    def __init__(self) -> None:
        self.catalog = api.portal.get_tool("portal_catalog")._catalog
        self._portal = api.portal.get()
        self._site_path = "/".join(self._portal.getPhysicalPath())
        self._getters: dict[str, Callable[..., Any] | None] = {}
        self._trees: dict[str, OOBTree | None] = {}

    def content_of(self, rid: int, path: str) -> Any:
        """Return the content of a number in the catalog, None where that is gone."""
        content = self.at(path)
        return content_of(self.catalog[rid]) if content is None else content

    def has(self, rid: int, entry: Entry) -> bool:
        """Is an object still where it was, by the catalog and by its folder? It is not
        loaded for that."""
        if self.catalog.paths.get(rid) != entry.path:
            return False
        if entry.folder not in self._trees:
            get = self._getter_of(entry.folder)
            tree = None if get is None else getattr(get.__self__, "_tree", None)
            self._trees[entry.folder] = tree if type(tree) is OOBTree else None
        tree = self._trees[entry.folder]
        if tree is None:
            return False
        found = tree.get(entry.path[len(entry.folder) + 1 :])
        return found is not None and found._p_oid == entry.oid

    def at(self, path: str) -> Any:
        """Return the content at a path, None where it is in no folder of the usual kind."""
        # The site is in nothing that has a path; its own id may be that of something in it.
        if not path.startswith(f"{self._site_path}/"):
            return None
        folder, _slash, name = path.rpartition("/")
        get = self._getter_of(folder)
        return None if get is None else get(name, None)

    def _getter_of(self, folder: str) -> Callable[..., Any] | None:
        if folder not in self._getters:
            self._getters[folder] = self._getter_in(folder)
        return self._getters[folder]

    def _getter_in(self, path: str) -> Callable[..., Any] | None:
        folder = self._portal if path == self._site_path else self.at(path)
        if folder is None:
            folder = self._portal.unrestrictedTraverse(path, None)
            if not _is_at(path, folder):
                return None
        return folder._getOb if hasattr(aq_base(folder), "_getOb") else None


def _is_at(path: str, content: Any) -> bool:
    """Is that there, and not something else of the name that Zope has found?"""
    where = getattr(content, "getPhysicalPath", None)
    return where is not None and "/".join(where()) == path


def _own_uid(content: Any) -> str | None:
    return getattr(aq_base(content), ATTRIBUTE_NAME, None)
