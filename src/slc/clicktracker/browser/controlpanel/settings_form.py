"""The form of ``@@clicktracker-settings``."""

from collections.abc import Callable
from contextlib import closing
from plone import api
from plone.app.registry.browser.controlpanel import RegistryEditForm
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.activity_group import ActivityRulesGroup
from slc.clicktracker.browser.controlpanel.events_group import MemberEventsGroup
from slc.clicktracker.browser.controlpanel.goals_group import GoalsGroup
from slc.clicktracker.browser.controlpanel.public_name_group import PublicNameGroup
from slc.clicktracker.browser.controlpanel.service_groups import service_groups
from slc.clicktracker.browser.controlpanel.service_groups import store_secrets
from slc.clicktracker.browser.controlpanel.service_groups import taken_secrets
from slc.clicktracker.browser.controlpanel.service_groups import tested_services
from slc.clicktracker.browser.controlpanel.settings_groups import GROUPS
from slc.clicktracker.browser.controlpanel.settings_groups import SettingsGroup
from slc.clicktracker.browser.controlpanel.whole_numbers import ask_for_whole_numbers
from slc.clicktracker.browser.protected_form import ProtectedForm
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.interfaces import IClickTrackerSettings
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.interfaces import ITrackingPolicy
from slc.clicktracker.sites.setup import set_up_storage
from slc.clicktracker.sites.storage import Address
from slc.clicktracker.sites.storage import address
from slc.clicktracker.sites.storage import OFF
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.storage import storage_at
from slc.clicktracker.sites.storage import store_dsn
from slc.clicktracker.sites.storage import stored_dsn
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.errors import InvalidAddress
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.errors import StorageNotSetUp
from typing import Any
from z3c.form import button
from z3c.form import field
from z3c.form import validator
from zope.i18nmessageid import Message
from zope.interface import Invalid
from zope.schema.interfaces import ITextLine


