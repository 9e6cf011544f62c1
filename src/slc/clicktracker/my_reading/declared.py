"""What was declared about a member, and what they have declared themselves."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.my_reading.part import Data
from slc.clicktracker.my_reading.part import OwnPart
from slc.clicktracker.my_reading.part import Page
from slc.clicktracker.my_reading.titles import Titles
from slc.clicktracker.reports.declarations import KINDS
from slc.clicktracker.sites.departures import departure_of
from slc.clicktracker.sites.retention import retention_setting
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.words.names import name_of
from zope.i18nmessageid import Message


_KINDS = {kind.name: kind for kind in KINDS}


class OwnDeclarations(OwnPart):
    """Declarations of all kinds."""

    name = "declarations"
    places = ("declarations",)
    title = _("What was declared")
    says = _(
        "What people have declared about you, for example that you are excused from "
        "reading something, and what you have declared yourself."
    )
    columns = (
        _("When"),
        _("What"),
        _("About"),
        _("Where"),
        _("Reason"),
        _("Declared by"),
        _("Ended"),
    )

    @property
    def kept(self) -> Message:
        months = retention_setting("keep_declarations")
        if not months:
            return _("This is kept without a time limit, also after it has ended.")
        return _(
            "This is kept for ${months} months after it has ended, then removed.",
            mapping={"months": months},
        )

    @cached_property
    def _found(self) -> list[Declaration]:
        found = (
            each
            for kind in KINDS
            for each in Declarations(kind.name).all()
            if self._is_mine(each)
        )
        return sorted(found, key=lambda each: each.since, reverse=True)

    def _is_mine(self, declaration: Declaration) -> bool:
        return (
            self._is_about_me(declaration)
            or self._is_me(declaration.by, declaration.since)
            or self._is_me(declaration.ended_by, declaration.ended)
        )

    def _is_about_me(self, declaration: Declaration) -> bool:
        return self._is_me(declaration.subject, declaration.since)

    def _is_me(self, who: object, at: datetime | None) -> bool:
        """Whoever had the id before was somebody else."""
        if not isinstance(who, Reader) or who != self._me or at is None:
            return False
        return self._departure is None or at > self._departure

    @cached_property
    def _departure(self) -> datetime | None:
        return departure_of(self._me)

    @cached_property
    def _me(self) -> Reader:
        """As declarations have it: without a name."""
        return Reader(self.reader.user, self.reader.folder)

    def page(self, start: int, size: int) -> Page:
        shown = self._found[start : start + size]
        titles = Titles(each.uid for each in shown)
        rows = [
            (
                each.since,
                _KINDS[each.kind].title,
                _("you") if self._is_about_me(each) else "",
                titles.of(each.uid),
                each.reason,
                _("you") if self._is_me(each.by, each.since) else name_of(each.by),
                each.ended,
            )
            for each in shown
        ]
        return rows, len(self._found)

    def data(self) -> Iterator[Data]:
        for each in self._found:
            yield {
                "kind": each.kind,
                "about_me": self._is_about_me(each),
                "document_uid": each.uid,
                "since": each.since,
                "by": each.by.user,
                "reason": each.reason,
                "details": dict(each.details),
                "ended": each.ended,
                "ended_by": each.ended_by and each.ended_by.user,
                "ended_reason": each.ended_reason,
            }
