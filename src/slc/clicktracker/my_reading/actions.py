"""What a member did that is recorded for a stated purpose, and the goals and variants."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from datetime import timezone
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.interfaces import IGoals
from slc.clicktracker.interfaces import IMemberEvents
from slc.clicktracker.my_reading.part import Data
from slc.clicktracker.my_reading.part import kept_for
from slc.clicktracker.my_reading.part import OwnPart
from slc.clicktracker.my_reading.part import Page
from slc.clicktracker.my_reading.titles import Titles
from slc.clicktracker.sites.cohorts import events_setting
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.events.model import MemberEvent
from slc.clicktracker.storage.goals.model import Exposure
from slc.clicktracker.storage.goals.model import ReachedGoal
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import utc_now
from zope.i18nmessageid import Message


_BEGINNING = datetime.fromtimestamp(0, timezone.utc)

#: What members did, by the kind of the event.
_KINDS = {
    "added": _("Added"),
    "edited": _("Edited"),
    "workflow": _("Changed the state"),
    "commented": _("Commented"),
    "logged-in": _("Logged in"),
    "read": _("Read"),
    "viewed": _("Looked at"),
    "event": _("Event of a page"),
}


class OwnActions(OwnPart):
    """Events of members who were chosen, or are in the sample."""

    name = "actions"
    title = _("What you did")
    says = _(
        "The site records what some members do, for a purpose that it states on the "
        "page “What is recorded”. If you are one of them, it is listed here."
    )
    columns = (_("When"), _("What"), _("Where"), _("Detail"))

    @property
    def is_kept(self) -> bool:
        return not self.reader.folder and storage_with(IMemberEvents) is not None

    @property
    def kept(self) -> Message:
        return kept_for(events_setting("keep_events"))

    def _events(self) -> Iterator[MemberEvent]:
        storage = storage_with(IMemberEvents)
        found = storage.events(_BEGINNING, utc_now(), reader=self.reader.user)
        with closing(found):
            yield from found

    @cached_property
    def _latest_first(self) -> list[MemberEvent]:
        return list(self._events())[::-1]

    def page(self, start: int, size: int) -> Page:
        shown = self._latest_first[start : start + size]
        titles = Titles(each.document for each in shown)
        rows = [
            (
                from_microseconds(each.occurred),
                _KINDS.get(each.kind, each.kind),
                titles.of(each.document) if each.document else "",
                each.detail,
            )
            for each in shown
        ]
        return rows, len(self._latest_first)

    def data(self) -> Iterator[Data]:
        for each in self._events():
            yield {
                "at": from_microseconds(each.occurred),
                "kind": each.kind,
                "group": each.cohort,
                "document_uid": each.document,
                "path": each.path,
                "type": each.portal_type,
                "detail": each.detail,
                "data": each.data,
            }


class OwnGoals(OwnPart):
    """Goals that they have reached, and variants of splits that they were shown."""

    name = "goals"
    title = _("Goals and variants")
    says = _(
        "Which goals of the site you have reached with a page, and which variant of a "
        "page you were shown. Reports contain only numbers of these."
    )
    columns = (_("When"), _("What"), _("Name"), _("Where"))

    @property
    def is_kept(self) -> bool:
        return storage_with(IGoals) is not None

    @property
    def kept(self) -> Message:
        return _(
            "Goals are kept as long as what you have read, variants as long as your "
            "account."
        )

    @cached_property
    def _found(self) -> list[ReachedGoal | Exposure]:
        storage = storage_with(IGoals)
        found = (
            *storage.reached_goals(self.reader),
            *storage.exposures(self.reader),
        )
        return sorted(found, key=lambda each: each.at, reverse=True)

    def page(self, start: int, size: int) -> Page:
        shown = self._found[start : start + size]
        titles = Titles(each.uid for each in shown if isinstance(each, ReachedGoal))
        rows = [
            (
                (each.at, _("Goal"), _name_of(each), titles.of(each.uid))
                if isinstance(each, ReachedGoal)
                else (each.at, _("Variant"), f"{each.split}: {each.variant}", "")
            )
            for each in shown
        ]
        return rows, len(self._found)

    def data(self) -> Iterator[Data]:
        for each in self._found:
            if isinstance(each, ReachedGoal):
                yield {"at": each.at, "goal": _name_of(each), "document_uid": each.uid}
            else:
                yield {"at": each.at, "split": each.split, "variant": each.variant}


def _name_of(reached: ReachedGoal) -> str:
    """Return what people call a goal: what stands before it is a digest of all of it."""
    return reached.goal.partition(" ")[2] or reached.goal
