"""The file or image that content is, if it is one."""

from Acquisition import aq_base
from plone.namedfile.interfaces import INamedTyped
from plone.rfc822.interfaces import IPrimaryFieldInfo
from typing import Any


#: Classes of which most attributes are.
_NO_FILES = {str, int, float, bool, type(None), tuple, list, dict}


def primary_file(content: Any) -> Any:
    """Return the value of the primary field, None where that is no file or image."""
    # Which field is the primary one takes long to find out. Its value is an attribute
    # of the content, and most content has no file in any.
    if not has_files(content):
        return None
    info = IPrimaryFieldInfo(content, None)
    value = info.value if info is not None else None
    return value if INamedTyped.implementedBy(type(value)) else None


def has_files(content: Any) -> bool:
    """Is any attribute a file or an image?"""
    # The class of each tells: to ask the values themselves would load them.
    attributes = getattr(aq_base(content), "__dict__", {})
    kinds = set(map(type, attributes.values())) - _NO_FILES
    return any(map(INamedTyped.implementedBy, kinds))
