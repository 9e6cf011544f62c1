"""The edit form asks whether a change was minor, and declares it when it is saved."""

from plone import api
from plone.dexterity.interfaces import IEditFinishedEvent
from plone.z3cform.fieldsets.extensible import FormExtender
from slc.clicktracker import _
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.doors.page_ticket import is_file
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.reports.known_versions import known_versions
from slc.clicktracker.reports.minor_changes import may_declare
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Version
from slc.clicktracker.storage.text import is_blank
from slc.clicktracker.tracking.choice import is_working_copy
from slc.clicktracker.tracking.choice import tracking_of
from slc.clicktracker.tracking.tracked import can_be_read
from slc.clicktracker.versions.minor_changes import declare_minor
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.versions.visible import visible_version
from typing import Any
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest
from zope.interface import implementer
from zope.interface import Interface
from zope.interface import Invalid
from zope.interface import invariant
from zope.schema import Bool
from zope.schema import TextLine


_PREFIX = "clicktracker"
_BEFORE = "slc.clicktracker.version-before-saving"
_ENTERED = "slc.clicktracker.minor-change"


class IMinorChangeOnSaving(Interface):
    """What the form asks."""

    is_minor = Bool(
        title=_("This change is minor"),
        description=_(
            "It makes no difference to readers, such as a corrected typo. People who "
            "have read the previous version then count as readers of the new one."
        ),
        required=False,
    )

    reason = TextLine(
        title=_("Why it makes no difference"),
        description=_("Readers of the report see this, with your name."),
        max_length=LONGEST_REASON,
        required=False,
    )

    @invariant
    def has_reason(self) -> None:
        if self.is_minor and is_blank(self.reason or ""):
            raise Invalid(_("Say why this makes no difference for readers."))


@implementer(IMinorChangeOnSaving)
class MinorChangeOnSaving:
    """What was entered, for as long as the request takes: nothing of it is content."""

    def __init__(self, context: Any) -> None:
        entered = IAnnotations(getRequest()).setdefault(_ENTERED, {})
        self.__dict__.update(entered=entered)

    def __getattr__(self, name: str) -> Any:
        return self.entered.get(name)

    def __setattr__(self, name: str, value: Any) -> None:
        self.entered[name] = value


class EditFormExtender(FormExtender):
    """Adds the fields where a change moves readers to "Older version"."""

    def update(self) -> None:
        if not offers_minor_change(self.context):
            return
        # Before anything is changed: the state that is in the database.
        IAnnotations(self.request)[_BEFORE] = visible_version(self.context)
        self.add(IMinorChangeOnSaving, prefix=_PREFIX)


def offers_minor_change(content: Any) -> bool:
    """Is there a text whose readers are known, that the current user may change?

    New data of a file is another file, which nobody knows without reading it.
    """
    return (
        can_be_read(content)
        and not is_file(content)
        and not is_working_copy(content)
        and tracking_of(content).tracked
        and may_declare(content)
    )


def declare_what_was_saved(event: IEditFinishedEvent) -> None:
    """Declare a change minor that was saved as such, if readers can see it at all."""
    content, request = event.object, getRequest()
    if not IClickTrackerLayer.providedBy(request):
        return
    kept = IAnnotations(request)
    before, entered = kept.get(_BEFORE), kept.get(_ENTERED, {})
    if before is None or not (entered.get("is_minor") or entered.get("reason")):
        return
    after = visible_version(content)
    if not entered.get("is_minor"):
        if text_key(before) == text_key(after):
            return
        message = _(
            "The change was not declared minor, because “This change is minor” was not "
            "ticked. You can still declare it minor on the “Tracking” screen."
        )
    elif text_key(before) == text_key(after):
        message = _(
            "Nothing that readers see has changed, so there was nothing to declare minor."
        )
    else:
        declared = _declared(content, after), _declared(content, before)
        declare_minor(content, declared, entered["reason"])
        message = _(
            "The change was declared minor: readers of the previous version count as "
            "readers of this one."
        )
    api.portal.show_message(message, request, "info")


def _declared(content: Any, version: Version) -> DeclaredText:
    """Return a version as it is declared; without a number it is called by its day."""
    text = text_key(version)
    known = (
        None if version.label else known_versions(document_uid(content)).first_of(text)
    )
    return DeclaredText(text, version.label, known and known.first)
