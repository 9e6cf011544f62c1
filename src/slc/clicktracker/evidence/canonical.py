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
from lxml.etree import ParserError
from lxml.html import fragment_fromstring
from lxml.html import HtmlElement
from operator import itemgetter
from plone.app.textfield.interfaces import IRichTextValue
from plone.namedfile.interfaces import INamedTyped
from plone.uuid.interfaces import IUUID
from slc.clicktracker.evidence.file_digest import file_digest
from typing import Any
from z3c.relationfield.interfaces import IRelationValue

import json


#: Where an object is says nothing about what it shows.
_PLACE = ("__parent__", "__name__")


def canonical(value: Any) -> Any:
    """Return a value as lists, dictionaries, texts and numbers, ready for JSON.

    Values that look the same give the same, whatever the order of a set, the kind
    of a sequence or the place in memory. A file is its name, its type and the hash of
    its data, other content its UID, and an object of a class of its own what it keeps.
    Raises what reading the value raises: a file may be missing, a class be gone.
    """
    match value:
        case None | bool() | int() | float() | str():
            return value
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
            return [canonical(each) for each in value]
    return _of_object(value)


def _of_object(value: Any) -> Any:
    if IRichTextValue.providedBy(value):
        return {"text": _text(value), "type": value.mimeType}
    if INamedTyped.providedBy(value):
        return {
            "data": file_digest(value),
            "name": value.filename,
            "type": value.contentType,
        }
    if IRelationValue.providedBy(value):
        return {"uid": IUUID(value.to_object, None)}
    uid = IUUID(value, None)
    if uid is not None:
        return {"uid": uid}
    return {"class": _name_of(type(value)), "state": canonical(_state_of(value))}


def _text(value: Any) -> Any:
    """Return rich text without what an editor rewrites although nobody changed it:
    the space between tags, the order of attributes, the spelling of characters."""
    raw = value.raw or ""
    if "html" not in value.mimeType or not raw.strip():
        return raw
    try:
        root = fragment_fromstring(raw, create_parent="div")
    except (ParserError, ValueError):
        return raw
    return [_of_node(node) for node in root.iter()]


def _of_node(node: HtmlElement) -> list[Any]:
    """What is shown of a node; a comment shows nothing but what follows it."""
    if not isinstance(node.tag, str):
        return ["", _folded(node.tail)]
    shown = [_folded(node.text), _folded(node.tail)]
    return [node.tag, sorted(node.items()), len(node), *shown]


def _folded(text: str | None) -> str:
    return " ".join((text or "").split())


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
