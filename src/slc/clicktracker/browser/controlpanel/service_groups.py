"""Parts of the control panel's form about services for web analytics."""

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from plone import api
from slc.clicktracker import _
from slc.clicktracker.analytics.interfaces import IAnalyticsProvider
from slc.clicktracker.analytics.interfaces import ITestableProvider
from slc.clicktracker.analytics.providers import providers
from slc.clicktracker.analytics.service_check import Finding
from slc.clicktracker.analytics.settings import BY_SERVER
from slc.clicktracker.browser.controlpanel.lines_widget import LinesFieldWidget
from slc.clicktracker.browser.controlpanel.settings_groups import SettingsGroup
from slc.clicktracker.forwarding.interfaces import IForwardedService
from slc.clicktracker.interfaces import IAnalyticsSettings
from slc.clicktracker.sites.forwarding import forwarded_services
from slc.clicktracker.sites.forwarding import keeps_outbox
from slc.clicktracker.sites.secrets import configured_secret
from slc.clicktracker.sites.secrets import is_configured
from slc.clicktracker.sites.secrets import is_stored
from slc.clicktracker.sites.secrets import secret
from slc.clicktracker.sites.secrets import store_secret
from slc.clicktracker.sites.secrets import stored_secret
from typing import Any
from z3c.form import field
from z3c.form.browser.radio import RadioFieldWidget
from zope.i18nmessageid import Message
from zope.interface.interface import InterfaceClass
from zope.schema import getFieldNamesInOrder


class ServicesGroup(SettingsGroup):
    """What holds for all services."""

    __name__ = "analytics"
    label = _("Analytics services")
    description = _(
        "Pages tell these services who looks at them. Nothing is sent until you "
        "configure a service below."
    )
    is_folded = True
    schema = IAnalyticsSettings
    # Names of fields are those in the whole form: several parts have the same ones.
    of_several = ("analytics.identify_by", "analytics.consent")
    fields = field.Fields(schema, prefix="analytics")
    fields["analytics.identify_by"].widgetFactory = RadioFieldWidget
    fields["analytics.consent"].widgetFactory = RadioFieldWidget
    fields["analytics.internal_networks"].widgetFactory = LinesFieldWidget


def service_groups() -> list[type[SettingsGroup]]:
    """Return the parts about all services, and about each that has settings."""
    found = [(name, one) for name, one in providers() if one.settings is not None]
    return [ServicesGroup, *(_group_of(name, provider) for name, provider in found)]


class ServiceGroup(SettingsGroup):
    """One service. A secret goes in; one that is stored never comes out again."""

    forwarded: IForwardedService | None = None

    @classmethod
    def secret_names(cls) -> list[str]:
        """Return the names of secrets."""
        known = cls.forwarded
        return [] if known is None else getFieldNamesInOrder(known.secret)

    def updateWidgets(self, prefix: str | None = None) -> None:
        super().updateWidgets(prefix)
        for name in self.secret_names():
            widget = self.widgets[f"{self.__name__}.{name}"]
            widget.autocomplete = "new-password"
            # Nor does one that was typed, where something else has to be corrected.
            widget.value = ""
            place = self.forwarded.place()
            widget.placeholder = api.portal.translate(_placeholder(name, place))

    def complaints(
        self, values: Mapping[str, Any], wrong: Collection[str]
    ) -> dict[str, Message]:
        """That something is missing for forwarding is told at the field that asks for it."""
        if values.get("transport") != BY_SERVER:
            return {}
        if not keeps_outbox():
            return {"transport": _NO_OUTBOX}
        missing = [
            self.fields[f"{self.__name__}.{name}"].field.title
            for name in (() if self.forwarded is None else self.forwarded.needs)
            if name not in wrong and not self._is_known(name, values)
        ]
        if not missing:
            return {}
        fields = ", ".join(map(api.portal.translate, missing))
        said = _(
            "To forward page views, this server needs: ${fields}.",
            mapping={"fields": fields},
        )
        return {"transport": said}

    def _is_known(self, name: str, values: Mapping[str, Any]) -> bool:
        if values.get(name):
            return True
        is_secret = name in self.secret_names()
        return is_secret and bool(secret(name, self.forwarded.place()))


def _placeholder(name: str, place: str) -> Message:
    if configured_secret(name, place):
        return _("It comes from the configuration of this server")
    if stored_secret(name, place):
        return _("A value is stored. Leave empty to keep it")
    if is_stored(name):
        return _("The one that is stored is for another address. Enter it again")
    if is_configured(name):
        return _("The one in the configuration of this server is for another address")
    return _("No value is stored")


_NO_OUTBOX = _(
    "The storage of this site can't keep page views for forwarding. "
    "They can only be sent by a script."
)


def taken_secrets(
    data: dict[str, Any], groups: Sequence[Any]
) -> list[tuple[IForwardedService, str, str]]:
    """Take the secrets out of what a form was sent, and return those that were typed:
    service, name and text."""
    found = []
    for group in groups:
        for name in getattr(group, "secret_names", list)():
            text = data.pop(f"{group.__name__}.{name}", None)
            if isinstance(text, str) and text:
                found.append((group.forwarded, name, text))
    return found


def store_secrets(taken: Sequence[tuple[IForwardedService, str, str]]) -> None:
    """Store secrets, for where their services are by the settings as they are now."""
    for service, name, text in taken:
        store_secret(name, text, service.place())


def _group_of(name: str, provider: IAnalyticsProvider) -> type[SettingsGroup]:
    schema = provider.settings
    fields = field.Fields(schema, prefix=name).select(
        *(f"{name}.{each}" for each in _own_first(schema))
    )
    lines = f"{name}.internal_networks"
    if lines in fields:
        fields[lines].widgetFactory = LinesFieldWidget
    transport = f"{name}.transport"
    if transport in fields:
        fields[transport].widgetFactory = RadioFieldWidget
    forwarded = forwarded_services().get(name)
    if forwarded is not None:
        secrets = field.Fields(forwarded.secret, prefix=name)
        for each in secrets.values():
            each.ignoreContext = True
        fields += secrets
    return type(
        "ServiceGroup",
        (ServiceGroup,),
        {
            "__name__": name,
            "label": provider.title,
            "description": "",
            "is_folded": True,
            "schema": schema,
            "fields": fields,
            "of_several": (transport,),
            "forwarded": forwarded,
        },
    )


def _own_first(schema: InterfaceClass) -> list[str]:
    """Return the names of fields, those that every service has behind its own."""
    own = schema.names()
    return sorted(getFieldNamesInOrder(schema), key=lambda name: name not in own)


def tested_services() -> list[Finding]:
    """Ask each service that is configured whether it is there."""
    testable = [one for _name, one in providers() if ITestableProvider.providedBy(one)]
    findings = [provider.test() for provider in testable]
    return [finding for finding in findings if finding is not None]
