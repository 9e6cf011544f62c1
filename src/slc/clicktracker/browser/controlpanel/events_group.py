"""The part of the control panel's form about whose events are recorded, and what for."""

from plone.app.z3cform.widgets.select import AjaxSelectFieldWidget
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.lines_widget import LinesFieldWidget
from slc.clicktracker.browser.controlpanel.settings_groups import SettingsGroup
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.storage.text import is_blank
from slc.clicktracker.visitors.entries import InvalidEntries
from typing import Any
from z3c.form import field
from z3c.form.interfaces import IErrorViewSnippet
from z3c.form.widget import FieldWidget
from zope.component import getMultiAdapter
from zope.publisher.interfaces.browser import IBrowserRequest
from zope.schema.interfaces import IField


_NO_PURPOSE = _(
    "Say what for. Nothing can be recorded of members before they can read that."
)


def _groups_widget(field: IField, request: IBrowserRequest) -> FieldWidget:
    """Return Plone's widget that finds groups; what is no group can't be chosen."""
    widget = AjaxSelectFieldWidget(field, request)
    widget.vocabulary = "plone.app.vocabularies.Groups"
    widget.pattern_options = {"allowNewItems": "false", "width": "100%"}
    return widget


class MemberEventsGroup(SettingsGroup):
    """It can't be switched on without a purpose, which is said at that field."""

    __name__ = "member-events"
    label = _("Activities: what is recorded")
    description = _(
        "A stream of what some members do, for a stated purpose. This tells a lot about "
        "people, so it is off at first."
    )
    is_folded = True
    schema = IMemberEventsSettings
    # Names of fields are those in the whole form: several parts have the same ones.
    fields = field.Fields(schema, prefix="events")
    fields["events.users"].widgetFactory = LinesFieldWidget
    fields["events.groups"].widgetFactory = _groups_widget

    def extractData(self, setErrors: bool = True) -> tuple[dict[str, Any], tuple]:
        data, errors = super().extractData(setErrors)
        if data.get("events.enabled") and is_blank(data.get("events.purpose") or ""):
            widget = self.widgets["events.purpose"]
            parts = (
                InvalidEntries(_NO_PURPOSE),
                self.request,
                widget,
                widget.field,
                self,
                self.getContent(),
            )
            error = getMultiAdapter(parts, IErrorViewSnippet)
            error.update()
            if setErrors:
                widget.error = error
                self.widgets.errors = (*self.widgets.errors, error)
            errors = (*errors, error)
        return data, errors
