"""``@minor-changes``: which earlier versions of content are the same in substance."""

from AccessControl import Unauthorized
from functools import cached_property
from plone import api
from slc.clicktracker import _
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.reports.minor_change_choice import EarlierVersion
from slc.clicktracker.reports.minor_change_choice import MinorChoice
from slc.clicktracker.reports.minor_changes import may_declare
from slc.clicktracker.reports.minor_changes import MinorChangeRow
from slc.clicktracker.rest.below import Below
from slc.clicktracker.rest.change import ChangeService
from slc.clicktracker.rest.screens.minor_changes import minor_changes_screen
from slc.clicktracker.rest.screens.minor_changes import said_of
from slc.clicktracker.rest.screens.parts import told
from slc.clicktracker.rest.sent import values_of
from typing import Any
from zope.interface import Interface
from zope.schema import TextLine


class IMinorChange(Interface):
    """What is sent to declare one."""

    text = TextLine(title="The earliest version that is the same")
    current = TextLine(title="The current version, as it was seen")
    reason = TextLine(title="Why", required=False)


class GetMinorChanges(Below, ChangeService):
    """Answers with the versions that can be declared, and with what was declared. For those
    who may edit the content, or manage its tracking."""

    def answer(self) -> dict[str, Any]:
        self._refuse_others()
        self.end_here()
        choice = self.choice
        problem = choice.versions.problem
        return {
            "@id": self.url,
            **self.screen(minor_changes_screen),
            "problem": problem and self.translated(problem),
            "current": choice.current,
            "current_title": self.translated(choice.current_title),
            "versions": [self._version(each) for each in choice.earlier],
            "items": [self._told(row) for row in choice.holding],
            "withdrawn": [self._told(row) for row in choice.withdrawn],
        }

    def _refuse_others(self) -> None:
        manages = api.user.has_permission(MANAGE_TRACKING, obj=self.context)
        if not (may_declare(self.context) or manages):
            raise Unauthorized

    @cached_property
    def choice(self) -> MinorChoice:
        return MinorChoice(self.context)

    def _version(self, version: EarlierVersion) -> dict[str, Any]:
        return {
            "text": version.known.text,
            "title": self.translated(version.title),
            "label": version.known.label,
            "counts": version.counts,
        }

    def _told(self, row: MinorChangeRow) -> dict[str, Any]:
        change = row.change
        return {
            "@id": None if change.ended else f"{self.url}/{row.key}",
            "versions": row.versions,
            "counts": row.counts,
            "reason": change.reason,
            "by": row.by,
            "since": self._moment(change.since),
            "ended_by": row.ended_by or None,
            "ended": change.ended and self._moment(change.ended),
            "said": told(list(said_of(row)), self.words),
        }

    def _moment(self, moment: Any) -> str:
        return moment.astimezone(self.timezone).isoformat()


class PostMinorChange(GetMinorChanges):
    """Takes ``{"text": …, "current": …, "reason": …}``. For those who may edit the
    content."""

    def answer(self) -> dict[str, Any]:
        if not may_declare(self.context):
            raise Unauthorized
        self.end_here()
        sent = values_of(self.request, IMinorChange)
        reason = (sent["reason"] or "").strip()
        changed, done = self.choice.declare(sent["current"], sent["text"], reason)
        if not changed:
            return self.refused(409, "Conflict", done)
        self.request.response.setStatus(201)
        return {"@id": self.url, "message": self.translated(done)}


class DeleteMinorChange(GetMinorChanges):
    """Withdraws the declaration that stands behind it."""

    def answer(self) -> Any:
        self._refuse_others()
        key = self.path[0] if len(self.path) == 1 else ""
        changed, done = self.choice.withdraw(key)
        if not changed:
            return self.refused(404, "NotFound", _("Nothing was changed."))
        return {"@id": self.url, "message": self.translated(done)}
