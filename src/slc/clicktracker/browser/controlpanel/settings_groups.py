"""Settings that are parts of the control panel's form, each with its own records."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from plone.registry.interfaces import IRegistry
from plone.registry.recordsproxy import RecordsProxy
from plone.z3cform.fieldsets.group import Group
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.clean_up_note import clean_up_notice
from slc.clicktracker.browser.controlpanel.clean_up_note import evidence_notice
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from slc.clicktracker.browser.controlpanel.cookie_note import cookie_notice
from slc.clicktracker.browser.controlpanel.lines_widget import LinesFieldWidget
from slc.clicktracker.browser.controlpanel.location_note import location_notice
from slc.clicktracker.browser.controlpanel.people_fields import groups_widget
from slc.clicktracker.browser.controlpanel.people_fields import notice_of_unknown
from slc.clicktracker.browser.controlpanel.people_fields import PeopleValidator
from slc.clicktracker.browser.controlpanel.whole_numbers import ask_for_whole_numbers
from slc.clicktracker.interfaces import IAcknowledgementSettings
from slc.clicktracker.interfaces import ICollectorSettings
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.interfaces import IPrivacySettings
from slc.clicktracker.interfaces import IReminderSettings
from slc.clicktracker.interfaces import IRetentionSettings
from slc.clicktracker.interfaces import ISealSettings
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.visitors.entries import InvalidEntries
from typing import Any
from z3c.form import field
from z3c.form import validator
from z3c.form.browser.checkbox import CheckBoxFieldWidget
from z3c.form.browser.radio import RadioFieldWidget
from z3c.form.interfaces import IErrorViewSnippet
from z3c.form.interfaces import IWidget
from zope.component import getMultiAdapter
from zope.component import getUtility
from zope.i18nmessageid import Message
from zope.interface.interface import InterfaceClass
from zope.schema.interfaces import ITuple


#: What an address calls the part that is to be open.
OPEN = "open"


class SettingsGroup(Group):
    """The fields of one schema in the registry; ``is_folded`` where few sites need
    them. ``of_several`` are the names of fields that are several boxes or buttons."""

    schema: InterfaceClass
    is_folded = False
    of_several: tuple[str, ...] = ()

    #: Is there something to be looked at, also where it is folded?
    is_offered = False

    @property
    def is_open(self) -> bool:
        """Is there something to be corrected or looked at, or does a link lead here?"""
        is_asked_for = self.request.form.get(OPEN) == self.__name__
        return bool(self.widgets.errors or self.is_offered or is_asked_for)

    def getContent(self) -> RecordsProxy:
        return getUtility(IRegistry).forInterface(self.schema)

    def updateWidgets(self, prefix: str | None = None) -> None:
        super().updateWidgets(prefix)
        ask_for_whole_numbers(self.widgets)

    def notice_above(self, widget: IWidget) -> Notice | None:
        """Return what is to be known about this field and the next ones."""

    def complaints(
        self, values: Mapping[str, Any], wrong: Collection[str]
    ) -> dict[str, Message]:
        """Return what is wrong with values that are to be saved together, by the name of the
        field where it is said; those that are ``wrong`` by themselves are not among them."""
        return {}

    def extractData(self, setErrors: bool = True) -> tuple[dict[str, Any], tuple]:
        data, errors = super().extractData(setErrors)
        widgets = {widget.field.__name__: widget for widget in self.widgets.values()}
        values = {name.rpartition(".")[2]: value for name, value in data.items()}
        wrong = widgets.keys() - values.keys()
        for name, said in self.complaints(values, wrong).items():
            if name not in wrong:
                errors = (*errors, self._error_at(widgets[name], said, setErrors))
        return data, errors

    def _error_at(self, widget: IWidget, said: Message, is_shown: bool) -> Any:
        error = getMultiAdapter(
            (
                *(InvalidEntries(said), self.request, widget, widget.field),
                *(self, self.getContent()),
            ),
            IErrorViewSnippet,
        )
        error.update()
        if is_shown:
            widget.error = error
            self.widgets.errors = (*self.widgets.errors, error)
        return error

    def said_of_changes(self, data: dict[str, Any]) -> Iterable[Message]:
        """Return what has to be known of ``data`` that is to be saved in the place of what
        there is."""
        return ()

    @classmethod
    def is_there(cls) -> bool:
        """Has the site the records? One that was not upgraded yet has none."""
        records = getUtility(IRegistry).records
        prefix = cls.schema.__identifier__
        names = cls.schema.names(all=True)
        return all(f"{prefix}.{name}" in records for name in names)


# Not for the fields themselves: that would mark them, and the registry would not keep it.
validator.WidgetValidatorDiscriminators(
    PeopleValidator, view=SettingsGroup, field=ITuple
)


class CollectorGroup(SettingsGroup):
    __name__ = "collector"
    label = _("Collector")
    description = _("For experts. These values suit nearly every site.")
    is_folded = True
    schema = ICollectorSettings
    fields = field.Fields(schema)


class EvidenceGroup(SettingsGroup):
    __name__ = "evidence"
    label = _("Evidence")
    schema = IEvidenceSettings
    fields = field.Fields(schema)


class AcknowledgementGroup(SettingsGroup):
    __name__ = "acknowledgement"
    label = _("Acknowledgement")
    schema = IAcknowledgementSettings
    of_several = ("acknowledgement",)
    fields = field.Fields(schema)
    fields["acknowledgement"].widgetFactory = RadioFieldWidget


class PrivacyGroup(SettingsGroup):
    __name__ = "privacy"
    label = _("Privacy of readers")
    schema = IPrivacySettings
    fields = field.Fields(schema, prefix="privacy")


class RemindersGroup(SettingsGroup):
    __name__ = "reminders"
    label = _("Reminders")
    description = _(
        "Mails about deadlines. A deadline reminds if whoever sets it wants that, and if "
        "cron runs the command clicktracker remind."
    )
    is_folded = True
    schema = IReminderSettings
    fields = field.Fields(schema)


class RetentionGroup(SettingsGroup):
    __name__ = "retention"
    label = _("How long readings are kept")
    description = _(
        "In months of the calendar; 0 is for good. A works agreement may set limits."
    )
    is_folded = True
    schema = IRetentionSettings
    of_several = ("deleted_members",)
    fields = field.Fields(schema)
    fields["deleted_members"].widgetFactory = RadioFieldWidget

    def notice_above(self, widget: IWidget) -> Notice | None:
        """Before the first of the months, who removes what is older."""
        return evidence_notice() if widget.__name__ == "keep_accesses" else None


class SealsGroup(SettingsGroup):
    __name__ = "seals"
    label = _("Sealed reports")
    is_folded = True
    schema = ISealSettings
    fields = field.Fields(schema, prefix="seals")


#: What is said above fields, by their name.
_NOTICES = {
    "guest_cookie": cookie_notice,
    "keep_page_views": clean_up_notice,
    "location_file": location_notice,
}


class VisitorsGroup(SettingsGroup):
    __name__ = "visitors"
    label = _("Visitors")
    description = _(
        "Records who is on the site now and who was there before, on every page. This "
        "reveals a lot about people, so it is off by default."
    )
    is_folded = True
    schema = IVisitorSettings
    of_several = ("source", "guest_cookie", "untracked_roles", "location_reading")
    fields = field.Fields(schema)
    fields["source"].widgetFactory = RadioFieldWidget
    fields["guest_cookie"].widgetFactory = RadioFieldWidget
    fields["untracked_paths"].widgetFactory = LinesFieldWidget
    fields["untracked_agents"].widgetFactory = LinesFieldWidget
    fields["untracked_roles"].widgetFactory = CheckBoxFieldWidget
    fields["untracked_groups"].widgetFactory = groups_widget
    fields["untracked_statuses"].widgetFactory = LinesFieldWidget
    fields["internal_networks"].widgetFactory = LinesFieldWidget
    fields["location_reading"].widgetFactory = RadioFieldWidget

    def notice_above(self, widget: IWidget) -> Notice | None:
        """Before the cookie for guests, what it is called; before the first of the days
        that something is kept, who removes it then; before the database of places, how it
        is; before groups, which of them are gone."""
        name = widget.__name__
        if name == "untracked_groups":
            return notice_of_unknown(name, self.getContent().untracked_groups or ())
        notice = _NOTICES.get(name)
        return notice() if notice else None


GROUPS = (
    EvidenceGroup,
    RemindersGroup,
    AcknowledgementGroup,
    PrivacyGroup,
    RetentionGroup,
    SealsGroup,
    VisitorsGroup,
    CollectorGroup,
)
