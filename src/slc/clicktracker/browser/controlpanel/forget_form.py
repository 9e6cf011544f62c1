"""``@@clicktracker-forget``: forget a person, once it was looked at what is known."""

from plone import api
from plone.autoform import directives
from plone.autoform.form import AutoExtensibleForm
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.protected_form import ProtectedForm
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.collector.pieces import PiecesUnavailable
from slc.clicktracker.collector.quarantine import QuarantineUnavailable
from slc.clicktracker.settings.retention import ERASE
from slc.clicktracker.settings.retention import PSEUDONYMISE
from slc.clicktracker.sites.forgetting import ask_to_forget
from slc.clicktracker.sites.forgetting import CannotForget
from slc.clicktracker.sites.forgetting import forget_in_site
from slc.clicktracker.sites.forgetting import forget_in_storage
from slc.clicktracker.sites.forgetting import known_of
from slc.clicktracker.sites.forgetting import to_be_forgotten
from slc.clicktracker.storage.errors import StorageError
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.visitors.fields import choice
from slc.clicktracker.words.numbers import localized_number
from typing import Any
from z3c.form import button
from z3c.form import form
from z3c.form.browser.radio import RadioFieldWidget
from zope.i18nmessageid import Message
from zope.schema import Bool
from zope.schema import TextLine

import transaction


#: What is counted by the storage, in the order in which it is shown.
_TRACES = {
    "readings": _("Readings"),
    "accesses": _("Single page views of documents"),
    "acknowledgements": _("Acknowledgements"),
    "goals": _("Goals"),
    "visits": _("Visits"),
    "page_views": _("Page views"),
    "events": _("Events"),
    "exposures": _("Variants that they were shown"),
    "hits": _("Page views that wait for services"),
}


class IForget(model.Schema):
    """What the form asks for."""

    user = TextLine(
        title=_("User id"),
        description=_("Also of somebody whose account was deleted."),
        max_length=LIMITS["user"],
    )

    is_root = Bool(
        title=_("An account of Zope's own user folder"),
        description=_("The same id in the site and in Zope is two people."),
        default=False,
        required=False,
    )

    directives.widget("way", RadioFieldWidget)
    way = choice(
        title=_("How to forget them"),
        options={
            PSEUDONYMISE: _(
                "Replace their name and user id by a random one. What was read is kept, "
                "but nobody knows by whom."
            ),
            ERASE: _("Remove what they have read."),
        },
    )


class ForgetForm(ProtectedForm, AutoExtensibleForm, form.Form):
    """The form. What is known is shown first; then there is a second button."""

    schema = IForget
    ignoreContext = True
    template = ViewPageTemplateFile("templates/forget-form.pt")

    #: Who was looked at, and what is known: titles and numbers.
    person: Reader | None = None
    known: tuple[tuple[Message, str], ...] = ()

    def update(self) -> None:
        self.request.response.setHeader("Cache-Control", "private, no-store")
        super().update()

    def updateActions(self) -> None:
        super().updateActions()
        # It can't be undone.
        self.actions["forget"].klass = "btn btn-danger"

    @button.buttonAndHandler(_("Show what is known"), name="look")
    def handle_look(self, action: Any) -> None:
        self._look()

    @button.buttonAndHandler(_("Forget this person"), name="forget")
    def handle_forget(self, action: Any) -> None:
        data = self._look()
        if data is None or self.request.form.get("sure") != _who(self.person):
            # Another id than that of which everything was shown.
            return
        asked = ask_to_forget(self.person, data["way"])
        # From here on it is not forgotten any more that this is to be done.
        transaction.commit()
        try:
            forget_in_storage(asked)
        except (
            CannotForget,
            PiecesUnavailable,
            QuarantineUnavailable,
            StorageError,
        ) as error:
            text = _(
                "${user} is not forgotten yet, as not everything could be reached: "
                "${error}. The next clean-up tries again.",
                mapping={"user": asked.person.user, "error": str(error)},
            )
            api.portal.show_message(text, self.request, "error")
            self.request.response.redirect(self.request.getURL())
            return
        forget_in_site(asked)
        say_what_was_done(self.request, _done(asked.pseudonym, asked), self.panel_url)

    def _look(self) -> dict[str, Any] | None:
        """Find out what is known. Return what the form says, None where it can't be
        used."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return None
        person = Reader(data["user"].strip(), "/acl_users" if data["is_root"] else "")
        if not person.user:
            self.status = self.formErrorsMessage
            return None
        try:
            traces, others = known_of(person)
        except StorageError as error:
            self.status = _(
                "The storage can't be used now: ${error}", mapping={"error": str(error)}
            )
            return None
        numbers = vars(traces) if traces else {}
        found = [(_TRACES[name], numbers.get(name, 0)) for name in _TRACES] + others
        self.known = tuple((what, localized_number(n)) for what, n in found if n)
        self.person = person
        return data

    @property
    def sure(self) -> str:
        """What the second button says again: whom everything was shown of."""
        return _who(self.person)

    @property
    def waiting(self) -> list[str]:
        """The ids of people who are to be forgotten, and are not yet."""
        return sorted(each.person.user for each in to_be_forgotten())

    @property
    def panel_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-settings"


def _who(person: Reader | None) -> str:
    return "" if person is None else f"{person.folder} {person.user}"


def _done(pseudonym: str, asked: Any) -> Message:
    mapping = {"user": asked.person.user}
    if asked.erase:
        return _("${user} is forgotten.", mapping=mapping)
    return _(
        "${user} is forgotten. What was kept is now of ${pseudonym}.",
        mapping={**mapping, "pseudonym": pseudonym},
    )
