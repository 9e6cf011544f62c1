"""The settings of the collector, as a part of the control panel's form."""

from plone.registry.interfaces import IRegistry
from plone.registry.recordsproxy import RecordsProxy
from plone.z3cform.fieldsets.group import Group
from slc.clicktracker import _
from slc.clicktracker.interfaces import ICollectorSettings
from z3c.form import field
from zope.component import getUtility


class CollectorLimits(Group):
    """Fields that have their own records in the registry."""

    __name__ = "collector"
    label = _("Collector")
    fields = field.Fields(ICollectorSettings)

    def getContent(self) -> RecordsProxy:
        return getUtility(IRegistry).forInterface(ICollectorSettings)

    @staticmethod
    def are_there() -> bool:
        """Has the site the records? One that was not upgraded yet has none."""
        records = getUtility(IRegistry).records
        prefix = ICollectorSettings.__identifier__
        return all(f"{prefix}.{name}" in records for name in ICollectorSettings.names())
