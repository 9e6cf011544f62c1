"""``@@clicktracker-excuse``: excuse somebody from reading content, with a reason."""

from AccessControl import Unauthorized
from functools import cached_property
from plone.app.z3cform.widgets.select import AjaxSelectFieldWidget
from plone.autoform import directives
from plone.autoform.form import AutoExtensibleForm
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.audience.exceptions import AudienceException
from slc.clicktracker.browser.audience.audience import refuse_what_is_hidden
from slc.clicktracker.browser.audience.audience_form import EXISTING
from slc.clicktracker.browser.audience.audience_form import PERSON_HELP
from slc.clicktracker.browser.day_fields import DayField
from slc.clicktracker.browser.day_fields import render_day_fields
from slc.clicktracker.browser.protected_form import ProtectedForm
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.reports.asked import Day
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.asked_exception import AskedException
from slc.clicktracker.reports.asked_exception import held_exception
from slc.clicktracker.reports.asked_exception import last_day
from slc.clicktracker.reports.asked_exception import NO_MEMBER
from slc.clicktracker.reports.sentences import audience as sentences
from slc.clicktracker.storage.text import is_blank
from slc.clicktracker.tracking.allowed import may_see_readers
from typing import Any
from z3c.form import button
from z3c.form import form
from z3c.form.interfaces import WidgetActionExecutionError
from zope.interface import Invalid
from zope.schema import TextLine
from zope.schema.interfaces import RequiredMissing


#: The parameter that says which exception is to be changed.
_CHANGED = "exception"


class IExcuse(model.Schema):
    """What the form asks for."""

    directives.widget(
        "person",
        AjaxSelectFieldWidget,
        vocabulary="plone.app.vocabularies.Users",
        pattern_options=EXISTING | {"maximumSelectionSize": 1},
    )
    directives.write_permission(person="slc.ManageTracking")
    person = TextLine(title=_("Person"), description=PERSON_HELP)

    reason = TextLine(
        title=_("Reason"),
        description=_(
            "For example “on leave”. The reason is kept with your name and "
            "the time, even after the exception has ended."
        ),
        max_length=LONGEST_REASON,
    )


class ExcuseForm(ProtectedForm, AutoExtensibleForm, form.Form):
    """The form, for those who may also see the names of readers."""

    schema = IExcuse
    template = ViewPageTemplateFile("templates/excuse-form.pt")
    says = sentences

    def update(self) -> None:
        self.request.response.setHeader("Cache-Control", "private, no-store")
        refuse_what_is_hidden(self.context)
        if not may_see_readers(self.context):
            raise Unauthorized
        super().update()

    def getContent(self) -> dict[str, str]:
        """What is in the fields at first: the person of the link that led here, and what
        is to be changed."""
        person = text_from(self.request.form.get("person"))
        reason = self.changed.reason if self.changed else ""
        return {"person": person, "reason": reason}

    @cached_property
    def changed(self) -> AudienceException | None:
        """The exception whose last day or reason is to be changed; None of a new one."""
        key = text_from(self.request.form.get(_CHANGED))
        return held_exception(self.context, key)

    # Plone makes a button of this name stand out.
    @button.buttonAndHandler(_("Excuse"), name="save")
    def handle_save(self, action: Any) -> None:
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return
        if is_blank(data["reason"]):
            raise WidgetActionExecutionError("reason", RequiredMissing("reason"))
        asked = AskedException(data["person"], data["reason"], self.until)
        if not asked.is_member:
            raise WidgetActionExecutionError("person", Invalid(NO_MEMBER))
        if self.until.problem:
            self.status = self.formErrorsMessage
            return
        if _CHANGED in self.request.form:
            _changed, message = asked.change(self.context, self.changed)
        else:
            _changed, message = asked.add(self.context)
        say_what_was_done(self.request, message, self.audience_url)

    @cached_property
    def until(self) -> Day:
        """The last day as it was typed. Plone's own field for days fails of what is none."""
        known = self.changed and self.changed.until
        typed = known.isoformat() if known else ""
        if self.request.method == "POST":
            typed = self.request.form.get("until")
        return last_day(typed)

    def day_field(self) -> str:
        field = DayField("until", _("Last day"), self.until)
        return render_day_fields((field,), self.request)

    @property
    def audience_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-audience"
