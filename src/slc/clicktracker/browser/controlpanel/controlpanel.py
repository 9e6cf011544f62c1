"""``@@clicktracker-settings``: where readings are kept, and who is tracked."""

from functools import cached_property
from plone.app.registry.browser.controlpanel import ControlPanelFormWrapper
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.controlpanel.collector_box import badness
from slc.clicktracker.browser.controlpanel.collector_box import CollectorBox
from slc.clicktracker.browser.controlpanel.collector_box import LEVELS
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from slc.clicktracker.browser.controlpanel.forwarding_box import ForwardingBox
from slc.clicktracker.browser.controlpanel.location_note import location_notice
from slc.clicktracker.browser.controlpanel.mails_box import MailsBox
from slc.clicktracker.browser.controlpanel.quarantine_box import QuarantineBox
from slc.clicktracker.browser.controlpanel.seals_box import SealsBox
from slc.clicktracker.browser.controlpanel.settings_form import settings_groups
from slc.clicktracker.browser.controlpanel.settings_form import SettingsForm
from slc.clicktracker.browser.controlpanel.storage_status import StatusBox
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import local_time
from slc.clicktracker.words.times import timezone_name


class ClickTrackerSettings(ControlPanelFormWrapper):
    """The control panel: in one line how all is, the form, then the details."""

    form = SettingsForm
    several = ("form.widgets.untracked_roles",)
    index = ViewPageTemplateFile("templates/controlpanel.pt")
    collector_box = ViewPageTemplateFile("templates/collector.pt")
    quarantine_box = ViewPageTemplateFile("templates/quarantine.pt")
    forwarding_box = ViewPageTemplateFile("templates/forwarding.pt")
    mails_box = ViewPageTemplateFile("templates/mails.pt")
    seals_box = ViewPageTemplateFile("templates/seals.pt")
    timezone = staticmethod(timezone_name)
    number = staticmethod(localized_number)
    localized = staticmethod(local_time)

    def update(self) -> None:
        # What was typed comes back while it is tested, and may hold a password.
        self.request.response.setHeader("Cache-Control", "private, no-store")
        super().update()

    @cached_property
    def status(self) -> StatusBox:
        return StatusBox.now()

    @cached_property
    def collector(self) -> CollectorBox:
        return CollectorBox.now()

    @cached_property
    def quarantine(self) -> QuarantineBox:
        return QuarantineBox.now()

    @cached_property
    def forwarding(self) -> ForwardingBox:
        return ForwardingBox.now()

    @cached_property
    def mails(self) -> MailsBox:
        return MailsBox.now()

    @cached_property
    def seals(self) -> SealsBox:
        return SealsBox.now()

    @property
    def health(self) -> Notice:
        """The worst that is to be said of storage, collector, forwarding, mails and seals."""
        storage = Notice(self.status.level, self.status.summary)
        others = (*self.forwarding.notices, *self.mails.notices, *self.seals.notices)
        notices = [storage, *self.collector.notices, *others]
        return max((each for each in notices if each.level in LEVELS), key=badness)

    @property
    def locations(self) -> Notice | None:
        """What is wrong with the database of places; None where nothing is."""
        notice = location_notice()
        return notice if notice.level == "warning" else None

    @property
    def misses_upgrade(self) -> bool:
        return not all(group.is_there() for group in settings_groups())
