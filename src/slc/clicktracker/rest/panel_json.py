"""How plone.restapi tells the settings, and takes new ones."""

from AccessControl import Unauthorized
from plone.restapi.interfaces import IDeserializeFromJson
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.serializer.controlpanels import SERVICE_ID
from slc.clicktracker.doors.kept_from_caches import keep_from_caches
from slc.clicktracker.rest.controlpanel import ClickTrackerPanel
from slc.clicktracker.rest.panel_part import PanelPart
from slc.clicktracker.rest.sent import NotUnderstood
from slc.clicktracker.rest.sent import sent_to
from typing import Any
from zExceptions import BadRequest
from zope.component import adapter
from zope.i18n import translate
from zope.interface import implementer

import json


class _OfPanel:
    def __init__(self, panel: ClickTrackerPanel) -> None:
        self.panel = panel
        self.request = panel.request

    @property
    def parts(self) -> list[PanelPart]:
        """Raises ``Unauthorized`` for those who may not see the control panel."""
        if not self.panel.may_see:
            raise Unauthorized
        keep_from_caches(self.request)
        return self.panel.parts

    def translated(self, message: str) -> str:
        return translate(message, context=self.request)


@implementer(ISerializeToJson)
@adapter(ClickTrackerPanel)
class PanelToJSON(_OfPanel):
    """Says what there is to be entered, and what is."""

    def __call__(self) -> dict[str, Any]:
        parts, panel = self.parts, self.panel
        notices = [
            {"level": each.level, "text": self.translated(each.text)}
            for each in panel.notices
        ]
        # A frontend shows what stands with the fields, and first of all this.
        warnings = {parts[0].name: [each["text"] for each in notices]}
        return {
            "@id": f"{panel.context.absolute_url()}/{SERVICE_ID}/clicktracker",
            "title": panel.title,
            "group": panel.group,
            "schema": {
                "type": "object",
                "fieldsets": [
                    {
                        "id": part.name,
                        "title": self.translated(part.label),
                        "description": self._described(part, warnings),
                        "fields": part.names,
                        "behavior": "plone",
                    }
                    for part in parts
                ],
                "properties": _merged(part.properties for part in parts),
                "required": [name for part in parts for name in part.required],
            },
            "data": _merged(part.values for part in parts),
            "notices": notices,
        }

    def _described(self, part: PanelPart, warnings: dict[str, list[str]]) -> str:
        about = self.translated(part.description) if part.description else ""
        return " ".join([*warnings.get(part.name, ()), about]).strip()


@implementer(IDeserializeFromJson)
@adapter(ClickTrackerPanel)
class PanelFromJSON(_OfPanel):
    """Stores what was sent, all of it or nothing."""

    def __call__(self, mask_validation_errors: bool = True) -> None:
        parts = self.parts
        names = [name for part in parts for name in part.names]
        try:
            sent = sent_to(self.request, names)
            changes = [(part, *part.changed(sent)) for part in parts]
            wrong = _merged(said for _part, _new, said in changes)
            if wrong:
                raise NotUnderstood(wrong)
        except NotUnderstood as error:
            # What plone.rest makes of a list, nobody can read who reads JSON.
            raise BadRequest(json.dumps(self._told(error))) from error
        for part, new, _said in changes:
            part.apply(new)

    def _told(self, error: NotUnderstood) -> list[dict[str, str]]:
        return [
            {
                "message": self.translated(message),
                "field": name,
                "error": "ValidationError",
            }
            for name, message in error.errors.items()
        ]


def _merged(found: Any) -> dict[str, Any]:
    return {name: value for each in found for name, value in each.items()}
