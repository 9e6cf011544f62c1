"""``@@clicktracker-excuse``: excuse somebody from reading content, with a reason."""

from AccessControl import Unauthorized
from dataclasses import replace
from functools import cached_property
from plone import api
from plone.app.z3cform.widgets.select import AjaxSelectFieldWidget
from plone.autoform import directives
from plone.autoform.form import AutoExtensibleForm
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.exceptions import AudienceException
from slc.clicktracker.audience.exceptions import change_exception
from slc.clicktracker.audience.exceptions import exceptions_at
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.exceptions import site_day
from slc.clicktracker.browser.audience.audience import key_of
from slc.clicktracker.browser.audience.audience import refuse_what_is_hidden
from slc.clicktracker.browser.audience.audience_form import EXISTING
from slc.clicktracker.browser.audience.audience_form import PERSON_HELP
from slc.clicktracker.browser.day_fields import DayField
from slc.clicktracker.browser.day_fields import render_day_fields
from slc.clicktracker.browser.protected_form import ProtectedForm
from slc.clicktracker.browser.what_was_done import say_what_was_done
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.reports.asked import Day
from slc.clicktracker.reports.asked import days_from
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.asked import TOO_FAR
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import is_blank
from slc.clicktracker.tracking.allowed import may_see_readers
from slc.clicktracker.words.names import name_of
from slc.clicktracker.words.times import local_day
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
        since = text_from(self.request.form.get(_CHANGED))
        recorded = exceptions_at(self.context) if since else ()
        found = (each for each in recorded if each.holds and key_of(each) == since)
        return next(found, None)

    # Plone makes a button of this name stand out.
    @button.buttonAndHandler(_("Excuse"), name="save")
    def handle_save(self, action: Any) -> None:
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return
        if is_blank(data["reason"]):
            raise WidgetActionExecutionError("reason", RequiredMissing("reason"))
        reader = Reader(data["person"])
        if api.user.get(userid=reader.user) is None:
            invalid = Invalid(_("There is no such member."))
            raise WidgetActionExecutionError("person", invalid)
        if self.until.problem:
            self.status = self.formErrorsMessage
            return
        if _CHANGED in self.request.form:
            self._change(reader, data["reason"])
            return
        is_expected = _is_among(audience_of(self.context).members, reader)
        if not excuse(self.context, reader, data["reason"], self.until.value):
            message = _(
                "Nothing was changed: ${name} is excused here already.",
                mapping={"name": name_of(reader)},
            )
        elif not is_expected:
            message = _(
                "${name} is excused from reading this item and everything below it, "
                "but wasn't expected to read this item anyway.",
                mapping={"name": name_of(reader)},
            )
        else:
            message = _(
                "${name} is excused from reading this item and everything below it.",
                mapping={"name": name_of(reader)},
            )
        say_what_was_done(self.request, message, self.audience_url)

    def _change(self, reader: Reader, reason: str) -> None:
        """Change an exception that holds, unless somebody else has ended it meanwhile."""
        before, until = self.changed, self.until.value
        name = {"name": name_of(reader)}
        is_same = before is not None and before.reader == reader
        if not (is_same and change_exception(self.context, before, reason, until)):
            message = _("Nothing was changed.")
        elif until is None:
            message = _("${name} is excused for good now.", mapping=name)
        else:
            message = _(
                "${name} is excused until ${day} now.",
                mapping=name | {"day": local_day(until)},
            )
        say_what_was_done(self.request, message, self.audience_url)

    @cached_property
    def until(self) -> Day:
        """The last day as it was typed. Plone's own field for days fails of what is none."""
        known = self.changed and self.changed.until
        typed = known.isoformat() if known else ""
        if self.request.method == "POST":
            typed = self.request.form.get("until")
        _since, until = days_from("", typed)
        if until.problem is TOO_FAR:
            problem = _("This day is too far away.")
        elif until.problem:
            problem = _("Enter a date like 2026-05-31.")
        elif until.value and until.value < site_day():
            problem = _("This day is past.")
        else:
            return until
        return replace(until, value=None, problem=problem)

    def day_field(self) -> str:
        field = DayField("until", _("Last day"), self.until)
        return render_day_fields((field,), self.request)

    @property
    def audience_url(self) -> str:
        return f"{self.context.absolute_url()}/@@clicktracker-audience"


def _is_among(members: tuple[Reader, ...], reader: Reader) -> bool:
    who = reader.folder, reader.user
    return any((each.folder, each.user) == who for each in members)
