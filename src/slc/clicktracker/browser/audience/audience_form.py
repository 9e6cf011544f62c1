"""``@@clicktracker-audience-rule``: choose who is expected to read content."""

from functools import cached_property
from plone import api
from plone.app.z3cform.widgets.select import AjaxSelectFieldWidget
from plone.autoform import directives
from plone.autoform.form import AutoExtensibleForm
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.audience import audience_by
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.rules import AudienceRule
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.browser.audience.audience import how_many
from slc.clicktracker.browser.audience.audience import refuse_what_is_hidden
from slc.clicktracker.browser.audience.audience import title_of_role
from slc.clicktracker.browser.names_shown import NamesShown
from slc.clicktracker.browser.protected_form import ProtectedForm
from slc.clicktracker.reports.audience_choice import AudienceChoice
from slc.clicktracker.reports.audience_choice import EVERYBODY
from slc.clicktracker.reports.audience_choice import INHERIT
from slc.clicktracker.reports.audience_choice import NAMED
from slc.clicktracker.reports.audience_choice import roles_in
from slc.clicktracker.reports.audience_choice import unnamed_users
from slc.clicktracker.reports.few import Told
from slc.clicktracker.reports.few import told
from slc.clicktracker.sites.openings import AUDIENCE
from slc.clicktracker.sites.privacy import smallest_group
from slc.clicktracker.words.numbers import localized_number
from typing import Any
from z3c.form import button
from z3c.form import form
from z3c.form.action import ActionErrorOccurred
from z3c.form.browser.checkbox import CheckBoxFieldWidget
from z3c.form.browser.radio import RadioFieldWidget
from z3c.form.interfaces import WidgetActionExecutionError
from zope.event import notify
from zope.i18nmessageid import Message
from zope.interface import Invalid
from zope.interface import provider
from zope.schema import Choice
from zope.schema import TextLine
from zope.schema import Tuple
from zope.schema.interfaces import IContextSourceBinder
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


_CHOICES = SimpleVocabulary(
    [
        SimpleTerm(INHERIT, title=_("Like the folder above")),
        SimpleTerm(EVERYBODY, title=_("Everybody who can view it now")),
        SimpleTerm(NAMED, title=_("Named people, groups and roles")),
    ]
)

#: Options of Plone's widget: only what exists can be chosen, on the whole width.
EXISTING = {"allowNewItems": "false", "width": "100%"}

#: What is said below a field for people.
PERSON_HELP = _(
    "Type a part of the name, for example “alice”, and choose from the list."
)


@provider(IContextSourceBinder)
def _roles(context: Any) -> SimpleVocabulary:
    return SimpleVocabulary(
        [SimpleTerm(role, title=title_of_role(role)) for role in roles_in(context)]
    )


class IAudienceChoice(model.Schema):
    """What the form asks for."""

    directives.widget("choice", RadioFieldWidget)
    choice = Choice(title=_("Who is expected to read this"), vocabulary=_CHOICES)

    directives.widget(
        "groups",
        AjaxSelectFieldWidget,
        vocabulary="plone.app.vocabularies.Groups",
        pattern_options=EXISTING,
    )
    directives.write_permission(groups="slc.ManageTracking")
    groups = Tuple(
        title=_("Groups"),
        description=_(
            "Type a part of the name, for example “board”, and choose from the list. All "
            "members of the group count, including those in its subgroups."
        ),
        value_type=TextLine(),
        required=False,
        missing_value=(),
    )

    directives.widget(
        "users",
        AjaxSelectFieldWidget,
        vocabulary="plone.app.vocabularies.Users",
        pattern_options=EXISTING,
    )
    directives.write_permission(users="slc.ManageTracking")
    users = Tuple(
        title=_("People"),
        description=PERSON_HELP,
        value_type=TextLine(),
        required=False,
        missing_value=(),
    )

    directives.widget("roles", CheckBoxFieldWidget)
    roles = Tuple(
        title=_("Roles"),
        description=_("Everybody who has the role here, also through a group."),
        value_type=Choice(source=_roles),
        required=False,
        missing_value=(),
    )


