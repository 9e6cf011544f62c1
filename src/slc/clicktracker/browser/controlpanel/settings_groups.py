"""Settings that are parts of the control panel's form, each with its own records."""

from plone.registry.interfaces import IRegistry
from plone.registry.recordsproxy import RecordsProxy
from plone.z3cform.fieldsets.group import Group
from slc.clicktracker import _
from slc.clicktracker.interfaces import ICollectorSettings
from slc.clicktracker.interfaces import IEvidenceSettings
from z3c.form import field
from zope.component import getUtility
from zope.interface.interface import InterfaceClass


class SettingsGroup(Group):
    """The fields of one schema in the registry; ``is_folded`` where few sites need
    them."""

    schema: InterfaceClass
    is_folded = False

    def getContent(self) -> RecordsProxy:
        return getUtility(IRegistry).forInterface(self.schema)

    @classmethod
    def is_there(cls) -> bool:
        """Has the site the records? One that was not upgraded yet has none."""
        records = getUtility(IRegistry).records
        prefix = cls.schema.__identifier__
        return all(f"{prefix}.{name}" in records for name in cls.schema.names())


class CollectorGroup(SettingsGroup):
    __name__ = "collector"
    label = _("Collector")
    description = _("For experts: these values fit nearly every site.")
    is_folded = True
    schema = ICollectorSettings
    fields = field.Fields(schema)


class EvidenceGroup(SettingsGroup):
    __name__ = "evidence"
    label = _("Evidence")
    schema = IEvidenceSettings
    fields = field.Fields(schema)


GROUPS = (EvidenceGroup, CollectorGroup)
