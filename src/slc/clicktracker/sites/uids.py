"""The UIDs under which readings are kept."""

from Acquisition import aq_base
from plone.uuid.interfaces import ATTRIBUTE_NAME
from plone.uuid.interfaces import IUUID
from typing import Any


def document_uid(content: Any) -> str:
    """Return the UID under which the readings of content are kept, or "".

    Language-independent content answers with another UUID in each language
    folder (``<uid>-<language>``), although it is one document. Its attribute
    tells the one UID.
    """
    uid = getattr(aq_base(content), ATTRIBUTE_NAME, None)
    return uid or IUUID(content, None) or ""


def indexed_uid(brain: Any, site_path: str) -> str:
    """Return the same for a catalog brain, where the language is in the index."""
    uid = brain.UID or ""
    if "-" not in uid:
        return uid
    language = brain.getPath()[len(site_path) + 1 :].partition("/")[0]
    return uid.removesuffix(f"-{language}")