class SettingsForm(ProtectedForm, RegistryEditForm):
    """The form. A DSN goes in; one that is stored never comes out again."""

    schema = ITrackingPolicy
    label = _("ClickTracker Settings")
    description = _("Where readings are kept, and whose reads are recorded.")
    default_fieldset_label = _("Tracking")
    template = ViewPageTemplateFile("templates/settings-form.pt")
    # Tabs would hide some settings behind others; a few are folded.
    enable_form_tabbing = False
    # The focus in a field would scroll away what the line above says; only what has to
    # be corrected comes first.
    enable_autofocus = False
    _is_asked = False

    buttons = RegistryEditForm.buttons.copy()
    handlers = RegistryEditForm.handlers.copy()

    def update(self) -> None:
        super().update()
        for error in self.errors[:1]:
            error.widget.attributes["autofocus"] = "autofocus"

    def updateFields(self) -> None:
        super().updateFields()
        address_field = field.Fields(IClickTrackerSettings).select("dsn")
        address_field["dsn"].ignoreContext = True
        self.fields = address_field + self.fields
        self.groups = [
            *self.groups,
            *(one for one in settings_groups() if one.is_there()),
        ]

    def updateWidgets(self, prefix: str | None = None) -> None:
        super().updateWidgets(prefix)
        ask_for_whole_numbers(self.widgets)
        widget = self.widgets["dsn"]
        widget.autocomplete = "off"
        widget.placeholder = api.portal.translate(self._placeholder)

    @property
    def _placeholder(self) -> Message:
        source = address().source
        if source == "environment":
            return _("The address comes from the environment (CLICKTRACKER_DSN)")
        if source == "product-config":
            return _("The address comes from the configuration of the instance")
        if stored_dsn():
            return _("An address is stored. Leave empty to keep it")
        return _("No address is stored: readings are kept in a SQLite file")

    @button.buttonAndHandler(_("Save"), name="save")
    def handleSave(self, action: Any) -> None:
        self._save(self._asks_about)

    @button.buttonAndHandler(
        _("Save anyway"), name="insist", condition=lambda form: form.insists
    )
    def handleInsist(self, action: Any) -> None:
        self._save(lambda dsn: False)

    @property
    def insists(self) -> bool:
        """Is an address that doesn't work asked about, or was the answer given?"""
        return self._is_asked or "form.buttons.insist" in self.request.form

    def _save(self, asks_about: Callable[[str], bool]) -> None:
        data, errors = self.extractData()
        if errors:
            return
        dsn = data.pop("dsn", None)
        if dsn and asks_about(dsn):
            self._is_asked = True
            self.updateActions()
            return
        if dsn:
            # It is used after this has been committed: from the next request on.
            store_dsn(dsn)
        secrets = taken_secrets(data, self.groups)
        changes = [
            said
            for group in self.groups
            if isinstance(group, SettingsGroup)
            for said in group.said_of_changes(data)
        ]
        self.applyChanges(data)
        store_secrets(secrets)
        self._done(_("Changes saved."))
        for said in changes:
            self._say(said, "warning")

    def _asks_about(self, dsn: str) -> bool:
        """Say why an address doesn't work, if it is so."""
        storage = _typed_storage(dsn)
        try:
            storage.status()
        except StorageNotSetUp:
            # The line above the form says so, and what to do.
            return False
        except StorageError as error:
            self._say(
                _(
                    "Nothing was saved yet, because this address doesn't work now: "
                    "${error}",
                    mapping={"error": str(error)},
                ),
                "warning",
            )
            return True
        finally:
            storage.close()
        return False

    @button.buttonAndHandler(_("Test connection"), name="test")
    def handleTest(self, action: Any) -> None:
        self._use_storage(self._test)

    def _test(self, storage: IClickStorage) -> None:
        if not IStorageMaintenance.providedBy(storage):
            self._say(_("This storage can't be tested: it only records and lists."))
            return
        try:
            status = storage.status()
        except StorageNotSetUp:
            self._say(
                _(
                    "The database answers, but it is not set up or not up to date. "
                    "Press “Set up database”."
                ),
                "warning",
            )
        else:
            self._say(
                _(
                    "The connection works: ${kind}, schema version ${version}.",
                    mapping={"kind": status.kind, "version": status.schema},
                )
            )

    @button.buttonAndHandler(_("Set up database"), name="setup")
    def handleSetup(self, action: Any) -> None:
        self._use_storage(self._set_up)

    def _set_up(self, storage: IClickStorage) -> None:
        set_up_storage(storage)
        self._say(_("The database is set up and up to date."))

    @button.buttonAndHandler(
        _("Remove stored address"), name="remove", condition=lambda form: stored_dsn()
    )
    def handleRemove(self, action: Any) -> None:
        store_dsn(None)
        self._done(
            _(
                "The stored address was removed. The readings in that database "
                "are still there."
            )
        )

    @button.buttonAndHandler(_("Test analytics services"), name="services")
    def handleServices(self, action: Any) -> None:
        """Of what is saved: so what this server asks for is on record."""
        findings = tested_services()
        for finding in findings:
            self._say(finding.text, finding.level)
        if not findings:
            self._say(_("No analytics service is configured. Enter one, and save."))

    def _use_storage(self, use: Callable[[IClickStorage], None]) -> None:
        """Do something with the storage at the address in the form, which is closed
        then, else with the one in use. Say why it fails, if it does."""
        data, errors = self.extractData()
        if errors:
            return
        try:
            if data.get("dsn"):
                with closing(_typed_storage(data["dsn"])) as storage:
                    use(storage)
            else:
                use(site_storage())
        except StorageError as error:
            self._say_failure(error)

    @property
    def errors(self) -> list[Any]:
        """What is wrong with the fields, as views of z3c.form; the page lists it on top."""
        return [error for part in (self, *self.groups) for error in part.widgets.errors]

    def _say_failure(self, error: StorageError) -> None:
        self._say(
            _(
                "The database could not be used: ${error}",
                mapping={"error": str(error)},
            ),
            "error",
        )

    def _say(self, message: Message, kind: str = "info") -> None:
        api.portal.show_message(message, self.request, kind)

    def _done(self, message: Message) -> None:
        self._say(message)
        self.request.response.redirect(self.request.getURL())


def _typed_storage(dsn: str) -> IClickStorage:
    return storage_at(Address("registry", dsn), document_uid(api.portal.get()))


class AddressValidator(validator.SimpleFieldValidator):
    """A DSN that can't be understood is told at its field."""

    def validate(self, value: str | None, force: bool = False) -> None:
        super().validate(value, force)
        if not value:
            return
        if value.strip() == OFF:
            raise Invalid(
                _("Recording is switched off in the environment: CLICKTRACKER_DSN=off")
            )
        try:
            storage_at(Address("registry", value), "").close()
        except InvalidAddress as error:
            raise Invalid(
                _(
                    "This is not an address of a PostgreSQL database: ${error}",
                    mapping={"error": str(error)},
                )
            ) from error


# Not for the field itself: that would mark it, and the registry would not keep it.
validator.WidgetValidatorDiscriminators(
    AddressValidator, view=SettingsForm, field=ITextLine
)


def settings_groups() -> list[type[SettingsGroup]]:
    """Return the parts of the form besides the first. The collector is for experts, and
    comes last."""
    activities = (MemberEventsGroup, ActivityRulesGroup)
    *first, last = GROUPS
    services = service_groups()
    return [*first, *activities, GoalsGroup, *services, PublicNameGroup, last]
