"""What very many documents say, as far as earlier processes of this host have found out.

A process that has just started would have to read all of their texts again: two seconds
for 5,000 documents. What a text is known by depends on the state of the document in the
database, on its type, and on the packages that are installed.
"""

from Acquisition import aq_base
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Set
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from persistent import Persistent
from plone.dexterity.schema import SCHEMA_CACHE
from slc.clicktracker.storage.model import Version
from slc.clicktracker.versions.file_digest import digests_on_disk
from slc.clicktracker.versions.file_digest import files_ahead
from slc.clicktracker.versions.kept_digests import BlobState
from slc.clicktracker.versions.primary_file import has_files
from slc.clicktracker.versions.primary_file import primary_file
from slc.clicktracker.versions.visible import known_text
from slc.clicktracker.versions.visible import learn_text
from slc.clicktracker.versions.visible import state_of
from slc.clicktracker.versions.visible import TextState
from typing import Any
from zope.schema import getFields

import sys


#: To look up the texts of fewer documents takes longer than to read them.
_MANY = 100

#: Attributes with objects that are no values of fields.
_NO_FIELDS = frozenset({"workflow_history", "cmf_uid"})

#: Packages whose behaviors keep what readers see in attributes of the content.
_IN_ATTRIBUTES = ("plone.app.", "plone.restapi.", "plone.volto.")


@contextmanager
def texts_ahead(contents: Collection[Any]) -> Iterator[None]:
    """Look up what many documents say on the disk; keep there what is found out about
    others meanwhile, that of files too."""
    if len(contents) < _MANY:
        yield
        return
    states = ((each, state_of(each)) for each in contents)
    new = [(each, state) for each, state in states if state and not known_text(state)]
    if len(new) < _MANY:
        yield
        return
    # What a file is known by is told by its data, whatever else is said of it.
    files = [primary_file(each) for each, _state in new if has_files(each)]
    texts = {_kept_as(state): state for each, state in new if not has_files(each)}
    kept = digests_on_disk.get_all(texts.keys())
    for key, text in kept.items():
        digest, _space, label = text.partition(" ")
        learn_text(texts[key], Version(label, digest))
    with files_ahead(files):
        yield
    found = {
        key: f"{version.digest} {version.label}"
        for key in texts.keys() - kept.keys() - _kept_as_of_others(new)
        if (version := known_text(texts[key]))
    }
    if found:
        digests_on_disk.put(found)


def _kept_as_of_others(
    new: Iterable[tuple[Any, TextState]],
) -> Set[BlobState]:
    """Return those that say something which may be changed without a change of theirs: a
    process notices that no later than when it is started."""
    elsewhere: dict[Any, bool] = {}
    found = set()
    for content, state in new:
        kind = content.portal_type
        if kind not in elsewhere:
            elsewhere[kind] = _has_values_elsewhere(kind)
        if elsewhere[kind] or _has_objects(content):
            found.add(_kept_as(state))
    return found


def _has_values_elsewhere(portal_type: str) -> bool:
    """Has a type a behavior whose values may be anywhere, such as in annotations?"""
    return any(
        behavior.factory is not None
        and not behavior.factory.__module__.startswith(_IN_ATTRIBUTES)
        and getFields(behavior.interface)
        for behavior in SCHEMA_CACHE.behavior_registrations(portal_type)
    )


def _has_objects(content: Any) -> bool:
    """Is a value an object of its own in the database, such as related content?"""
    return any(
        isinstance(each, Persistent)
        for name, value in vars(aq_base(content)).items()
        if not name.startswith("_") and name not in _NO_FIELDS
        for each in (value if type(value) in (list, tuple) else (value,))
    )


def _kept_as(state: TextState) -> BlobState:
    depends = sha256(f"{state.fields} {_software()}".encode()).digest()
    return BlobState(state.database, state.oid, state.serial + depends)


@cache
def _software() -> str:
    """Return the packages that are installed, with their versions."""
    folders = map(Path, sys.path)
    infos = {each.name for folder in folders for each in folder.glob("*-info")}
    return " ".join(sorted(infos | {Path(each).name for each in sys.path}))
