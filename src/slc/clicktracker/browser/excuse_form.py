"""``@@clicktracker-excuse``: excuse somebody from reading content, with a reason."""

from AccessControl import Unauthorized
from plone import api
from plone.app.z3cform.widgets.select import AjaxSelectFieldWidget
from plone.autoform import directives
from plone.autoform.form import AutoExtensibleForm
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.allowed import may_see_readers
from slc.clicktracker.browser.asked import text_from
from slc.clicktracker.browser.audience import refuse_what_is_hidden
from slc.clicktracker.browser.audience_form import EXISTING
from slc.clicktracker.browser.names import name_of
from slc.clicktracker.browser.protected_form import ProtectedForm
from slc.clicktracker.evidence.exceptions import excuse
from slc.clicktracker.evidence.exceptions import LONGEST_REASON
from slc.clicktracker.storage.model import Reader
from typing import Any
from z3c.form import button
from z3c.form import form
from z3c.form.interfaces import WidgetActionExecutionError
from zope.interface import Invalid
from zope.schema import TextLine


class IExcuse(model.Schema):
    """What the form asks for."""

    directives.widget(
        "person",
        AjaxSelectFieldWidget,
        vocabulary="plone.app.vocabularies.Users",
        pattern_options=EXISTING | {"maximumSelectionSize": 1},
    )
    directives.write_permission(person="slc.ManageTracking")
    person = TextLine(title=_("Person"))

    reason = TextLine(
        title=_("Reason"),
        description=_(
            "For example “on leave until June”. It is kept, with your name and the "
            "time, also after the exception has ended."
        ),
        max_length=LONGEST_REASON,
    )


class ExcuseForm(ProtectedForm, AutoExtensibleForm, form.Form):
    """The form, for those who may also see the names of readers."""

    schema = IExcuse
    template = ViewPageTemplateFile("templates/excuse-form.pt")

    def update(self) -> None:
        self.request.response.setHeader("Cache-Control", "private, no-store")
        refuse_what_is_hidden(self.context)
        if not may_see_readers(self.context):
            raise Unauthorized
        super().update()

    def getContent(self) -> dict[str, str]:
        """What is in the fields at first: the person of the link that led here."""
        return {"person": text_from(self.request.form.get("person"))}

    # Plone makes a button of this name stand out.
    @button.buttonAndHandler(_("Excuse"), name="save")
    def handle_save(self, action: Any) -> None:
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return
        reader = Reader(data["person"])
        if api.user.get(userid=reader.user) is None:
            invalid = Invalid(_("There is no such member."))
            raise WidgetActionExecutionError("person", invalid)
        if excuse(self.context, reader, data["reason"]):
            message = _(
                "${name} is excused from reading this item and what is below it.",
                mapping={"name": name_of(reader)},
            )
        else:
            message = _(
                "Nothing was changed: ${name} is excused here already.",
                mapping={"name": name_of(reader)},
            )
        api.portal.show_message(message, self.request)
        self.request.response.redirect(self.audience_url)

    @property
    def audience_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-audience"
