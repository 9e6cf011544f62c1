"""Plain values that are kept for good, by what they say: the same is kept once.

Each is an object of its own in the database, so that nobody who looks for one loads others, and
what is added writes nothing of them again.
"""

from persistent.mapping import PersistentMapping
from slc.clicktracker.sites.site_record import SiteRecord
from typing import Any

import hashlib
import json
import zlib


_bodies = SiteRecord("bodies")

_TEXT = "json"


def keep_body(value: Any) -> str:
    """Keep what JSON can say. Return the name by which it is found."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
    name = hashlib.sha256(text).hexdigest()
    tree = _bodies.made()
    if name not in tree:
        tree[name] = PersistentMapping({_TEXT: zlib.compress(text, 9)})
    return name


def body(name: str) -> Any:
    """Return what was kept under a name. Raises ``KeyError``."""
    return json.loads(zlib.decompress(_bodies.tree()[name][_TEXT]))


def prepare_bodies() -> None:
    """Make the place, so that even the first two who need it don't conflict."""
    _bodies.made()
