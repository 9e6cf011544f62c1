"""``@@clicktracker-ban``: ban a network from the site, for a while or until further
notice."""

from plone.autoform.form import AutoExtensibleForm
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.protected_form import ProtectedForm
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.doors.client_address import caller_of
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.bans import ALREADY
from slc.clicktracker.reports.bans import ban_asked
from slc.clicktracker.reports.bans import banned_words
from slc.clicktracker.reports.bans import IBan
from slc.clicktracker.reports.bans import why_not
from slc.clicktracker.reports.bans import why_off
from slc.clicktracker.reports.sentences import bans as sentences
from slc.clicktracker.visitors.bans import CannotBan
from slc.clicktracker.visitors.networks import InvalidNetwork
from typing import Any
from z3c.form import button
from z3c.form import form
from z3c.form.interfaces import WidgetActionExecutionError
from zope.i18nmessageid import Message
from zope.interface import Invalid


class BanForm(ProtectedForm, AutoExtensibleForm, form.Form):
    """The form. What must not be banned is told at its field."""

    schema = IBan
    template = ViewPageTemplateFile("templates/ban-form.pt")
    says = sentences

    def update(self) -> None:
        self.request.response.setHeader("Cache-Control", "private, no-store")
        super().update()

    def getContent(self) -> dict[str, str]:
        """What is in the fields at first: the network of the link that led here."""
        return {"network": text_from(self.request.form.get("network"))}

    # Plone makes a button of this name stand out.
    @button.buttonAndHandler(_("Ban"), name="save")
    def handle_save(self, action: Any) -> None:
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return
        environ = self.request.environ
        asked = data["network"], data["duration"], data["note"] or ""
        try:
            made = ban_asked(*asked, environ)
        except (CannotBan, InvalidNetwork) as error:
            raise _at_field(why_not(error, environ)) from error
        if made is None:
            raise _at_field(ALREADY)
        say_what_was_done(self.request, banned_words(made), self.list_url)

    @property
    def own_address(self) -> str:
        return caller_of(self.request.environ).address

    @property
    def why_off(self) -> Message | None:
        return why_off(self.request.environ)

    @property
    def list_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-bans"


def _at_field(message: Message) -> WidgetActionExecutionError:
    return WidgetActionExecutionError("network", Invalid(message))
