"""One part of the settings, as JSON."""

from collections.abc import Mapping
from functools import cached_property
from plone.registry.recordsproxy import RecordsProxy
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.types.interfaces import IJsonSchemaProvider
from slc.clicktracker.browser.controlpanel.settings_groups import SettingsGroup
from slc.clicktracker.rest.sent import said_of
from slc.clicktracker.rest.sent import typed
from typing import Any
from z3c.form.interfaces import IValidator
from zope.component import getMultiAdapter
from zope.i18nmessageid import Message
from zope.interface import Invalid
from zope.publisher.interfaces.browser import IBrowserRequest
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import IField
from zope.schema.interfaces import ValidationError


class PanelPart:
    """The fields that a group of the form has in the registry. Secrets are not there, and
    so not here. A field is known by the group and its own name, as ``evidence.least_seconds``.
    """

    def __init__(
        self, group: type[SettingsGroup], context: Any, request: IBrowserRequest
    ) -> None:
        self._group = group(context, request, None)
        self.name = self._group.__name__
        self.label = group.label
        self.description = group.description
        self._context, self._request = context, request

    @cached_property
    def _fields(self) -> dict[str, IField]:
        """By their own names: those that can be entered."""
        shown = {each.rpartition(".")[2] for each in self._group.fields or ()}
        fields = dict(getFieldsInOrder(self._group.schema))
        return {name: fields[name] for name in fields if name in shown or not shown}

    @cached_property
    def names(self) -> list[str]:
        return [f"{self.name}.{name}" for name in self._fields]

    @property
    def required(self) -> list[str]:
        fields = self._fields.items()
        return [f"{self.name}.{name}" for name, field in fields if field.required]

    @property
    def properties(self) -> dict[str, Any]:
        """What plone.restapi says of each field."""
        found = {}
        for name, field in self._fields.items():
            where = field.bind(self._context), self._context, self._request
            provider = getMultiAdapter(where, IJsonSchemaProvider)
            provider.prefix = self.name
            found[f"{self.name}.{name}"] = provider.get_schema()
        return found

    @property
    def values(self) -> dict[str, Any]:
        return {
            f"{self.name}.{name}": json_compatible(value)
            for name, value in self._values.items()
        }

    @property
    def _values(self) -> dict[str, Any]:
        content = self._content
        return {name: getattr(content, name) for name in self._fields}

    @property
    def _content(self) -> RecordsProxy:
        return self._group.getContent()

    def changed(
        self, sent: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Message]]:
        """Return the new values by their own names, and what is wrong by the whole name, as
        the form would say it."""
        new, wrong = {}, {}
        for name, field in self._fields.items():
            whole = f"{self.name}.{name}"
            if whole in sent:
                try:
                    new[name] = self._valid(field, sent[whole])
                except Invalid as error:
                    wrong[name] = said_of(error)
        if new:
            said = self._group.complaints({**self._values, **new}, wrong)
            wrong = {**said, **wrong}
        return new, {f"{self.name}.{name}": said for name, said in wrong.items()}

    def _valid(self, field: IField, sent: Any) -> Any:
        value = typed(field, sent)
        where = self._content, self._request, self._group, field, None
        try:
            getMultiAdapter(where, IValidator).validate(value)
        except (TypeError, ValueError) as error:
            raise ValidationError(str(error)) from error
        return value

    def apply(self, values: Mapping[str, Any]) -> None:
        """Store values that are other ones than before."""
        content = self._content
        for name, value in values.items():
            if getattr(content, name) != value:
                setattr(content, name, value)
