"""What outlives a commit, because nothing that it depends on was changed.

Three kinds of things are known so:

- of an *item*, what its own attributes decide, and that it is where it is;
- of all items of one character in a *folder*, what the folders above decide: of each of these,
  that it is where it was, and has what it had that decides. So a folder that was only
  told that something in it is new stays what it is;
- what was found of certain *objects*, such as the maps of members, by the ids of all of them.

What else decides, such as the fields of types, is put into a ``Stamp``, which is part of the
subject: where it is another one, what was known is let go.
"""

from Acquisition import aq_base
from Acquisition import aq_chain
from Acquisition import aq_inner
from Acquisition import aq_parent
from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Iterator
from collections.abc import Set
from plone import api
from plone.dexterity.schema import SCHEMA_CACHE
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.tracking.alike import Character
from slc.clicktracker.tracking.alike import character_of
from slc.clicktracker.tracking.places import Places
from slc.clicktracker.tracking.states import ItemState
from slc.clicktracker.tracking.unchanged import Known
from slc.clicktracker.tracking.unchanged import Lasting
from slc.clicktracker.tracking.unchanged import lasting
from typing import Any
from typing import NamedTuple
from typing import TypeVar
from zope.component import getSiteManager


Found = TypeVar("Found")

#: The kinds of subjects, and what is known of each item and folder at all.
_OF_ITEMS, _OF_FOLDERS, _OF_OBJECTS, _STAMPS = "items", "folders", "objects", "stamps"
_ENTRIES, _FOLDERS = (_OF_ITEMS,), ("places",)


class Entry(NamedTuple):
    """What is remembered of an item as long as it doesn't change, and is where it is; ``oid``
    tells the object, None where that doesn't decide about all alone."""

    oid: bytes | None
    path: str
    folder: str
    uid: str
    state: ItemState
    character: Character | None


class Stamp:
    """Stands for a value that decides: the same one as long as that stays the same."""

    def __init__(self, value: Any) -> None:
        self.value = value


class _Folder(NamedTuple):
    """What of a folder, or the site, decides about what is in it; ``above`` are the ids of all
    that the site is in."""

    oid: bytes
    path: str
    folder: str
    uid: str
    character: Character
    above: tuple[bytes, ...]


class _OfObjects(NamedTuple):
    found: Any
    oids: Set[bytes]
    is_stale: bool


def entries() -> Known[int, Entry]:
    """Return what is known of each item at all, by its number in the catalog."""
    return _lasting().known(*_ENTRIES)


def known_of_items(*subject: Hashable) -> Known[int, Any]:
    """Return what is known of single items about a subject, by their numbers in the catalog:
    only what their own attributes decide, and what is part of the subject."""
    return _lasting().known(_OF_ITEMS, *subject)


class KnownOfFolders:
    """What is known about a subject of all items of one character in a folder, by tuples
    of which its path is the first: only what their own attributes decide, those of all
    folders that it is in, and what is part of the subject.

    ``is_certain`` says of each of these folders that nothing else decides. Nothing is known of
    what is in others.
    """

    def __init__(self, is_certain: Callable[[Any], bool], *subject: Hashable) -> None:
        here = _lasting()
        self._is_certain = is_certain
        self._known = here.known(_OF_FOLDERS, *subject)
        self._folders = here.known(*_FOLDERS)
        self._places = Places()
        self._certain: dict[str, bool] = {}
        # Asked of each of thousands.
        self.get = self._known.get

    def keep(self, key: tuple, found: Found) -> Found:
        """Remember what was just found, and return it."""
        if self._is_certain_up_to_site(key[0]):
            self._known.keep(key, found)
        return found

    def _is_certain_up_to_site(self, path: str) -> bool:
        if path not in self._certain:
            self._certain[path] = self._asked(path)
        return self._certain[path]

    def _asked(self, path: str) -> bool:
        content = self._places.folder(path)
        if content is None or not self._is_certain(content):
            return False
        is_site = path == self._places.site_path
        if not (is_site or self._is_certain_up_to_site(path.rpartition("/")[0])):
            return False
        if self._folders.get(path) is None:
            self._folders.keep(path, _folder_of(path, content, is_site))
        return True


