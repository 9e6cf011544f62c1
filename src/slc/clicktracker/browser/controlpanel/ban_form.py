"""``@@clicktracker-ban``: ban a network from the site, for a while or until further
notice."""

from datetime import timedelta
from plone.autoform.form import AutoExtensibleForm
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.controlpanel.bans import why_off
from slc.clicktracker.browser.protected_form import ProtectedForm
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.doors.client_address import caller_of
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.sites.bans import ban
from slc.clicktracker.sites.bans import LONGEST_NOTE
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.visitors.bans import AddressesUnknown
from slc.clicktracker.visitors.bans import Caller
from slc.clicktracker.visitors.bans import CannotBan
from slc.clicktracker.visitors.bans import HoldsCaller
from slc.clicktracker.visitors.bans import HoldsEverybody
from slc.clicktracker.visitors.bans import HoldsProxy
from slc.clicktracker.visitors.networks import HostBitsSet
from slc.clicktracker.visitors.networks import InvalidNetwork
from typing import Any
from z3c.form import button
from z3c.form import form
from z3c.form.interfaces import WidgetActionExecutionError
from zope.i18nmessageid import Message
from zope.interface import Invalid
from zope.schema import Choice
from zope.schema import TextLine
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


#: Name, title, how long.
_DURATIONS = (
    ("hour", _("1 hour"), timedelta(hours=1)),
    ("day", _("1 day"), timedelta(days=1)),
    ("week", _("1 week"), timedelta(weeks=1)),
    ("month", _("30 days"), timedelta(days=30)),
    ("unlimited", _("Until somebody lifts it"), None),
)

_LASTS = {name: lasts for name, _title, lasts in _DURATIONS}


class IBan(model.Schema):
    """What the form asks for."""

    network = TextLine(
        title=_("Address or network"),
        description=_(
            "For example 203.0.113.9, 203.0.113.0/24, 2001:db8::7 or 2001:db8::/64. "
            "With IPv6 a household or an office usually has a network that ends in /64."
        ),
        max_length=100,
    )

    duration = Choice(
        title=_("How long"),
        vocabulary=SimpleVocabulary(
            [SimpleTerm(name, name, title) for name, title, _lasts in _DURATIONS]
        ),
        default="day",
    )

    note = TextLine(
        title=_("Note"),
        description=_(
            "The reason, for people who look at the list later. It is kept with your "
            "name and the time, even after the ban has ended."
        ),
        max_length=LONGEST_NOTE,
        required=False,
    )


class BanForm(ProtectedForm, AutoExtensibleForm, form.Form):
    """The form. What must not be banned is told at its field."""

    schema = IBan
    template = ViewPageTemplateFile("templates/ban-form.pt")

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
        lasts = _LASTS[data["duration"]]
        until = lasts and utc_now() + lasts
        try:
            made = ban(data["network"], data["note"] or "", until, self._caller)
        except (CannotBan, InvalidNetwork) as error:
            raise _at_field(self._why_not(error)) from error
        if made is None:
            raise _at_field(
                _("It is already banned. To change the ban, lift it first.")
            )
        message = _(
            "${network} is banned. The ban takes effect in all server processes within "
            "ten seconds.",
            mapping={"network": made.network},
        )
        say_what_was_done(self.request, message, self.list_url)

    def _why_not(self, error: CannotBan | InvalidNetwork) -> Message:
        """Say why a network can't be banned, and what to do."""
        match error:
            case AddressesUnknown():
                return self.why_off
            case HoldsEverybody():
                return _("This would ban everybody. Enter a smaller network.")
            case HoldsCaller():
                return _(
                    "This network contains your own address, ${address}. Enter a "
                    "network without it.",
                    mapping={"address": error.args[0]},
                )
            case HoldsProxy():
                return _(
                    "This network contains the proxy in front of this site, "
                    "${address}. Enter a network without it.",
                    mapping={"address": error.args[0]},
                )
            case HostBitsSet():
                return _(
                    "Enter ${network} for the whole network, or only the address, "
                    "without the slash and what follows.",
                    mapping={"network": error.meant},
                )
        return _(
            "Enter an address like 203.0.113.9 or 2001:db8::7, or a network like "
            "203.0.113.0/24 or 2001:db8::/64."
        )

    @property
    def _caller(self) -> Caller:
        return caller_of(self.request.environ)

    @property
    def own_address(self) -> str:
        return self._caller.address

    @property
    def why_off(self) -> Message | None:
        return why_off(self.request.environ)

    @property
    def list_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-bans"


def _at_field(message: Message) -> WidgetActionExecutionError:
    return WidgetActionExecutionError("network", Invalid(message))
