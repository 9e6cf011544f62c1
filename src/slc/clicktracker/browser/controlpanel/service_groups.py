"""Parts of the control panel's form about services for web analytics."""

from slc.clicktracker import _
from slc.clicktracker.analytics.interfaces import IAnalyticsProvider
from slc.clicktracker.analytics.interfaces import ITestableProvider
from slc.clicktracker.analytics.providers import providers
from slc.clicktracker.analytics.service_check import Finding
from slc.clicktracker.browser.controlpanel.lines_widget import LinesFieldWidget
from slc.clicktracker.browser.controlpanel.settings_groups import SettingsGroup
from slc.clicktracker.interfaces import IAnalyticsSettings
from z3c.form import field
from z3c.form.browser.radio import RadioFieldWidget
from zope.interface.interface import InterfaceClass
from zope.schema import getFieldNamesInOrder


class ServicesGroup(SettingsGroup):
    """What holds for all services."""

    __name__ = "analytics"
    label = _("Analytics services")
    description = _(
        "Pages tell these services who looks at them. Nothing is sent before one is "
        "configured below."
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


def _group_of(name: str, provider: IAnalyticsProvider) -> type[SettingsGroup]:
    schema = provider.settings
    fields = field.Fields(schema, prefix=name).select(
        *(f"{name}.{each}" for each in _own_first(schema))
    )
    lines = f"{name}.internal_networks"
    if lines in fields:
        fields[lines].widgetFactory = LinesFieldWidget
    return type(
        "ServiceGroup",
        (SettingsGroup,),
        {
            "__name__": name,
            "label": provider.title,
            "description": "",
            "is_folded": True,
            "schema": schema,
            "fields": fields,
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
