"""Values of fields in a form that is the same in every process."""

from Acquisition import aq_base
from collections.abc import Mapping
from collections.abc import Sequence
from collections.abc import Set
from datetime import date
from datetime import time
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from operator import itemgetter
from plone.app.textfield.interfaces import IRichTextValue
from plone.namedfile.interfaces import INamedTyped
from plone.uuid.interfaces import IUUID
from slc.clicktracker.versions.file_digest import file_digest
from slc.clicktracker.versions.shown_html import shown_html
from typing import Any
from unicodedata import normalize
from z3c.relationfield.interfaces import IRelationValue

import json


#: Where an object is says nothing about what it shows.
_PLACE = ("__parent__", "__name__")


def canonical(value: Any) -> Any:
    """Return a value as lists, dictionaries, texts and numbers, ready for JSON.

    Values that look the same give the same, whatever the order of a set, the kind
    of a sequence, the place in memory, or how an editor has written a text. A file is its
    name, its type and the hash of its data, other content its UID, and an object of a
    class of its own what it keeps. What shows nothing is None: a text of empty
    paragraphs, and a relation whose target is gone, which a list is without.
    Raises what reading the value raises: a file may be missing, a class be gone.
    """
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            # A form sends the ends of lines in its own way, and cuts off spaces around.
            lines = value.replace("\r\n", "\n").replace("\r", "\n")
            return normalize("NFC", lines.strip())
        case bytes():
            return {"bytes": sha256(value).hexdigest()}
        case date() | time():
            return {"time": value.isoformat()}
        case Decimal() | timedelta():
            return {"number": str(value)}
        case Mapping():
            pairs = [[json.dumps(canonical(k)), canonical(v)] for k, v in value.items()]
            return {"pairs": sorted(pairs, key=itemgetter(0))}
        case Set():
            return {"set": sorted(json.dumps(canonical(each)) for each in value)}
        case Sequence():
            return [canonical(each) for each in value if not _is_gone(each)]
    return _of_object(value)


def _of_object(value: Any) -> Any:
    if IRichTextValue.providedBy(value):
        text = _text(value)
        return {"text": text, "type": value.mimeType} if text else None
    if INamedTyped.providedBy(value):
        return {
            "data": file_digest(value),
            "name": value.filename,
            "type": value.contentType,
        }
    if IRelationValue.providedBy(value):
        return None if _is_gone(value) else {"uid": IUUID(value.to_object, None)}
    uid = IUUID(value, None)
    if uid is not None:
        return {"uid": uid}
    return {"class": _name_of(type(value)), "state": canonical(_state_of(value))}


def _is_gone(value: Any) -> bool:
    """Is it a relation whose target was deleted?"""
    return IRelationValue.providedBy(value) and value.to_object is None


def _text(value: Any) -> Any:
    raw = value.raw or ""
    return shown_html(raw) if "html" in value.mimeType else canonical(raw)


def _name_of(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"


def _state_of(value: Any) -> Any:
    """Return what would be kept of an object; a class is its name."""
    if isinstance(value, type):
        return _name_of(value)
    own = aq_base(value)
    keep = getattr(own, "__getstate__", None)
    state = keep() if keep else getattr(own, "__dict__", None)
    if not isinstance(state, dict):
        return state
    return {
        name: kept
        for name, kept in state.items()
        if name not in _PLACE and not str(name).startswith("_v_")
    }
