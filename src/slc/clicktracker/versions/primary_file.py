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
    # of the content, and most content has no file in any. The class of each tells:
    # to ask the values themselves would load them from the database.
    attributes = getattr(aq_base(content), "__dict__", {})
    kinds = set(map(type, attributes.values())) - _NO_FILES
    if not any(map(INamedTyped.implementedBy, kinds)):
        return None
    info = IPrimaryFieldInfo(content, None)
    value = info.value if info is not None else None
    return value if INamedTyped.implementedBy(type(value)) else None