def found_of_objects(
    name: Hashable, find: Callable[[], tuple[Found, Set[bytes]]]
) -> Found:
    """Return what a function finds, together with the ids of all objects in the database that
    decide about it, beside the name. Where one was changed, it is found anew; if it then
    is equal, the very same is returned as before."""
    known = _lasting().known(_OF_OBJECTS)
    before = known.get(name)
    if before is not None and not before.is_stale:
        return before.found
    found, oids = find()
    if before is not None and before.found == found:
        found = before.found
    return known.keep(name, _OfObjects(found, oids, False)).found


def stamp(name: Hashable, value: Any) -> Stamp:
    """Return what stands for a value. What was known with an earlier one of the same name is
    let go."""
    here = _lasting()
    known = here.known(_STAMPS)
    before = known.get(name)
    if before is not None and before.value == value:
        return before
    if before is not None:
        here.forget(before)
    return known.keep(name, Stamp(value))


def stamp_of_kinds() -> Stamp:
    """Return what stands for all that content of any kind provides, and how it is adapted."""
    registries = getSiteManager().adapters.ro
    return stamp("kinds", (state_of_types(), tuple(map(_serial, registries))))


def state_of_types() -> tuple[tuple[str, float | None], ...]:
    """Return what changes with the fields that content of any type has."""
    names = api.portal.get_tool("portal_types").objectIds()
    return tuple((name, SCHEMA_CACHE.modified(name)) for name in names)


def oids_of(*objects: Any) -> Iterator[bytes]:
    """Yield the ids of objects, and of all parts of those that are trees."""
    for each in objects:
        oid = getattr(each, "_p_oid", None)
        if oid is not None:
            yield oid
        part = getattr(each, "_firstbucket", None)
        while part is not None:
            # Of a small tree it is no object of its own.
            if part._p_oid is not None:
                yield part._p_oid
            part = part._next


def _lasting() -> Lasting:
    return lasting(_leave_unchanged)


def _leave_unchanged(found: dict[tuple, dict[Any, Any]], changed: Set[bytes]) -> None:
    """Remove all that doesn't hold any more."""
    places = Places()
    items = {
        rid
        for rid, entry in found.get(_ENTRIES, {}).items()
        if entry.oid not in changed
        and places.catalog.paths.get(rid) == entry.path
        and places.has(entry.oid, entry.path, entry.folder)
    }
    folders = _Unchanged(found.get(_FOLDERS, {}), changed, places)
    for subject, known in list(found.items()):
        if subject[0] == _OF_ITEMS:
            known = {rid: its for rid, its in known.items() if rid in items}
        elif subject[0] == _OF_FOLDERS:
            known = {key: its for key, its in known.items() if folders.has(key[0])}
        elif subject == _FOLDERS:
            known = {path: its for path, its in known.items() if folders.has(path)}
        elif subject[0] == _OF_OBJECTS:
            known = {
                name: its._replace(is_stale=its.is_stale or bool(its.oids & changed))
                for name, its in known.items()
            }
        found[subject] = known


class _Unchanged:
    """Tells which folders are what they were, and where they were, with all above."""

    def __init__(
        self, folders: dict[str, _Folder], changed: Set[bytes], places: Places
    ) -> None:
        self._folders, self._changed, self._places = folders, changed, places
        self._known: dict[str, bool] = {}

    def has(self, path: str) -> bool:
        if path not in self._known:
            before = self._folders.get(path)
            self._known[path] = before is not None and self._is_same(before)
        return self._known[path]

    def _is_same(self, before: _Folder) -> bool:
        is_site = before.path == self._places.site_path
        if is_site and not self._changed.isdisjoint(before.above):
            return False
        if not is_site and not (
            self.has(before.folder)
            and self._places.has(before.oid, before.path, before.folder)
        ):
            return False
        if before.oid not in self._changed:
            return True
        content = self._places.folder(before.path)
        return content is not None and before == _folder_of(
            before.path, content, is_site
        )


def _folder_of(path: str, content: Any, is_site: bool) -> _Folder:
    above = aq_chain(aq_parent(aq_inner(content))) if is_site else ()
    return _Folder(
        aq_base(content)._p_oid,
        path,
        path.rpartition("/")[0],
        document_uid(content),
        # Where it has none that can be compared, any change counts.
        character_of(content) or Character(),
        tuple(oids_of(*above)),
    )


def _serial(registry: Any) -> bytes | None:
    """Return what changes with each registration in a persistent registry, None for those of
    the process, which last as long as that."""
    if not hasattr(registry, "_p_activate"):
        return None
    registry._p_activate()
    return registry._p_serial
