"""``@deadline``: by when content is to be read, with what evidence; to set and to end it."""

from slc.clicktracker import _
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadlines import applied_deadline
from slc.clicktracker.reports.asked_deadline import AskedDeadline
from slc.clicktracker.reports.asked_deadline import LEVELS_TO_ASK_FOR
from slc.clicktracker.reports.deadline_change import DeadlineChange
from slc.clicktracker.rest.change import ChangeService
from slc.clicktracker.rest.screens.deadline import deadline_screen
from slc.clicktracker.rest.sent import values_of
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.tracking.allowed import if_visible
from slc.clicktracker.words.deadlines import deadline_text
from slc.clicktracker.words.names import name_of
from typing import Any
from zope.interface import Interface
from zope.schema import Bool
from zope.schema import TextLine


class IDeadlineChange(Interface):
    """What is sent to set one: as in the fields of the form."""

    day = TextLine(title="The last day", required=False)
    time = TextLine(title="A time on that day", required=False)
    meeting = TextLine(title="The day of the meeting", required=False)
    level = TextLine(title="The evidence", required=False, default="opened")
    reminds = Bool(title="Are people reminded?", required=False, default=True)
    reason = TextLine(title="Why it changes", required=False)
    holding = TextLine(title="What was there before", required=False)


class IDeadlineEnd(Interface):
    """What is sent to end it."""

    reason = TextLine(title="Why it ends", required=False)
    holding = TextLine(title="What was there before", required=False)


class GetDeadline(ChangeService):
    """Answers with the ``deadline`` that holds, and the ``source``, the item that has it;
    ``own`` is that of this very item, as it was said, and ``holding`` what tells it from
    others. With ``screen=1`` also with what the screen says and asks."""

    def answer(self) -> dict[str, Any]:
        return {**self._known, **self.screen(deadline_screen)}

    @property
    def _known(self) -> dict[str, Any]:
        change, applied = DeadlineChange(self.context), applied_deadline(self.context)
        source = if_visible(applied and applied.source)
        return {
            "@id": self.url,
            "can_have_one": change.can_have_one,
            "timezone": site_timezone().zone,
            "levels": [
                {"name": each.name, "title": self.translated(each.title)}
                for each in LEVELS_TO_ASK_FOR
            ],
            "deadline": applied and self._told(applied.deadline),
            "declared_by": applied and name_of(applied.declaration.by),
            "source": source
            and {"@id": source.absolute_url(), "title": source.Title()},
            "own": change.own_deadline and self._told(change.own_deadline),
            "holding": change.holding,
        }

    def _told(self, deadline: Deadline) -> dict[str, Any]:
        asked = AskedDeadline.of(deadline)
        return {
            "day": asked.day,
            "time": asked.time,
            "zone": deadline.zone,
            "meeting": asked.meeting,
            "level": asked.level,
            "reminds": asked.reminds,
            "moment": deadline.moment.astimezone(self.timezone).isoformat(),
            "text": deadline_text(deadline),
            "is_over": deadline.has_passed(),
        }


class PatchDeadline(GetDeadline):
    """Takes the values of the form, and answers with how it is now."""

    def answer(self) -> dict[str, Any]:
        sent = values_of(self.request, IDeadlineChange)
        form = {name: value or "" for name, value in sent.items()}
        form["reminds"] = "1" if sent["reminds"] else ""
        asked, reason = AskedDeadline.from_form(form), form["reason"].strip()
        change = DeadlineChange(self.context)
        done = change.set(asked, reason, form["holding"])
        return self.said(done or _("Nothing was changed."), self._known)


class DeleteDeadline(GetDeadline):
    """Ends that of this very item."""

    def answer(self) -> dict[str, Any]:
        sent = values_of(self.request, IDeadlineEnd)
        reason = (sent["reason"] or "").strip()
        done = DeadlineChange(self.context).end(reason, sent["holding"] or "")
        return self.said(done or _("Nothing was changed."), self._known)
