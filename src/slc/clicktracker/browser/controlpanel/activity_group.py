"""The part of the control panel's form about what members do."""

from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.activities.entries import MOST_RULES
from slc.clicktracker.activities.rule_line import InvalidRule
from slc.clicktracker.activities.rule_line import rule_of
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from slc.clicktracker.browser.controlpanel.doubtful import doubtful
from slc.clicktracker.browser.controlpanel.lines_widget import LinesFieldWidget
from slc.clicktracker.browser.controlpanel.rule_doubts import doubts_about
from slc.clicktracker.browser.controlpanel.settings_groups import SettingsGroup
from slc.clicktracker.interfaces import IActivityRules
from slc.clicktracker.reports.asked import text_from
from z3c.form import field
from z3c.form.interfaces import IWidget


#: What an address calls a rule that is put into the field, to be named and saved.
OFFERED = "activity_rule"

_ADDED = _(
    "The rule in the last line is not saved yet. Give it a name, change it if you "
    "like, and save."
)


class ActivityRulesGroup(SettingsGroup):
    """A link may offer a rule: one that can be understood stands behind the others."""

    __name__ = "activity-rules"
    label = _("Activities: rules")
    description = _(
        "Defines which events belong to which activity. Another part of the settings "
        "says what is recorded, and about whom."
    )
    is_folded = True
    schema = IActivityRules
    # Names of fields are those in the whole form: several parts have the same ones.
    fields = field.Fields(schema, prefix="activities")
    fields["activities.rules"].widgetFactory = LinesFieldWidget

    def updateWidgets(self, prefix: str | None = None) -> None:
        super().updateWidgets(prefix)
        if self._offered:
            widget = self.widgets["activities.rules"]
            widget.value = "\n".join(filter(None, (widget.value, self._offered)))

    @property
    def is_offered(self) -> bool:
        return bool(self._offered or self._doubts)

    def notice_above(self, widget: IWidget) -> Notice | None:
        """Before the rules, that there is one to be saved, else what is doubtful about
        those that are."""
        if widget.field.__name__ != "rules":
            return None
        if self._offered:
            return Notice("info", _ADDED)
        return self._doubts

    @cached_property
    def _doubts(self) -> Notice | None:
        return doubtful(doubts_about(self.getContent().rules or ()), self.request)

    @property
    def _offered(self) -> str:
        """The rule that a link offers, "" for none; what is sent is what was typed."""
        if self.request.method == "POST":
            return ""
        line = text_from(self.request.form.get(OFFERED))
        rules = self.getContent().rules or ()
        try:
            rule_of(line)
        except InvalidRule:
            return ""
        return "" if line in rules or len(rules) >= MOST_RULES else line
