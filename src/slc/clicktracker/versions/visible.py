"""The version of content that its readers see."""

from Acquisition import aq_base
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from plone import api
from plone.app.textfield.interfaces import IRichTextValue
from plone.dexterity.interfaces import IDexterityContent
from plone.dexterity.schema import SCHEMA_CACHE
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.storage.model import Version
from slc.clicktracker.versions.file_digest import DigestUnknown
from slc.clicktracker.versions.file_digest import file_digest
from slc.clicktracker.versions.primary_file import primary_file
from slc.clicktracker.versions.visible_fields import canonical_form
from slc.clicktracker.versions.visible_fields import read_fields
from slc.clicktracker.versions.word_count import word_count
from slc.clicktracker.versions.words_in_blocks import text_in_blocks
from threading import Lock
from typing import Any
from typing import NamedTuple
from ZODB.POSException import ConflictError
from ZODB.utils import z64
from zope.schema.interfaces import IField
from zope.schema.interfaces import IText

import json
import logging


logger = logging.getLogger("slc.clicktracker")

#: Versions that this process remembers, a few hundred bytes each, with and without words.
MOST_VERSIONS = 20_000

_DIGITS = 32

#: The field of plone.restapi's behavior, which a site need not have.
_BLOCKS = "blocks"


class TextState(NamedTuple):
    """A document as one transaction left it; ``fields`` tells when its type was changed,
    None where it has none."""

    database: str
    oid: bytes
    serial: bytes
    fields: float | None


#: A version, and whether all fields could be read.
Found = tuple[Version, bool]

_known: Bounded[tuple, Version] = Bounded(MOST_VERSIONS)
_lock = Lock()
_failures = 0
_said = OnceAMinute()


def visible_version(content: Any) -> Version:
    """Return the version that content is in now, as its readers see it.

    The digest is of its own fields: title, description and all that the schemas of
    its type and behaviours have, without metadata and switches. What a folder or a
    collection lists is not among them. Fields that are empty or at their
    default don't count, so that a new behaviour changes no digest. Content without
    fields (not Dexterity) has no digest. Content that is a file or an image is its data
    alone: whoever has that has all, whatever title it is given later.

    It is computed once for each state that the database has of the content.
    A field that can't be read is left out, which the log says. Within
    ``reading_little`` this raises ``DigestUnknown``.
    """
    return _once(_counted, content)[0]


def visible_text(content: Any) -> str:
    """Return the ``text_key`` of the version, for which no words are counted: that takes
    as long as all the rest. Raises the same."""
    return text_key(_once(_uncounted, content)[0])


def state_of(content: Any) -> TextState | None:
    """Return what the fields depend on, None where nothing says what that is:
    before the content is in the database, and once it was changed since."""
    content = aq_base(content)
    connection = getattr(content, "_p_jar", None)
    if connection is None:
        return None
    content._p_activate()
    serial = content._p_serial
    # After a savepoint what was changed looks unchanged, with the serial of before.
    is_unsaved = content._p_changed or connection._savepoint_storage is not None
    if is_unsaved or serial == z64:
        return None
    # An administrator may change which fields there are.
    fields = SCHEMA_CACHE.modified(getattr(content, "portal_type", None))
    return TextState(connection.db().database_name, content._p_oid, serial, fields)


def known_text(state: TextState) -> Version | None:
    """Return the version of content in a state, without words; None where nobody has
    asked for it yet."""
    return _known.get((_uncounted, state))


def learn_text(state: TextState, version: Version) -> None:
    """Remember the same, as another process has found it."""
    with _lock:
        _known[_uncounted, state] = version


def number_of_failures() -> int:
    """Return how often a field could not be read: while that stays the same, so do all
    versions of what is in the database."""
    return _failures


def text_key(version: Version) -> str:
    """Return what tells a version that was shown from another one of the content."""
    return version.digest or version.label


def _once(find: Callable[[Any], Found], content: Any) -> Found:
    """Return what a function finds, once for each state that the database has."""
    global _failures
    state = state_of(content)
    if state is None:
        return find(content)
    key = find, state
    with _lock:
        version = _known.get(key)
        if version is not None:
            # Again: what was used longest ago is forgotten first.
            _known[key] = version
            return version, True
    version, is_complete = find(content)
    if not is_complete:
        _failures += 1
    else:
        with _lock:
            _known[key] = version
    return version, is_complete


def _uncounted(content: Any) -> Found:
    """Return the version without its words."""
    label = _label(content)
    if not IDexterityContent.providedBy(content):
        return Version(label), True
    file = primary_file(content)
    if file is not None:
        digest, is_complete = _digest_of_file(content, file)
        return Version(label, digest), is_complete
    shown, is_complete = [], True
    for name, form, error in read_fields(content, canonical_form):
        if isinstance(error, DigestUnknown):
            raise error
        if error is not None:
            is_complete = False
            _complain(content, name, error)
        elif form not in (None, "", []):
            shown.append([name, form])
    return Version(label, _digest(shown)), is_complete


def _counted(content: Any) -> Found:
    version, is_complete = _once(_uncounted, content)
    if not IDexterityContent.providedBy(content) or primary_file(content) is not None:
        return version, is_complete
    words = 0
    for name, number, error in read_fields(content, _words):
        if error is not None:
            is_complete = False
            _complain(content, name, error)
        else:
            words += number
    return replace(version, words=words), is_complete


def _digest(shown: list[list]) -> str:
    """Return the digest of names of fields with their canonical values."""
    text = json.dumps(sorted(shown, key=lambda one: one[0]))
    return sha256(text.encode()).hexdigest()[:_DIGITS]


def _digest_of_file(content: Any, file: Any) -> tuple[str, bool]:
    """Return the digest of a file's data, and whether that could be read."""
    try:
        return file_digest(file)[:_DIGITS], True
    except (ConflictError, DigestUnknown):
        raise
    except Exception as error:
        _complain(content, "with the file", error)
        return _digest([]), False


def _label(content: Any) -> str:
    """Return the number in the content's history, "" where it has none."""
    version = getattr(aq_base(content), "version_id", None)
    return "" if version is None else str(version)


def _words(value: Any, field: IField) -> int:
    """Return how many words a reader sees of a value, 0 for what is no text."""
    if IRichTextValue.providedBy(value):
        return word_count(_plain_text(value))
    if isinstance(value, str) and IText.providedBy(field):
        return word_count(value)
    if field.__name__ == _BLOCKS and isinstance(value, dict):
        return word_count(text_in_blocks(value))
    return 0


def _plain_text(value: Any) -> str:
    """Return rich text as the search index has it."""
    transforms = api.portal.get_tool("portal_transforms")
    plain = transforms.convertTo("text/plain", value.raw, mimetype=value.mimeType)
    return value.raw if plain is None else plain.getData()


def _complain(content: Any, name: str, error: Exception) -> None:
    if _said.is_due(name):
        logger.error(
            "The field %s of %s can't be read, so readers count as if it were empty: "
            "%s: %s. Look at the content: its file may be missing in the blob storage, "
            "or an add-on that it needs.",
            name,
            "/".join(content.getPhysicalPath()),
            type(error).__name__,
            error,
        )
