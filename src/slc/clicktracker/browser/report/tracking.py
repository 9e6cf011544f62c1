"""``@@tracking``: choose whether content is tracked, and see who has read it."""

from functools import cached_property
from plone import api
from plone.base.interfaces import IPloneSiteRoot
from plone.dexterity.interfaces import IDexterityContainer
from plone.protect import CheckAuthenticator
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.browser.about_content import AboutContent
from slc.clicktracker.browser.audience.audience import how_many
from slc.clicktracker.browser.report.report import WhoReadThis
from slc.clicktracker.browser.report.report_view import ReportView
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.permissions import VIEW_VISITORS
from slc.clicktracker.reports.minor_changes import may_declare
from slc.clicktracker.reports.sentences.tracking import NOTICES
from slc.clicktracker.reports.sentences.tracking import state_of
from slc.clicktracker.sites.reasons import asks_for_reason
from slc.clicktracker.sites.visits import visit_rules
from slc.clicktracker.tracking.allowed import if_visible
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choice_of
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.tracking.choice import Tracking
from slc.clicktracker.tracking.choice import tracking_of
from slc.clicktracker.tracking.tracked import can_be_read
from slc.clicktracker.versions.minor_changes import minor_changes_of
from typing import Any
from zope.i18nmessageid import Message


class TrackingView(AboutContent, ReportView):
    """The screen behind the action "Tracking"."""

    index = ViewPageTemplateFile("templates/tracking.pt")
    state_part = ViewPageTemplateFile("templates/tracking-state.pt")
    choice_form = ViewPageTemplateFile("templates/choice-form.pt")
    notices = NOTICES

    _choices = (
        (
            Choice.TRACK,
            _("Track"),
            _("Reads of this item and of everything below it are recorded."),
        ),
        (
            Choice.EXCLUDE,
            _("Do not track"),
            _(
                "This item and everything below it are left out, even if a folder "
                "above is tracked."
            ),
        ),
        (
            Choice.INHERIT,
            _("Like the folder above"),
            _("This item is tracked if its folder is tracked."),
        ),
    )

    #: In place of those, where nothing is above.
    _choices_of_site = (
        (
            Choice.TRACK,
            _("Track"),
            _("Reads of everything in this site are recorded."),
        ),
        (
            Choice.EXCLUDE,
            _("Do not track"),
            _("Only items and folders with a choice of their own are tracked."),
        ),
    )

    #: The rest of the screen names nobody.
    asks_reason = False

    def __call__(self) -> str:
        if self.request.method == "POST":
            return self._change()
        return "" if self.is_sent_on() else super().__call__()

    @cached_property
    def readers(self) -> WhoReadThis:
        """The report, as it is shown on this screen."""
        view = WhoReadThis(self.context, self.request)
        view.__name__ = self.__name__
        return view

    def note_opening(self) -> None:
        if self.shows_readers:
            self.readers.note_opening()

    def _change(self) -> str:
        self.refuse_what_is_hidden()
        CheckAuthenticator(self.request)
        try:
            choice = Choice(self.request.form.get("choice"))
        except ValueError:
            self._say(_("Nothing was changed: choose one of the options."), "warning")
        else:
            before = tracking_of(self.context).tracked
            changed = choose(self.context, choice)
            self._say(done_by_choice(self.context, changed, before), "info")
        self.request.response.redirect(self.url)
        return ""

    def _say(self, message: str, kind: str) -> None:
        api.portal.show_message(message, self.request, kind)

    @cached_property
    def tracking(self) -> Tracking:
        return tracking_of(self.context)

    @property
    def choices(self) -> tuple[tuple[Choice, Message, Message], ...]:
        return self._choices_of_site if self._is_site else self._choices

    @property
    def choice(self) -> Choice:
        choice = choice_of(self.context)
        # There is no folder above the site, so nothing tracks it.
        return Choice.EXCLUDE if self._is_site and choice is Choice.INHERIT else choice

    @property
    def _is_site(self) -> bool:
        return IPloneSiteRoot.providedBy(self.context)

    @property
    def offers_choice(self) -> bool:
        """Can it be tracked at all?"""
        return not self.is_never_read

    @property
    def may_see_readers(self) -> bool:
        return may_see_readers(self.context)

    @property
    def shows_readers(self) -> bool:
        """Is there anything to say of readers, to somebody who may know it?"""
        return self._knows_of_readers and not self._lacks_reason

    @property
    def asks_reason_for_readers(self) -> bool:
        """Are they shown once a reason is given?"""
        return self._knows_of_readers and self._lacks_reason

    @cached_property
    def _lacks_reason(self) -> bool:
        return asks_for_reason()

    @cached_property
    def _knows_of_readers(self) -> bool:
        return self.may_see_readers and (
            self.tracking.tracked or self.readers.has_records
        )

    @property
    def knows_the_past(self) -> bool:
        """Is it a document of which somebody may know who had read it then?"""
        return (
            self.shows_readers and not self.is_never_read and can_be_read(self.context)
        )

    @property
    def visible_source(self) -> Any:
        """The item that decides, if the viewer may know of it."""
        return if_visible(self.tracking.source)

    @property
    def source_is_here(self) -> bool:
        source = self.tracking.source
        return source is not None and source.UID() == self.context.UID()

    @property
    def state(self) -> str:
        """Whether it is tracked, and through what, as HTML."""
        said, source = state_of(self.tracking), self.visible_source
        return self.where(said, self.source_is_here, source, self.notices.view)

    @property
    def has_dashboard(self) -> bool:
        return IDexterityContainer.providedBy(self.context)

    @property
    def has_live_feed(self) -> bool:
        """Is there a list of who looks at what in here, for the viewer?"""
        return (
            self.has_dashboard
            and visit_rules("") is not None
            and api.user.has_permission(VIEW_VISITORS, obj=self.context)
        )

    @property
    def offers_minor_changes(self) -> bool:
        """May the viewer declare a change minor, or is there one to withdraw?"""
        if not can_be_read(self.context):
            return False
        return may_declare(self.context) or bool(minor_changes_of(self.context))

    @property
    def expected(self) -> Message:
        return how_many(audience_of(self.context))


def done_by_choice(content: Any, changed: bool, before: bool) -> Message:
    """Say what was done: ``before`` is whether content was tracked."""
    if not changed:
        return _("Nothing was changed.")
    now = tracking_of(content).tracked
    if now is before:
        return _("Your choice was saved.")
    if now:
        return _("Reads are recorded from now on.")
    return _("From now on, opened pages are not recorded. Earlier records are kept.")


class TrackingState(BrowserView):
    """What conditions of actions ask."""

    def offers_report_only(self) -> bool:
        """Is there a report to look at for somebody who may not change tracking?"""
        manages = api.user.has_permission(MANAGE_TRACKING, obj=self.context)
        return not manages and tracking_of(self.context).tracked
