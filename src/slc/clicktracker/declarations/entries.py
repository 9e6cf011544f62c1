"""How declarations are in the tree that keeps them: one tree for all kinds and documents.

A key is the kind, the UID, a number that grows with time, and a random word. So the
declarations of a kind about a document are beside each other, oldest first, and those
of many documents are in few parts of the tree: what is asked of 5,000 documents costs no
more loads than there are parts with that kind.

An entry is never written again. How a declaration ended is an entry of its own, right
after it. So whatever two people declare at once, of one document or of two, has keys of
its own, and the database merges it; of two who end the same declaration, the second is
told of a conflict, begins anew, and finds it ended.
"""

from BTrees.OOBTree import OOBTree
from collections.abc import Iterable
from collections.abc import Iterator

import secrets


#: Kind, UID, number, word; one more word for the end.
Key = tuple

_END = "ended"

_LENGTH = 4


def entries_of(
    tree: OOBTree, kind: str, uid: str
) -> Iterable[tuple[Key, tuple, tuple]]:
    """Return the key, what was declared and how it ended, () while it holds, of all of a
    kind about a document, oldest first."""
    # Of most documents nothing is, and dashboards ask for each.
    if not has_entries(tree, kind, uid):
        return ()
    return _entries(tree, (kind, uid), (kind, _after(uid)))


def entries_of_kind(tree: OOBTree, kind: str) -> Iterator[tuple[Key, tuple, tuple]]:
    """Yield the same of all documents, one after the other."""
    return _entries(tree, (kind,), (_after(kind),))


def has_entries(tree: OOBTree, kind: str, uid: str) -> bool:
    """Was anything of a kind declared about a document?"""
    # In one search, which takes half the time of a range.
    try:
        return tree.minKey((kind, uid))[:2] == (kind, uid)
    except ValueError:
        return False


def new_key(tree: OOBTree, kind: str, uid: str, moment: int) -> Key:
    """Return a key that nothing has, for what is declared at a moment: it comes after all
    that is known already, also where the clock was put back."""
    number = moment
    before, end = (kind, uid), (kind, _after(uid))
    if tree and tree.minKey() < end:
        last = tree.maxKey(end)
        if last[:2] == before:
            number = max(number, last[2] + 1)
    return kind, uid, number, secrets.token_hex(8)


def add_end(tree: OOBTree, key: Key, kept: tuple) -> bool:
    """Keep how a declaration ended. Return False where it has ended already."""
    return bool(tree.insert((*key, _END), kept))


def each_entry(tree: OOBTree) -> Iterator[tuple[Key, tuple, bool]]:
    """Yield the key and the value of all entries, and whether it is an end."""
    for key, kept in tree.items():
        yield key, kept, len(key) > _LENGTH


def remove_entry(tree: OOBTree, key: Key) -> None:
    """Remove what was declared, and how it ended."""
    tree.pop(key)
    tree.pop((*key, _END), None)


def _entries(tree: OOBTree, start: Key, end: Key) -> Iterator[tuple[Key, tuple, tuple]]:
    pending = None
    for key, kept in tree.items(start, end):
        if len(key) > _LENGTH:
            yield (*pending, kept)
            pending = None
            continue
        if pending is not None:
            yield (*pending, ())
        pending = key, kept
    if pending is not None:
        yield (*pending, ())


def _after(text: str) -> str:
    """Return the first text that comes after one."""
    return text + "\0"
