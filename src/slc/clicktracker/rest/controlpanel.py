"""``@controlpanels/clicktracker``: the settings, but for addresses and secrets."""

from collections.abc import Iterator
from dataclasses import replace
from plone import api
from plone.restapi.controlpanels import RegistryConfigletPanel
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.collector_box import LEVELS
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from slc.clicktracker.browser.controlpanel.controlpanel import ClickTrackerSettings
from slc.clicktracker.browser.controlpanel.settings_form import settings_groups
from slc.clicktracker.browser.controlpanel.settings_form import SettingsForm
from slc.clicktracker.browser.controlpanel.settings_groups import SettingsGroup
from slc.clicktracker.rest.panel_part import PanelPart
from typing import Any
from zope.i18nmessageid import Message
from zope.publisher.interfaces.browser import IBrowserRequest


#: All levels but the best.
_WARNINGS = LEVELS[1:]

_NOT_NOW = _(
    "Reads can't be stored now. ClickTracker Settings of Plone itself says why."
)


class ClickTrackerPanel(RegistryConfigletPanel):
    """Found by plone.restapi's service, which doesn't ask for the permission that the
    control panel needs."""

    configlet_id = "clicktracker"
    configlet_category_id = "Products"

    def __init__(self, context: Any, request: IBrowserRequest) -> None:
        super().__init__(context, request)
        # It is made for the list of all as well, which says no more than a title.
        self.may_see = api.user.has_permission("Manage portal", obj=context)

    @property
    def parts(self) -> list[PanelPart]:
        """The parts of the form, in its order."""
        return [PanelPart(each, self.context, self.request) for each in _groups()]

    @property
    def notices(self) -> list[Notice]:
        """What the control panel of Plone warns of. What a database says of itself may have
        parts of its address, and is only there."""
        view = ClickTrackerSettings(self.context, self.request)
        return [
            replace(each, text=_NOT_NOW)
            if "error" in (each.text.mapping or ())
            else each
            for each in (view.health, view.locations)
            if each is not None and each.level in _WARNINGS
        ]

    def get_searchable_text(self) -> list[Message | str]:
        return [self.title, *(group.label for group in _groups())]


class _PolicyGroup(SettingsGroup):
    """What stands first in the form, behind the address of the database."""

    __name__ = "tracking"
    label = SettingsForm.default_fieldset_label
    description = _(
        "The address of the database and the secrets of services are not here. They are "
        "entered in ClickTracker Settings of Plone itself, or in the environment of the "
        "server."
    )
    schema = SettingsForm.schema


def _groups() -> Iterator[type[SettingsGroup]]:
    yield from (_PolicyGroup, *filter(lambda one: one.is_there(), settings_groups()))
