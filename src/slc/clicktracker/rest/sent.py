"""What software has sent as JSON, looked at before anything is done with it."""

from collections.abc import Collection
from collections.abc import Mapping
from slc.clicktracker import _
from typing import Any
from zope.i18nmessageid import Message
from zope.interface import Invalid
from zope.interface.interface import InterfaceClass
from zope.publisher.interfaces.browser import IBrowserRequest
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import ICollection
from zope.schema.interfaces import IField
from zope.schema.interfaces import ITextLine
from zope.schema.interfaces import ValidationError
from zope.schema.interfaces import WrongType

import json


_NO_OBJECT = _("The body of the request must be a JSON object.")
_UNKNOWN = _("There is no such entry.")


class NotUnderstood(Exception):
    """What was sent can't be used. ``errors`` are what is wrong, by the name of the entry;
    "" for all of it."""

    def __init__(self, errors: Mapping[str, Message]) -> None:
        super().__init__(errors)
        self.errors = errors


def sent_to(request: IBrowserRequest, names: Collection[str]) -> dict[str, Any]:
    """Return the entries that were sent, which may only have these names. Raises
    ``NotUnderstood``."""
    try:
        sent = json.loads(request.get("BODY") or b"{}", parse_constant=_refuse)
        # What no file and no database can hold, as half of a character.
        json.dumps(sent, ensure_ascii=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise NotUnderstood({"": _NO_OBJECT}) from error
    if not isinstance(sent, dict):
        raise NotUnderstood({"": _NO_OBJECT})
    if unknown := {name: _UNKNOWN for name in sent if name not in names}:
        raise NotUnderstood(unknown)
    return sent


def values_of(request: IBrowserRequest, schema: InterfaceClass) -> dict[str, Any]:
    """Return a value for each field of a schema, the default for what was not sent. Raises
    ``NotUnderstood``."""
    fields = dict(getFieldsInOrder(schema))
    sent = sent_to(request, fields)
    values, errors = {}, {}
    for name, field in fields.items():
        try:
            values[name] = valid(field, sent[name]) if name in sent else _default(field)
        except Invalid as error:
            errors[name] = said_of(error)
    if errors:
        raise NotUnderstood(errors)
    return values


def valid(field: IField, sent: Any) -> Any:
    """Return what was sent as a field has it. Raises ``Invalid``."""
    value = typed(field, sent)
    field.validate(value)
    return value


def typed(field: IField, sent: Any) -> Any:
    """Return the same, whether or not a field takes such a value. Raises ``Invalid`` for
    what is of another kind."""
    if sent is None:
        return field.missing_value
    if ICollection.providedBy(field):
        if not isinstance(sent, list):
            raise WrongType(sent)
        return field._type(map(_plain, sent))
    if isinstance(sent, bool) is not (field._type is bool):
        raise WrongType(sent)
    value = _plain(sent)
    is_line = ITextLine.providedBy(field) and isinstance(value, str)
    return value.strip() if is_line else value


def said_of(error: Invalid) -> Message:
    """Return what is wrong, in words."""
    if isinstance(error, ValidationError):
        return error.doc()
    return error.args[0] if error.args else _("This can't be used.")


def _default(field: IField) -> Any:
    field.validate(field.default)
    return field.default


def _plain(value: Any) -> Any:
    """No field of ours has lists in lists, and vocabularies ask whether they know a value."""
    if isinstance(value, list | dict):
        raise WrongType(value)
    return value


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no number.")
