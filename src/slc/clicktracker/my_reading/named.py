"""Where else a site names a member: whatever is in none of the other parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.passwords import FAILURES_OF_PEOPLE
from slc.clicktracker.audience.rules import uids_naming
from slc.clicktracker.my_reading.part import Data
from slc.clicktracker.my_reading.part import OwnPart
from slc.clicktracker.my_reading.part import Page
from slc.clicktracker.my_reading.titles import Titles
from slc.clicktracker.sites.bans import bans_of
from slc.clicktracker.sites.calendar_secrets import calendar_secret
from slc.clicktracker.sites.cohorts import COHORTS_OF_PEOPLE
from slc.clicktracker.sites.reasons import kept_reason
from slc.clicktracker.sites.visitor_rules import visitor_setting
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class _Named:
    """That a site keeps something: ``kind`` for programs, ``what`` in words; where, what
    was typed, and when, where these are kept."""

    kind: str
    what: Message
    uid: str = ""
    text: str = ""
    at: datetime | None = None


class OwnNames(OwnPart):
    """A few of each kind."""

    name = "named"
    places = ("audience", "bans", "calendars", "cohorts", "passwords", "reasons")
    title = _("Where else you are named")
    says = _(
        "What you are expected to read by name, bans of addresses that you have made or lifted, "
        "and what the site keeps to serve you: the address of your calendar, and the reason "
        "for which you look at names. If what you do is recorded, that is said here as well."
    )
    columns = (_("What"), _("Where"), _("Detail"), _("Time"))

    @property
    def kept(self) -> Message:
        return _(
            "Bans that are over are kept for ${days} days, a reason for an hour, mistyped "
            "passwords for 15 minutes, everything else until it is changed.",
            mapping={"days": visitor_setting("keep_visits")},
        )

    @cached_property
    def _found(self) -> list[_Named]:
        return [*self._expected(), *self._bans(), *self._own()]

    def _expected(self) -> Iterator[_Named]:
        what = _("You are expected to read it by name")
        for uid in uids_naming(self.reader):
            yield _Named("audience", what, uid)

    def _bans(self) -> Iterator[_Named]:
        for each in bans_of(self.reader):
            what = _("A ban that you have made or lifted")
            yield _Named("ban", what, text=each.network, at=each.since)

    def _own(self) -> Iterator[_Named]:
        user = self.reader.user
        if not self.reader.folder and calendar_secret(user):
            yield _Named("calendar", _("Your calendar has an address"))
        if COHORTS_OF_PEOPLE.number_of(self.reader):
            yield _Named("followed", _("What you do is recorded for a purpose"))
        if number := FAILURES_OF_PEOPLE.number_of(self.reader):
            what = _("Passwords that you have mistyped within the last minutes")
            yield _Named("passwords", what, text=str(number))
        given = kept_reason(self.reader)
        if given is not None:
            what = _("The reason for which you look at names")
            yield _Named("reason", what, text=given[0], at=given[1])

    def page(self, start: int, size: int) -> Page:
        shown = self._found[start : start + size]
        titles = Titles(each.uid for each in shown)
        rows = [
            (each.what, titles.of(each.uid) if each.uid else "", each.text, each.at)
            for each in shown
        ]
        return rows, len(self._found)

    def data(self) -> Iterator[Data]:
        for each in self._found:
            yield {
                "kind": each.kind,
                "document_uid": each.uid,
                "text": each.text,
                "at": each.at,
            }
