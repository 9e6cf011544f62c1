"""The part of the control panel's form about whose events are recorded, and what for."""

from collections.abc import Collection
from collections.abc import Mapping
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from slc.clicktracker.browser.controlpanel.lines_widget import LinesFieldWidget
from slc.clicktracker.browser.controlpanel.people_fields import groups_widget
from slc.clicktracker.browser.controlpanel.people_fields import notice_of_unknown
from slc.clicktracker.browser.controlpanel.settings_groups import SettingsGroup
from slc.clicktracker.interfaces import IMemberEventsSettings
from slc.clicktracker.sites.cohorts import is_stated
from slc.clicktracker.sites.cohorts import recorded_members
from slc.clicktracker.storage.events.plain import FOLLOWED
from slc.clicktracker.storage.events.plain import SAMPLE
from slc.clicktracker.storage.text import is_blank
from slc.clicktracker.words.numbers import localized_number
from typing import Any
from z3c.form import field
from z3c.form.interfaces import IWidget
from zope.i18nmessageid import Message


_NO_PURPOSE = _(
    "Enter the purpose. Nothing can be recorded about members until they can read it."
)


class MemberEventsGroup(SettingsGroup):
    """It can't be switched on without a purpose, which is said at that field."""

    __name__ = "member-events"
    label = _("Activities: what is recorded")
    description = _(
        "Records what some members do, for a stated purpose. This reveals a lot about "
        "people, so it is off by default."
    )
    is_folded = True
    schema = IMemberEventsSettings
    # Names of fields are those in the whole form: several parts have the same ones.
    fields = field.Fields(schema, prefix="events")
    fields["events.users"].widgetFactory = LinesFieldWidget
    fields["events.groups"].widgetFactory = groups_widget

    def notice_above(self, widget: IWidget) -> Notice | None:
        """Before all, of how many members anything is recorded; before members and
        groups, which of them are gone."""
        name = widget.field.__name__
        if name == "enabled":
            return _how_many() if is_stated() else None
        if name not in ("users", "groups"):
            return None
        named = getattr(self.getContent(), name) or ()
        if name == "users":
            # Who is recorded is there. To ask for each of many takes long.
            named = [user for user in named if user not in recorded_members()]
        return notice_of_unknown(name, named)

    def complaints(
        self, values: Mapping[str, Any], wrong: Collection[str]
    ) -> dict[str, Message]:
        is_stated = not is_blank(values.get("purpose") or "")
        if values.get("enabled") and not is_stated:
            return {"purpose": _NO_PURPOSE}
        return {}


def _how_many() -> Notice:
    groups = list(recorded_members().values())
    followed, sample = (
        localized_number(groups.count(each)) for each in (FOLLOWED, SAMPLE)
    )
    text = _(
        "Members followed now: ${followed}. Members in the sample: ${sample}.",
        mapping={"followed": followed, "sample": sample},
    )
    return Notice("info" if groups else "warning", text)