class AudienceForm(NamesShown, ProtectedForm, AutoExtensibleForm, form.Form):
    """The form. Groups and people that are gone stay in it until they are removed.

    Who may not see readers does not see who is named either: these stay, and others can be
    added.
    """

    schema = IAudienceChoice
    several = ("form.widgets.roles",)
    template = ViewPageTemplateFile("templates/audience-form.pt")

    #: How many people would be expected, where that was asked for.
    preview: Message | None = None

    def __call__(self) -> str:
        refuse_what_is_hidden(self.context)
        if self.request.method != "POST" and self._named and self.asks_reason:
            self.request.response.setHeader("Cache-Control", "private, no-store")
            return self.reason_page()
        page = super().__call__()
        # Also where a form is amiss: the names are on the page again.
        if page and self._named:
            if self.asks_reason:
                return self.reason_page()
            self.note_names(AUDIENCE, len(self._named))
        return page

    def update(self) -> None:
        self.request.response.setHeader("Cache-Control", "private, no-store")
        super().update()

    def updateWidgets(self, prefix: str | None = None) -> None:
        super().updateWidgets(prefix)
        if unnamed_users(self.context):
            self.widgets["users"].label = _("More people")

    @cached_property
    def _named(self) -> tuple[str, ...]:
        """The people whom the form names."""
        return AudienceChoice.of(self.context).users

    @property
    def unnamed(self) -> Told:
        """How many people are named, for those who may not see who; None for nobody, and for
        those who may."""
        number = unnamed_users(self.context)
        return told(number, smallest_group()) if number else None

    def getContent(self) -> dict[str, Any]:
        chosen = AudienceChoice.of(self.context)
        if chosen.choice == INHERIT:
            return {"choice": INHERIT}
        return chosen._asdict()

    @button.buttonAndHandler(_("Save"), name="save")
    def handle_save(self, action: Any) -> None:
        data = self._checked(action)
        if data is None:
            return
        changed = choose_audience(self.context, self._rule(data))
        self._say(_("Your choice was saved.") if changed else _("Nothing was changed."))
        self._say(how_many(audience_of(self.context)))
        self.request.response.redirect(self.audience_url)

    def _checked(self, action: Any) -> dict[str, Any] | None:
        """Return what was chosen, None where something is wrong, which is then said."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return None
        problems = list(AudienceChoice(**data).problems(self.context))
        for name, message in problems:
            error = WidgetActionExecutionError(name, Invalid(message))
            notify(ActionErrorOccurred(action, error))
        return None if problems else data

    def _rule(self, data: dict[str, Any]) -> AudienceRule | None:
        """Return the rule in the form."""
        return AudienceChoice(**data).rule(self.context)

    @button.buttonAndHandler(_("Preview"), name="preview")
    def handle_preview(self, action: Any) -> None:
        """Say how many people that would be; nothing is saved."""
        data = self._checked(action)
        if data is not None:
            audience = audience_by(self.context, self._rule(data))
            self.preview = how_many_that_is(audience)

    def _say(self, message: Message) -> None:
        api.portal.show_message(message, self.request)

    @property
    def opens_roles(self) -> bool | None:
        """Are roles chosen already? Few sites need them."""
        return True if self.widgets["roles"].value else None

    @property
    def audience_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-audience"


def how_many_that_is(audience: Audience) -> Message:
    """Say how many people a choice would be, without a name."""
    count = {"count": localized_number(len(audience.members))}
    if not audience.complete:
        return _(
            "That is at least ${count} people. Nothing is saved yet.", mapping=count
        )
    if not audience.members:
        return _("That is nobody. Nothing is saved yet.")
    if len(audience.members) == 1:
        return _("That is one person. Nothing is saved yet.")
    return _("That is ${count} people. Nothing is saved yet.", mapping=count)
